"""Talk to VTEX Pick and Pack: parse what it sends, and fetch orders and tokens from it."""
