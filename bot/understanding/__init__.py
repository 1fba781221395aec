"""What people write, understood: the order numbers in it, and what its writer wants. Pure, and without any package."""
