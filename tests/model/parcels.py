"""What one chat was told of the packages of one order, kept by hand."""

from dataclasses import dataclass, field

# kind of message → the statuses of which one must have been true of the package
KINDS = {
    "assigned": {"ASSIGNED"},
    "incident": {"INCIDENT"},
    "hold": {"ON_HOLD"},
    "solved": {"INCIDENT", "ON_HOLD"},
    "parcel-delivered": {"DELIVERED"},
    "parcel-returned": {"RETURNED"},
    "parcel-mistaken": {"CREATED", "ASSIGNED", "INCIDENT", "ON_HOLD"},
}
TROUBLES = {"incident", "hold", "solved"}
ENDS = {"parcel-delivered", "parcel-returned"}
END_KINDS = {"ASSIGNED": "assigned", "DELIVERED": "parcel-delivered", "RETURNED": "parcel-returned"}


@dataclass
class ToldParcels:
    """By package, as the bot names it, what the chat heard last: of its way, and of its troubles.

    A package is not among them where nobody knows what the chat saw last.
    """

    ends: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    delivered: set[str] = field(default_factory=set)

    def message(self, kind: str, package: str, was: dict[str, set[str]]) -> str | None:
        """A message of its own tells this; return what is wrong with it. `was`: what each parcel has ever been."""
        told = self.troubles if kind in TROUBLES else self.ends
        again = told.get(package) == kind
        without_end = kind == "parcel-mistaken" and self.ends.get(package, kind) not in {*ENDS, kind}
        if kind in TROUBLES and self.ends.get(package) in ENDS:
            del self.ends[package]  # a package with a trouble is under way
        if kind == "parcel-mistaken":
            self.troubles.pop(package, None)  # it says which trouble there is now, if any
        told[package] = kind
        if kind == "parcel-delivered":
            self.delivered.add(package)
        if again:
            return "told of a package twice in a row"
        if without_end:
            return "an end taken back that was not told"
        # which of two it is that nothing tells apart, nobody can say
        if not KINDS[kind] & (
            was.get(package.removeprefix("id-"), set()) if package[:1] != "#" else set().union(*was.values())
        ):
            return "never true of this package"
        taken_back = any("NOT DELIVERED" in statuses for statuses in was.values())  # then either may be the next one
        if not taken_back and len(self.delivered) > sum("DELIVERED" in statuses for statuses in was.values()):
            return "more packages delivered than there are"
        return None

    def card(self, ends: dict[str, str], troubles: dict[str, str], under_way: list[str]) -> None:
        """A card shows the packages; of those under way it takes an end back."""
        for package in {*under_way, *(one for one, what in ends.items() if what == "assigned")}:
            if self.ends.get(package) in ENDS:
                del self.ends[package]
                self.troubles.pop(package, None)  # of before that end
        self.ends |= ends
        self.troubles |= troubles

    def beside(self, ends: dict[str, str], troubles: dict[str, str]) -> None:
        """A message about one package names others too; only one of their own takes their end back."""
        self.troubles |= troubles
        for package, what in ends.items():
            if what in ENDS or self.ends.get(package) not in ENDS:
                self.ends[package] = what

    def doubt(self, package: str | None = None) -> None:
        """Nobody knows what the chat saw of this package, or of all."""
        for told in (self.ends, self.troubles):
            for key in [package] if package else list(told):
                told.pop(key, None)
