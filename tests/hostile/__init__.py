"""Hostile input at every entry: no exception escapes, nothing that Telegram refuses, no memory without end."""
