"""Messages as text and buttons: what happened to an order, its packages, answers, and what staff see."""
