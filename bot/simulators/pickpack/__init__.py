"""A simulator of Pick and Pack: its API, its tokens, its webhooks, and what goes wrong with each."""
