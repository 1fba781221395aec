"""What people read: messages in their language, as text and buttons, without any type of a Telegram library."""
