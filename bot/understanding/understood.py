"""What a message says to the bot: the order numbers in it, and what its writer wants."""

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """What a person wants of the bot, apart from the order numbers in the message; each gets an answer of its own."""

    GREETING = "greeting"
    WHERE_IS_IT = "where_is_it"
    WHEN_ARRIVES = "when_arrives"
    DELIVERED_NOT_RECEIVED = "delivered_not_received"
    WRONG_MISSING_OR_DAMAGED = "wrong_missing_or_damaged"
    CANCEL = "cancel"
    CHANGE_ADDRESS_OR_ORDER = "change_address_or_order"
    REFUND_OR_RETURN = "refund_or_return"
    TALK_TO_HUMAN = "talk_to_human"
    STORE_HOURS_OR_PLACE = "store_hours_or_place"
    PICKUP_QUESTION = "pickup_question"
    COURIER_QUESTION = "courier_question"
    STOP_MESSAGES = "stop_messages"
    SETTINGS_OR_MUTE = "settings_or_mute"
    THANKS = "thanks"
    COMPLAINT_OR_INSULT = "complaint_or_insult"
    HELP_OR_WHAT_IS_THIS = "help_or_what_is_this"
    LANGUAGE_CHANGE = "language_change"
    PRIVACY_OR_DELETE_DATA = "privacy_or_delete_data"
    PAYMENT_OR_INVOICE = "payment_or_invoice"
    SMALLTALK_OR_UNKNOWN = "smalltalk_or_unknown"


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of one message; numbers in its order, each once, as Pick and Pack writes them."""

    numbers: tuple[str, ...]  # looked up
    guesses: tuple[str, ...]  # only offered: "did you mean …?"
    payloads: tuple[str, ...]  # of pasted start links that may be signed: handled like the link, never looked up
    intent: Intent
    why: tuple[str, ...]  # the reasons, for `understand --json`
