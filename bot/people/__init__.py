"""The use cases of shoppers and staff, and the chores that need nobody: plain values in, plain values out."""
