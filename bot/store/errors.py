"""What can go wrong with the database, told by what the caller must do."""


class StoreTrouble(Exception):
    """The database could not do it; the text says what and, where there is one, the remedy. Nothing was stored."""


class Unstorable(StoreTrouble):
    """A value that no database can hold: trying again does not help."""


class AnotherInstance(StoreTrouble):
    """Another process holds the database."""


class TooNew(StoreTrouble):
    """The file was written by a newer version; it has not been touched."""
