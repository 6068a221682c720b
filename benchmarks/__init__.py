"""Ratios of koding's work to a plain floor doing the same raw work in the same run: `python -m benchmarks`."""
