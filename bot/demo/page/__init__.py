"""The demo's page for the browser: its server, its actions, and the world that it shows."""
