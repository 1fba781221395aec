"""Simulate the Pick and Pack API and the store's webhooks."""
