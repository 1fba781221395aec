"""Print all that the bot says, in its place: chats in the order of an order's life, for people who review the words."""
