"""What the model keeps of each call to Telegram, and of what lies between one chat and one order."""

from dataclasses import dataclass, field

from tests.model.levels import RANKS
from tests.model.parcels import ToldParcels
from tests.model.screen import Content


@dataclass
class Call:
    """One call to Telegram.

    `to`: the id that the chat has there. `target`: the message that it edits. `again`: the sender's own next try of a
    text that was refused. `asked`: a person asked for the same while it was on the wire. `met`: somebody wrote there
    since it left, so that it was refused says nothing any more. `tied`: somebody wrote in the instant in which it left.
    `forgotten`: all that was known of the chat was deleted meanwhile. `moved`: the group has moved meanwhile.
    """

    to: int
    chat_id: int
    said: Content
    target: int | None = None
    silent: bool = False
    plain: bool = False
    again: bool = False
    asked: bool = False
    met: bool = False
    tied: bool = False
    forgotten: bool = False
    moved: bool = False


@dataclass
class Line:
    """What lies between one chat and one order.

    `told`: the statuses of which one was told last, as a new message: several where nobody knows which, none yet: None.
    `answers`: how many answers a person waits for. `spare`: somebody wrote while an answer was on the wire, so another
    may follow it. `doubtful`: a card was perhaps seen, so it may come again. `again`: it may come once more, the group
    has moved. `reminders`: that were asked for. `shown_at`: when the last card was sent, and whether it answered.
    """

    followed: bool = False
    awaited: bool = False
    told: set[str | None] = field(default_factory=lambda: {None})
    answers: int = 0
    spare: bool = False
    doubtful: bool = False
    again: bool = False
    reminders: int = 0
    shown_at: float | None = None
    unknown_outcomes: int = 0
    parcels: ToldParcels = field(default_factory=ToldParcels)

    def told_by(self, status: str) -> set[str | None]:
        """What was told last, after a card: a status that nobody has words for takes back nothing that was told."""
        return {status if status in RANKS or told is None else told for told in self.told}
