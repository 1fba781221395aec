"""The talk with Telegram: whatever needs aiogram is here, and only a running service imports it."""
