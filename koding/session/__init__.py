"""The use cases: what a person can do with a study. Every front end calls these and nothing below them."""
