"""How the process ends, in the numbers that systemd, scripts and people go by."""

UNEXPECTED = 70
STORE_TROUBLE = 74
ANOTHER_INSTANCE = 75
WRONG_SETTINGS = 78
INTERRUPTED = 130
