"""What stands around a word: denial, plans, voices, directions, set phrases, and the question before."""
