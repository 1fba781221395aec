"""Decisions about orders, without I/O: what is known, which chats are notified of what, when to poll again."""
