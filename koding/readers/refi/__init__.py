"""REFI-QDA projects (.qdpx, .qde) and codebooks (.qdc) of any tool, read leniently into the exchange model."""
