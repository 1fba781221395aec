"""The exit codes of the process. systemd units and people's scripts rely on the numbers."""

PORT_IN_USE = 69
UNEXPECTED_ERROR = 70
STORAGE_ERROR = 74
ANOTHER_INSTANCE = 75
INVALID_SETTINGS = 78
INTERRUPTED = 130
