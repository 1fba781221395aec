"""Telegram's HTML: parse it strictly, escape text into it, and remove it again."""
