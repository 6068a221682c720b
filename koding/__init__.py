"""koding: qualitative coding of Norwegian interview transcripts, in the terminal and offline."""

__version__ = "0.1.0"
