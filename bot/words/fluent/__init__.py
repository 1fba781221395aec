"""Fluent files, and messages made from them: a key and values in, text in one language out."""
