"""Pure: what changed, what to tell, when to look again."""
