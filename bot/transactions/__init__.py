"""What one commit does: functions of a connection and a context that decide and write. Only they fill the outbox."""
