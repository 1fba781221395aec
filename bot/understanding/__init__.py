"""What people write, understood: the order numbers in it, and what its writer wants. Reads no data but its own."""
