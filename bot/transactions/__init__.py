"""What one commit does: functions of a connection and a context that decide and write.

Nothing else puts a notice into the outbox.
"""
