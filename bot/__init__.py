"""OnRoute: tells shoppers of a Pick and Pack store, in Telegram, each step of their order."""

__version__ = "0.1.0"  # the only place that says it
