"""The database's errors, one class for each thing that the caller may have to do."""


class StoreError(Exception):
    """The database could not do it; the text says what and, where there is one, the remedy. Nothing was stored."""


class InvalidValueError(StoreError):
    """A value that no database can hold: trying again does not help."""


class AnotherInstanceError(StoreError):
    """Another process holds the database."""


class NewerVersionError(StoreError):
    """The file was written by a newer version; it has not been touched."""
