"""What a chat is shown, as text and buttons: order cards, news of an order, staff reports."""
