"""Suggestions learned from codings, how they go together with the rules, and how good they prove."""
