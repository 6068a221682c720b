"""Suggestions by a codebook's own indicators: the patterns, where they match, and the reason they give."""
