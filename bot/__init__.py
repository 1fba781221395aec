"""OnRoute: tells shoppers of a Pick and Pack store, in Telegram, each step of their order."""
