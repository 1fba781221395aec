"""Serve the demo's page for the browser: chats, the store, and faults to switch on."""
