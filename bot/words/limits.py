"""Telegram's limits on what is sent. A unit is a UTF-16 code unit, in which Telegram counts text."""

TEXT_UNITS = 4096  # of a message, tags not counted
ENTITIES = 100  # of a message; Telegram drops the formatting of further ones
CALLBACK_DATA_BYTES = 64
COPY_TEXT_CHARACTERS = 256
TOAST_UNITS = 200
COMMAND_DESCRIPTION_UNITS = 256
BOT_NAME_UNITS = 64
BOT_DESCRIPTION_UNITS = 512
BOT_SHORT_DESCRIPTION_UNITS = 120

BUTTON_LABEL_UNITS = 20  # Telegram allows more, but phones cut longer ones
HEADLINE_UNITS = 60  # line 1 of a card: all that a locked phone shows
PHRASE_UNITS = 30  # the state on line 1, in lists, and in the timeline beside the time
