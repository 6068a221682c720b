"""Tables and files for other programs; the same input gives the same bytes."""
