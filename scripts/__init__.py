"""Programs for those who work on the bot; none is a part of it."""
