"""What koding knows of transcripts, codebooks, codings and counts: pure Python, no files, no screen, no database."""
