"""Which answers leave somebody without a next step in their words alone: below these stand buttons that lead on."""

# whoever reads these has no number at hand, a wrong one, or no link
WITHOUT_NUMBER = frozenset(
    {
        "start",
        "start-by-link",
        "help",
        "group-hello",
        "group-hint",
        "order-usage",
        "how-to-begin",
        "not-a-number",
        "not-text",
        "example-sent",
        "not-there",
        "not-there-several",
        "awaiting-already",
        "awaiting-already-several",
        "wait",
        "link-required",
        "link-bad",
        "list-empty",
        "stop-nothing",
        "export-empty",
    }
)
# here only a person at the store helps on
FOR_THE_STORE = frozenset({"where-number", "privacy", "day-limit", "api-trouble", "api-trouble-several"})
