"""Simulate Telegram's Bot API strictly: what it refuses, limits and says, in Telegram's own words."""
