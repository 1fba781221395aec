"""Sends the notices of the outbox to their chats, within Telegram's limits."""
