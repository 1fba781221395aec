"""From the outbox to a chat."""
