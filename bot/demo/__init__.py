"""What `python -m bot demo` shows: the page, and scenarios played in a terminal, both on the simulators."""
