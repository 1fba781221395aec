"""What one chat was told of the packages of one order, kept by hand."""

from collections import defaultdict
from dataclasses import dataclass, field

# what is told → the statuses of which one must have been true of the package
KINDS = {
    "incident": {"INCIDENT"},
    "hold": {"ON_HOLD"},
    "incident-solved": {"INCIDENT"},
    "hold-solved": {"ON_HOLD"},
    "delivered": {"DELIVERED"},
    "returned": {"RETURNED"},
    "not-delivered": {"CREATED", "ASSIGNED", "INCIDENT", "ON_HOLD"},
    "not-returned": {"CREATED", "ASSIGNED", "INCIDENT", "ON_HOLD"},
}
LOUD = {"incident", "delivered", "returned", "not-delivered", "not-returned"}
AFTER = {  # only after this was told
    "incident-solved": "incident",
    "hold-solved": "hold",
    "not-delivered": "delivered",
    "not-returned": "returned",
}
STREAM = 3600.0
MOST_IN_STREAM = 4  # of the same about one package within that time, though it goes to and fro


@dataclass
class ToldParcels:
    """By package, as the bot names it, what the chat was told last: of its end, and of its troubles.

    A package is not among them where nobody knows what the chat saw last. `ever`: all that was told of it.
    """

    ends: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    delivered: set[str] = field(default_factory=set)
    ever: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unsure: bool = False  # since it began: something of it was perhaps told
    _times: defaultdict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def news(self, what: str, package: str, was: dict[str, set[str]], now: float) -> str | None:
        """A new message is about this; return what is wrong with it. `was`: what each parcel has ever been."""
        known = self.troubles if what in {"incident", "hold", "incident-solved", "hold-solved"} else self.ends
        last = known.get(package)
        known[package] = what
        self.ever[package].add(what)
        if what == "delivered":
            self.delivered.add(package)
        if last == what:
            return "told of a package twice in a row"
        if last is not None and what in AFTER and last != AFTER[what]:
            return f"{what} after {last}"
        self._times[what, package] = [one for one in self._times[what, package] if one > now - STREAM] + [now]
        if len(self._times[what, package]) > MOST_IN_STREAM:
            return "a stream of news about a package"
        # which of two it is that nothing tells apart, nobody can say
        if not KINDS[what] & (
            was.get(package.removeprefix("id-"), set()) if package[:1] != "#" else set().union(*was.values())
        ):
            return "never true of this package"
        taken_back = any("NOT DELIVERED" in statuses for statuses in was.values())  # then either may be the next one
        if not taken_back and len(self.delivered) > sum("DELIVERED" in statuses for statuses in was.values()):
            return "more packages delivered than there are"
        return None

    def card(self, ends: dict[str, str], troubles: dict[str, str], under_way: list[str]) -> None:
        """A card shows the packages as they are."""
        for package in under_way:
            if package in self.ends:
                self.ends[package] = "open"
            if package in self.troubles and package not in troubles:
                self.troubles[package] = "none"
        self.ends |= ends
        self.troubles |= troubles
        for package, what in (*ends.items(), *troubles.items()):
            self.ever[package].add(what)

    def are_only(self, packages: list[str]) -> None:
        """A card, or an edit, knows of no others: what had a trouble and is gone may have it again."""
        self.troubles = {package: what for package, what in self.troubles.items() if package in packages}

    def lacks_incident(self, package: str) -> bool:
        """Return whether an incident of this package was certainly never told."""
        return not self.unsure and "incident" not in self.ever[package]

    def were_delivered(self, packages: list[str]) -> bool:
        """Return whether a card has told of each of these packages that it was delivered, as its news or beside it."""
        return bool(packages) and all("delivered" in self.ever[one] for one in packages)

    def was_any_delivered(self) -> bool:
        """Return whether a card has told of any package that it was delivered."""
        return any("delivered" in words for words in self.ever.values())

    def doubt(self) -> None:
        """Nobody knows what the chat saw."""
        self.ends.clear()
        self.troubles.clear()
        self._times.clear()
        self.unsure = True
