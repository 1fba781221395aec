"""Strict stand-ins for both neighbours; tests, benchmarks and the demo stand on them, the product never does."""
