"""The steps that a scenario is made of, as data: what each may say, and what it means when it says nothing."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.simulators.pickpack.faults import PickPackFault
from bot.simulators.telegram.faults import TelegramFault


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[list[str], BeforeValidator(_listed)]
Seconds = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Times = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


class Step(BaseModel):
    """One step. Keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# ── the store ────────────────────────────────────────────────────────────────


class Item(Step):
    """A line of an order."""

    name: str
    quantity: float = 1


class Courier(Step):
    """A courier's service of an order."""

    id: str
    status: str | None = None
    courier: str | None = None
    url: str | None = None


class Put(Step):
    """The store makes an order; no webhook tells of it."""

    order: str
    status: str = "READY_FOR_HANDLING"
    items: list[Item] = []
    services: list[Courier] = []


class Set(Step):
    """The store moves an order; its webhook is sent."""

    order: str
    status: str


class Service(Courier):
    """A courier's service is added or changed; what is not said stays. No webhook tells of it."""

    order: str


class Walk(Step):
    """The store moves an order through several statuses: each, after `pause`, once `chat` was told of the last."""

    order: str
    through: list[str]
    chat: str
    pause: Seconds = 1.5
    within: Seconds = 30


# ── people ───────────────────────────────────────────────────────────────────


class Say(Step):
    """Somebody writes to the bot. `language` is their Telegram's from now on."""

    chat: str
    text: str
    language: str | None = None


class Press(Step):
    """Somebody presses the newest button whose label holds `button`."""

    chat: str
    button: str


class Block(Step):
    """Somebody blocks the bot."""

    chat: str


class Unblock(Step):
    """Somebody unblocks it."""

    chat: str


# ── trouble ──────────────────────────────────────────────────────────────────


class Webhooks(Step):
    """How webhooks travel from now on: what is not said is as it should be.

    `lose` loses the next ones, `lose_share` a share of all; `copies` of each; `swap` the next two; `delay` each.
    """

    lose: Count = 0
    lose_share: Share = 0
    copies: Times = 1
    swap: bool = False
    delay: Seconds = 0


class Api(Step):
    """A fault of Pick and Pack's API, for the next `times` answers or until `heal`."""

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
    """The service is ended if it runs, and started again; the next step comes when it is ready."""


# ── the scene ────────────────────────────────────────────────────────────────


class Wait(Step):
    """Nothing happens for so many seconds (shorter at a higher speed)."""

    seconds: Seconds


class Note(Step):
    """A line for those who read along."""

    text: str


class Expect(Step):
    """What a chat must show `within` seconds, in a message of the bot that no step before was told by.

    `contains`, `lacks`, `button`, `link` (in a button's address) and `silent` are said of one message; `edited` has it
    be any message that was edited. `count` is how many messages of the bot the chat shows in all; `never` are texts
    that no message of the chat ever showed; with `nothing` nothing new may come for so many seconds.
    """

    chat: str
    contains: Texts = []
    lacks: Texts = []
    button: str | None = None
    link: str | None = None
    silent: bool | None = None
    edited: bool = False
    count: Count | None = None
    never: Texts = []
    nothing: Seconds | None = None
    within: Seconds = 10


STEPS: dict[str, type[Step]] = {
    "put": Put,
    "set": Set,
    "service": Service,
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
# the short form of those that say one thing only: wait = 2, note = "…"
ONE_VALUE = {"wait": "seconds", "note": "text", "block": "chat", "unblock": "chat"}
