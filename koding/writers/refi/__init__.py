"""REFI-QDA projects and codebooks written from the exchange model, valid by the standard's schema."""
