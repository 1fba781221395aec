"""Inject faults into calls to the simulated Telegram, switched on and off while it runs."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.simulators.telegram.errors import OTHER_POLLER, ApiError, bad_request, conflict, forbidden, upgraded


class TelegramFault(StrEnum):
    """The kinds of faults; scenarios name them by their values."""

    TOO_MANY = "429"
    BLOCKED = "blocked"
    KICKED = "kicked"
    DEACTIVATED = "deactivated"
    CHAT_NOT_FOUND = "chat not found"
    NO_RIGHTS = "no rights"
    MIGRATED = "migrated"
    UNPARSABLE = "unparsable"  # "can't parse entities", but only for calls with a parse mode
    UNAUTHORIZED = "unauthorized"
    CONFLICT = "conflict"  # another getUpdates is running
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"  # a gateway's HTML page
    RESET_BEFORE = "reset before"  # the connection breaks before the message is shown
    RESET_AFTER = "reset after"  # the connection breaks after the message was shown
    HANG = "hang"  # the message is shown, but no response comes
    SLOW = "slow"
    GARBAGE = "garbage"  # the message is shown, but the response is no JSON
    REDIRECT = "redirect"  # 307 to `location`: the same call, to another URL
    ECHO = "echo"  # refused in a text that repeats the URL of the call, and so the token


FAILS_AFTER_METHOD = frozenset({TelegramFault.RESET_AFTER, TelegramFault.HANG, TelegramFault.GARBAGE})
CHAT_FAULTS = frozenset(
    {
        TelegramFault.BLOCKED,
        TelegramFault.KICKED,
        TelegramFault.DEACTIVATED,
        TelegramFault.CHAT_NOT_FOUND,
        TelegramFault.NO_RIGHTS,
    }
    | {TelegramFault.MIGRATED, TelegramFault.UNPARSABLE}
)
API_ERRORS: Mapping[TelegramFault, Callable[[], ApiError]] = {
    TelegramFault.BLOCKED: lambda: forbidden("bot was blocked by the user"),
    TelegramFault.KICKED: lambda: forbidden("bot was kicked from the supergroup chat"),
    TelegramFault.DEACTIVATED: lambda: forbidden("user is deactivated"),
    TelegramFault.CHAT_NOT_FOUND: lambda: bad_request("chat not found"),
    TelegramFault.NO_RIGHTS: lambda: bad_request("not enough rights to send text messages to the chat"),
    TelegramFault.UNPARSABLE: lambda: bad_request(
        'can\'t parse entities: Unsupported start tag "fault" at byte offset 0'
    ),
    TelegramFault.UNAUTHORIZED: lambda: ApiError(401, "Unauthorized"),
    TelegramFault.CONFLICT: lambda: conflict(OTHER_POLLER),
    TelegramFault.SERVER_ERROR: lambda: ApiError(500, "Internal Server Error"),
}


@dataclass(slots=True, eq=False)
class ActiveTelegramFault:
    """A fault that is switched on.

    `chat_id` None: any call; `times` None: until it is healed; `methods` None: every method but getUpdates.
    `seconds`: retry_after of a 429, the latency of a slow call. `new_chat_id`: the supergroup that a group became.
    `location`: the target of a redirect. `hits`: how many calls it has affected.
    """

    kind: TelegramFault
    chat_id: int | None = None
    times: int | None = None
    methods: frozenset[str] | None = None
    seconds: float = 1.0
    new_chat_id: int = 0
    location: str = ""
    hits: int = 0

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Tell whether it affects a call (`method` in lower case)."""
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        if self.kind in CHAT_FAULTS and chat_id is None:
            return False
        if self.methods is not None:
            return method in self.methods
        return (method == "getupdates") == (self.kind is TelegramFault.CONFLICT)

    def error(self) -> ApiError | None:
        """Make the API's error for it; None if the fault is not an error of the API itself."""
        if self.kind is TelegramFault.MIGRATED:
            return upgraded(self.new_chat_id)
        return API_ERRORS[self.kind]() if self.kind in API_ERRORS else None


class TelegramFaultInjector:
    """Holds the `active` faults; the oldest one that matches a call affects it."""

    def __init__(self) -> None:
        self.active: list[ActiveTelegramFault] = []

    def add(self, fault: ActiveTelegramFault) -> ActiveTelegramFault:
        """Switch a fault on."""
        self.active.append(fault)
        return fault

    def heal(self, fault: ActiveTelegramFault | None = None) -> None:
        """Switch one fault off, or all."""
        self.active = [other for other in self.active if fault is not None and other is not fault]

    def take(
        self, method: str, chat_id: int | None, *, kinds: Collection[TelegramFault], has_parse_mode: bool
    ) -> ActiveTelegramFault | None:
        """Return the fault of these kinds that affects a call, and count the hit."""
        for fault in self.active:
            needs_parse_mode = fault.kind is TelegramFault.UNPARSABLE
            if fault.kind in kinds and fault.matches(method, chat_id) and (has_parse_mode or not needs_parse_mode):
                self._count(fault)
                return fault
        return None

    def _count(self, fault: ActiveTelegramFault) -> None:
        fault.hits += 1
        if fault.times is not None and fault.hits >= fault.times:
            self.heal(fault)
