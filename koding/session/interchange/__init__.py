"""Whole projects in from other tools and out to them: between the study and the exchange model."""
