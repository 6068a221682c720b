"""The panes of the coding screen: leaves that get model objects and post messages."""
