"""Describe chats with their messages, and orders with their couriers, as JSON for the page. It holds no secrets."""

from collections.abc import Collection

from bot.demo.page.personas import Persona
from bot.demo.page.statuses import next_status
from bot.simulators.pickpack.orders import SimulatedOrder
from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.state import BotStatus, ShownMessage
from bot.simulators.world import SimulatedWorld

MAX_MESSAGES, MAX_ORDERS = 60, 12


def chats_json(world: SimulatedWorld, personas: Collection[Persona]) -> list[Json]:
    """Describe each persona's chat, with its newest messages."""
    return [_chat(world.telegram, persona) for persona in personas]


def orders_json(world: SimulatedWorld, walking: Collection[str]) -> list[Json]:
    """Describe the newest orders; `walking` are those that move by themselves."""
    return [_order(order, walking) for order in list(world.pickpack.orders.values())[-MAX_ORDERS:]]


def _chat(telegram: TelegramSimulator, persona: Persona) -> Json:
    return {
        "id": persona.id,
        "name": persona.name,
        "kind": persona.kind,
        "language": telegram.state.person(persona.id).language_code,
        "blocked": telegram.state.chats[persona.id].bot_status is BotStatus.KICKED,
        "commands": telegram.shown_commands(persona.id),
        "messages": [_message(telegram, message) for message in telegram.messages(persona.id)[-MAX_MESSAGES:]],
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
        "asks": bool(message.markup and message.markup.get("force_reply")),
    }


def _quoted(telegram: TelegramSimulator, message: ShownMessage) -> str | None:
    target = telegram.state.find(message.chat_id, message.reply_to)
    if target is not None and message.quote is not None:
        return message.quote
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
