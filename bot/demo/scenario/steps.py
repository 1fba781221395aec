"""Define the steps of a scenario as data: the fields of each, and their defaults."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from bot.simulators.pickpack.faults import PickPackFault
from bot.simulators.telegram.faults import TelegramFault
from bot.words.callbacks import CallbackAction


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _name(action: CallbackAction) -> str:
    return action.name.lower().replace("_", "-")


def _as_action(value: object) -> object:
    """Return what a button does, by its name in a file: `all-good`."""
    if value not in _ACTIONS:
        raise ValueError(f"no button does {value!r}; known are {', '.join(_ACTIONS)}")
    return _ACTIONS[str(value)]


_ACTIONS = {_name(action): action for action in CallbackAction}
Texts = Annotated[list[str], BeforeValidator(_as_list)]
ButtonAction = Annotated[CallbackAction, BeforeValidator(_as_action), PlainSerializer(_name)]
Seconds = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Times = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


class Step(BaseModel):
    """A step of a scenario. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# ── the store ────────────────────────────────────────────────────────────────


class OrderItem(Step):
    """A line of an order."""

    name: str
    quantity: float = 1


class CourierServiceFields(Step):
    """The fields of a courier's shipping service."""

    id: str
    status: str | None = None
    courier: str | None = None
    url: str | None = None


class Put(Step):
    """The store creates an order, without a webhook."""

    order: str
    status: str = "READY_FOR_HANDLING"
    items: list[OrderItem] = []
    services: list[CourierServiceFields] = []


class Set(Step):
    """The store changes an order's status, and its webhook is sent."""

    order: str
    status: str


class SetService(CourierServiceFields):
    """A courier's service is added or changed, without a webhook; fields that are left out stay as they are."""

    order: str


class Walk(Step):
    """The store moves an order through several statuses: each after `pause`, once `chat` shows the one before."""

    order: str
    through: list[str]
    chat: str
    pause: Seconds = 1.5
    within: Seconds = 30


# ── people ───────────────────────────────────────────────────────────────────


class Say(Step):
    """A person writes to the bot. `language` is that of their Telegram from now on."""

    chat: str
    text: str
    language: str | None = None


class Press(Step):
    """A person presses the newest button that does this, whatever its label is in their language: `button = "more"`."""

    chat: str
    button: ButtonAction


class Block(Step):
    """A person blocks the bot."""

    chat: str


class Unblock(Step):
    """A person unblocks the bot."""

    chat: str


# ── faults and restarts ──────────────────────────────────────────────────────


class Webhooks(Step):
    """How webhooks are sent from now on; a field that is left out means "normally".

    `lose` loses the next ones, `lose_share` a share of all; `copies` sends each so often; `swap` swaps the next two;
    `delay` delays each; `rename` gives their fields other names, as somebody who maps them wrongly does.
    """

    lose: Count = 0
    lose_share: Share = 0
    copies: Times = 1
    swap: bool = False
    delay: Seconds = 0
    rename: dict[str, str] = {}


class Api(Step):
    """A fault of Pick and Pack's API, for the next `times` responses or until `heal`."""

    fault: PickPackFault | None = None
    times: Times | None = None
    seconds: Seconds = 30
    heal: bool = False


class Telegram(Step):
    """A fault of Telegram, for the next `times` calls (of one chat) or until `heal`; `down` refuses connections."""

    fault: TelegramFault | None = None
    chat: str | None = None
    times: Times | None = None
    seconds: Seconds = 1
    heal: bool = False
    down: bool | None = None


class Kill(Step):
    """The service is killed with SIGKILL."""


class Restart(Step):
    """The service is ended if it runs, and started again; the next step waits until it is ready."""


# ── time, notes, expectations ────────────────────────────────────────────────


class Wait(Step):
    """A pause in seconds (shorter at a higher speed)."""

    seconds: Seconds


class Note(Step):
    """A line of explanation in the transcript."""

    text: str


class Expect(Step):
    """What a chat must show `within` seconds.

    `contains`, `lacks`, `button` (one that does this), `link` (in a button's URL) and `silent` are about one message of
    the bot that no earlier step has checked, or with `edited` about any message that was edited. `count` is the number
    of the bot's messages in the chat, `keyboards` of those among them with a button that the bot hears of; `never` are
    texts that no message of the chat ever had; with `nothing` no message or edit may come for so many seconds.
    """

    chat: str
    contains: Texts = []
    lacks: Texts = []
    button: ButtonAction | None = None
    link: str | None = None
    silent: bool | None = None
    edited: bool = False
    count: Count | None = None
    keyboards: Count | None = None
    never: Texts = []
    nothing: Seconds | None = None
    within: Seconds = 10


STEPS: dict[str, type[Step]] = {
    "put": Put,
    "set": Set,
    "service": SetService,
    "walk": Walk,
    "say": Say,
    "press": Press,
    "block": Block,
    "unblock": Unblock,
    "webhooks": Webhooks,
    "api": Api,
    "telegram": Telegram,
    "kill": Kill,
    "restart": Restart,
    "wait": Wait,
    "note": Note,
    "expect": Expect,
}
# steps with one field have a short form: wait = 2, note = "…"
SHORT_FORMS = {"wait": "seconds", "note": "text", "block": "chat", "unblock": "chat"}
NAMES = {kind: name for name, kind in STEPS.items()}


def name_of(step: Step) -> str:
    """Return the name of a step in scenario files."""
    return NAMES[type(step)]
