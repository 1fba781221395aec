"""Simulate Pick and Pack and Telegram strictly, for tests, benchmarks and the demo; the product never imports this."""
