"""Simulators of both neighbours; the product does not import them."""
