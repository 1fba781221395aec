"""How news comes in: by webhook, by asking, and the one way in to the store."""
