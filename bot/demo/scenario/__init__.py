"""Scenarios: read from TOML, played in a world, written down as a transcript."""
