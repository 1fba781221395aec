"""Notice, order and language become text; no Telegram types."""
