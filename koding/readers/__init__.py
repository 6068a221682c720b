"""Readers: from a researcher's files to text, turns, informants, codings and codebooks.

A reader takes bytes and gives plain values of `koding.model` (or a small dataclass of its own). It knows no study and
no screen, and reports what it cannot read as a KodingError with the line and the remedy.
"""
