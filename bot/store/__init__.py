"""The SQLite database: all SQL is in this package, and each function takes the connection."""
