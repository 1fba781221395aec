"""What people want, in plain values."""
