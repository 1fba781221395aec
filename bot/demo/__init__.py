"""Show the bot without any account: a page for the browser, and scenarios played in a terminal, on simulators."""
