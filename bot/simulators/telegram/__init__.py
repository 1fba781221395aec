"""A strict simulator of Telegram's Bot API."""
