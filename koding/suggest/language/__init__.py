"""Norwegian as the suggester reads it: words, sentences, lemmas, compounds, with or without a model."""
