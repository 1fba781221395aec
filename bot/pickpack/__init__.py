"""The neighbour in: bytes of Pick and Pack become News."""
