"""What is wrong once nothing waits: who was not told, what shows no truth, and which buttons are left."""

from dataclasses import dataclass

from tests.model.levels import is_worth_a_card
from tests.model.lines import Line
from tests.model.screen import Message, Screen


@dataclass
class AtRest:
    """One chat and one order, once nothing waits.

    `true`: the status that the bot believes. `facts`: what a card is to show. `incidents`: the packages of which one is
    known for certain.
    """

    order_id: str
    line: Line
    screen: Screen
    level: str
    is_paused: bool
    true: str | None
    facts: str
    incidents: set[str]

    def faults(self) -> list[str]:
        living = self.screen.newest(self.order_id) if self.line.followed else None
        left = [one for one in self.screen.with_buttons(self.order_id) if one is not living]
        found = [f"buttons are left on {one}" for one in left if not (one.lost or self.is_paused)]
        if not self.line.followed or self.is_paused:
            return found
        untold = [one for one in self.incidents if self.line.parcels.lacks_incident(one)]
        return [
            *found,
            *self._untold(),
            *_untrue(living, self.facts),
            *(f"the incident of {one} was not told" for one in untold),
        ]

    def _untold(self) -> list[str]:
        line, true = self.line, self.true or ""
        wrong = ["no answer came"] if line.answers else []
        if all(is_worth_a_card(self.level, told, true) for told in line.told):
            is_told_by_packages = true == "DELIVERED" and line.parcels.was_any_delivered()
            wrong += [] if is_told_by_packages else [f"was told {line.told}, true is {true}"]
        return wrong


def _untrue(living: Message | None, facts: str) -> list[str]:
    if living is None or living.is_deleted or living.refused:
        return []
    if living.is_folded or not living.has_buttons:
        return [f"its card has no buttons: {living}"]
    return [] if living.said.facts == facts else [f"its card does not show how it is: {living}"]
