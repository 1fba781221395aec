"""Load scenarios from TOML files, play them in a simulated world, and print a transcript."""
