"""The study on disk: one SQLite file, every change a transaction with its journal event."""
