"""What the bot is measured against, each a program of its own; the first line that it prints is what it listens on."""
