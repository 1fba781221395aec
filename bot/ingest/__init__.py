"""How events reach the service: webhooks that Pick and Pack sends, and orders that the poller asks its API for."""
