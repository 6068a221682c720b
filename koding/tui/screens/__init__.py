"""The coding screen and the small screens that open over it."""
