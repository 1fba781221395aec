"""One program a question, each printing a ratio. Loopback only, bounded, ending by itself."""
