"""What the demo's page draws, as JSON values: chats with their messages, orders with their couriers. No secrets."""

from collections.abc import Collection

from bot.demo.page.personas import Actor
from bot.demo.page.statuses import next_status
from bot.simulators.pickpack.orders import SimulatedOrder
from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.state import BotStatus, ShownMessage
from bot.simulators.world import SimulatedWorld

MOST_MESSAGES, MOST_ORDERS = 60, 12


def show_chats(world: SimulatedWorld, cast: Collection[Actor]) -> list[Json]:
    """Each actor's chat, with its newest messages."""
    return [_chat(world.telegram, actor) for actor in cast]


def show_orders(world: SimulatedWorld, walking: Collection[str]) -> list[Json]:
    """The newest orders; `walking` are those that go on by themselves."""
    return [_order(order, walking) for order in list(world.pickpack.orders.values())[-MOST_ORDERS:]]


def _chat(telegram: TelegramSimulator, actor: Actor) -> Json:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "language": telegram.state.person(actor.id).language_code,
        "blocked": telegram.state.chats[actor.id].bot_status is BotStatus.KICKED,
        "commands": telegram.shown_commands(actor.id),
        "messages": [_message(telegram, message) for message in telegram.messages(actor.id)[-MOST_MESSAGES:]],
    }


def _message(telegram: TelegramSimulator, message: ShownMessage) -> Json:
    return {
        "id": message.message_id,
        "at": message.sent_at,
        "bot": message.from_bot,
        "kind": message.kind,
        "html": message.html if message.from_bot and message.parse_mode else None,
        "text": message.text,
        "buttons": message.buttons,
        "silent": message.silent,
        "edited": len(message.edits),
        "reply": _quoted(telegram, message),
    }


def _quoted(telegram: TelegramSimulator, message: ShownMessage) -> str | None:
    target = telegram.state.find(message.chat_id, message.reply_to)
    return target.text.partition("\n")[0][:80] if target is not None else None


def _order(order: SimulatedOrder, walking: Collection[str]) -> Json:
    services = [{"status": one.status, "courier": one.courier} for one in order.services]
    return {
        "id": order.order_id,
        "status": order.status,
        "next": next_status(order.status),
        "walking": order.order_id in walking,
        "services": services,
    }
