"""Measure the service's speed: a program per question. They use the loopback address only and end by themselves."""
