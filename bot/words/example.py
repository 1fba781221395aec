"""The order number that answers show as an example: any text may use it as `$example`.

Its middle is left out, so that it shows the form and can't be taken for somebody's order: a tap copies it, and what is
copied gets sent.
"""

EXAMPLE = "1509...516095-01"
# In texts for staff alone, who know that it is an example, it stands whole: cut it would look like a fault.
WHOLE_EXAMPLE = "1509750516095-01"
