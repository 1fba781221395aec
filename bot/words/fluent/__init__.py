"""Fluent files, and what is said of them in one language: keys and values in, ready text out."""
