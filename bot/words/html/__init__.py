"""Telegram's HTML: read strictly, escaped into, and taken out again."""
