"""What must hold at rest, when nothing waits to be sent: each chat was told what it wants, and sees the truth."""

from tests.model.levels import wants_message
from tests.model.model import Line, Model
from tests.model.screen import Content
from tests.model.told_parcels import TROUBLES


def discontent(model: Model, truth: dict[str, Content], unclear: set[str]) -> list[str]:
    """Return what is wrong with what the chats were told, and with what they show.

    `truth`: what a card of each order would show. `unclear`: the orders of which a package was missing from the last
    answer, or is replaced again and again: nobody knows how many there are.
    """
    return [
        f"chat {chat_id} ({model.levels[chat_id]}), order {order_id}: {wrong}"
        for (chat_id, order_id), line in model.lines.items()
        if chat_id not in model.paused
        for wrong in [
            *_of_line(model, chat_id, order_id, line, truth.get(order_id)),
            *([] if order_id in unclear else _untold_news(line, truth.get(order_id))),
        ]
    ]


def _of_line(model: Model, chat_id: int, order_id: str, line: Line, truth: Content | None) -> list[str]:
    pressable = [one for one in model.screens.with_buttons(chat_id, order_id) if one.is_learnt and not one.is_excused]
    wrong = [f"buttons on what is not its card: {one}" for one in pressable if one.number != line.living]
    if not line.followed or truth is None:
        return wrong
    return wrong + _untold(model.levels[chat_id], line, truth) + _unshown(model, chat_id, line, truth)


def _untold(level: str, line: Line, truth: Content) -> list[str]:
    wrong = ["an answer has not come"] if line.answers else []
    if not line.told or all(wants_message(level, told, truth.status) for told in line.told):
        wrong.append(f"was told {line.told}, true is {truth.status}")
    return wrong


def _unshown(model: Model, chat_id: int, line: Line, truth: Content) -> list[str]:
    card = model.screens.find(chat_id, line.living) if line.living is not None else None
    if card is None:
        return []
    wrong = [] if card.has_buttons else [f"its card has no buttons: {card}"]
    shown = (card.content.status, card.content.shown)
    if shown != (truth.status, truth.shown) and line.refused is None:
        wrong.append(f"its card shows {shown}, true is {(truth.status, truth.shown)}")
    return wrong


def _untold_news(line: Line, truth: Content | None) -> list[str]:
    """Whatever becomes of a package for the first time is told of it."""
    if not line.followed or truth is None:
        return []
    counted = TROUBLES if truth.status == "WAITING_FOR_PICKUP" or len(truth.shown) == 1 else TROUBLES | {"DELIVERED"}
    return [
        f"was never told that {package} is {status}"
        for package, status in truth.packages.items()
        if status in counted and status not in line.parcels.ever.get(package, set())
    ]
