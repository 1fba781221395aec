"""What one chat was told of the packages of one order, kept by hand."""

from dataclasses import dataclass, field

# what a card tells of a package → the statuses of which one must have been true of it
NEWS = {
    "incident": {"INCIDENT"},
    "hold": {"ON_HOLD"},
    "incident-solved": {"INCIDENT"},
    "hold-solved": {"ON_HOLD"},
    "delivered": {"DELIVERED"},
    "returned": {"RETURNED"},
    "not-delivered": {"DELIVERED"},
    "not-returned": {"RETURNED"},
}
SAYS = {"incident": "INCIDENT", "hold": "ON_HOLD", "delivered": "DELIVERED", "returned": "RETURNED"}
LOUD = {"incident", "delivered", "returned", "not-delivered", "not-returned"}
TROUBLES = {"INCIDENT", "ON_HOLD"}
ENDS = {"DELIVERED", "RETURNED"}
TROUBLE_LASTS, END_LASTS, MISTAKE_LASTS = 600.0, 60.0, 1800.0  # before what was told once is told again


@dataclass
class ToldParcels:
    """By package, as the bot names it: the trouble and the end that cards have shown last, and all they ever showed.

    `tellings`: of each news how often it was told, and when last. `shaky`: what a message of unknown outcome may have
    told.
    """

    troubles: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    ever: dict[str, set[str]] = field(default_factory=dict)
    tellings: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    delivered: set[str] = field(default_factory=set)

    def judge(self, package: str, news: str, was: dict[str, set[str]], now: float) -> str | None:
        """Return what is wrong with telling this. `was`: what each parcel has ever been."""
        trouble, end = self.troubles.get(package), self.ends.get(package)
        if news in SAYS and SAYS[news] == (trouble if SAYS[news] in TROUBLES else end):
            return "told of a package twice in a row"
        if news.endswith("-solved") and trouble not in TROUBLES:
            return "solved what was no trouble"
        if news.startswith("not-") and end not in ENDS:
            return "an end taken back that was not told"
        # which of two it is that nothing tells apart, nobody can say
        known = was.get(package.removeprefix("id-"), set()) if package[:1] != "#" else set().union(*was.values())
        if not NEWS[news] & known:
            return "never true of this package"
        return self._judge_stream(package, news, now) or self._judge_count(package, news, was)

    def _judge_stream(self, package: str, news: str, now: float) -> str | None:
        """What goes to and fro is told ever more seldom: it must have lasted since it was told before."""
        count, at = self.tellings.get((package, news), (0, 0.0))
        lasts = MISTAKE_LASTS if news.startswith("not-") else END_LASTS if SAYS.get(news) in ENDS else TROUBLE_LASTS
        too_soon = count and now < at + lasts * 2 ** (count - 1)
        return f"a stream of messages: {count} times, last {now - at} s ago" if too_soon else None

    def _judge_count(self, package: str, news: str, was: dict[str, set[str]]) -> str | None:
        taken_back = any("NOT DELIVERED" in statuses for statuses in was.values())  # then either may be the next one
        told = self.delivered | ({package} if news == "delivered" else set())
        too_many = len(told) > sum("DELIVERED" in statuses for statuses in was.values())
        return "more packages delivered than there are" if too_many and not taken_back else None

    def card(self, status: str, packages: dict[str, str], news: dict[str, str], now: float) -> None:
        """A card shows the packages as they are, and has told this of them."""
        for package, shown in packages.items():
            self.ever.setdefault(package, set()).add(shown)
            if shown not in ENDS:
                self.troubles[package] = shown
            if status != "WAITING_FOR_PICKUP":  # there a package that was brought has not reached its end
                self.ends[package] = shown
        for package, what in news.items():
            count, _ = self.tellings.get((package, what), (0, 0.0))
            self.tellings[package, what] = (count + 1, now)
            self.delivered |= {package} if what == "delivered" else set()
