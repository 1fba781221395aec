"""What is wrong with a call to Telegram as it leaves, judged by what its chat was told and shows."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.model.levels import FINAL, KEY, is_worth_a_card
from tests.model.lines import Call, Line
from tests.model.parcels import LOUD
from tests.model.screen import Screen

SETTLE = 3.0  # no two messages of one burst
EDITS_APART, GROUP_EDITS_APART = 20.0, 60.0


@dataclass
class Leaving:
    """A call as it leaves: with what is known of its chat and of its order then."""

    call: Call
    line: Line
    screen: Screen
    level: str
    is_quiet: bool
    was_true: set[str]
    now: float
    wall: float

    def faults(self) -> list[str]:
        judge = {"card": self._judge_card, "edit": self._judge_edit, "fold": self._judge_fold}[self.call.said.kind]
        return [*judge(), *(self._judge_sound() if self.call.target is None else [])]

    def _judge_card(self) -> list[str]:
        line, said, wrong = self.line, self.call.said, self._untrue()
        if said.news and said.status in FINAL:
            wrong.append("news of a package after the end")
        is_wanted = any(is_worth_a_card(self.level, told, said.status) for told in line.told)
        is_news = bool(said.news or said.links)
        is_owed = said.is_reply and (line.answers > 0 or line.spare)
        if not (is_wanted or is_news or is_owed or line.doubtful or line.again or (said.reminder and line.reminders)):
            wrong.append(f"nothing wants this card: told was {line.told}")
        is_burst = line.shown_at is not None and self.now < line.shown_at + SETTLE
        if is_burst and not (said.is_reply or said.reminder or line.doubtful or line.again):
            wrong.append("two messages of one burst")
        return wrong

    def _judge_sound(self) -> list[str]:
        line, said, silent = self.line, self.call.said, self.call.silent
        is_night = self.is_quiet and not 8 <= datetime.fromtimestamp(self.wall, UTC).hour < 22
        new_keys = [told != said.status and said.status in KEY for told in line.told]
        others = said.is_reply or said.reminder or bool(LOUD & set(said.news.values())) or said.reverted_from in KEY
        if not silent and (is_night or not (others or any(new_keys))):
            return ["it rings"]
        is_known = said.status == "DELIVERED" and line.parcels.were_delivered(said.packages)
        if silent and not is_night and (others or (all(new_keys) and not is_known)):
            return ["it is silent"]
        return []

    def _judge_edit(self) -> list[str]:
        said, screen, wrong = self.call.said, self.screen, self._untrue()
        message = screen.messages.get(self.call.target or 0)
        if message is None or message is not screen.newest(said.order_id) or message.is_folded or message.lost:
            return [*wrong, "an edit of what is not the living card"]
        is_new_link = bool(set(said.shown_links) - set(message.said.shown_links))
        is_hurried = said.pressed or is_new_link or message.doubtful or (message.said.is_stale and not said.is_stale)
        apart = GROUP_EDITS_APART if self.call.chat_id < 0 else EDITS_APART
        if not is_hurried and self.now < message.at + apart:
            wrong.append(f"an edit {self.now - message.at:.1f} s after the last")
        if said.look == message.said.look and not message.doubtful:
            wrong.append("an edit that changes nothing")
        return wrong

    def _untrue(self) -> list[str]:
        wrong = [] if self.line.followed else ["after stop"]
        return wrong if self.call.said.status in self.was_true else [*wrong, "never true"]

    def _judge_fold(self) -> list[str]:
        message = self.screen.messages.get(self.call.target or 0)
        if message is None:
            return ["a fold of no message"]
        if message is self.screen.newest(self.call.said.order_id):
            return ["a fold of the living card"]
        return ["a fold of what is folded"] if message.is_folded and not message.doubtful else []
