"""What can go wrong with a call to the simulated Telegram, switched on and off while it runs."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.simulators.telegram.errors import OTHER_POLLER, ApiError, bad_request, conflict, forbidden, upgraded


class TelegramFault(StrEnum):
    """The faults by name; the demo's switches use the same."""

    TOO_MANY = "429"
    BLOCKED = "blocked"
    KICKED = "kicked"
    DEACTIVATED = "deactivated"
    CHAT_NOT_FOUND = "chat not found"
    NO_RIGHTS = "no rights"
    MIGRATED = "migrated"
    UNPARSABLE = "unparsable"  # "can't parse entities", as long as a parse mode is given
    UNAUTHORIZED = "unauthorized"
    CONFLICT = "conflict"  # another getUpdates
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"  # an HTML page
    RESET_BEFORE = "reset before"  # the connection breaks, nothing was shown
    RESET_AFTER = "reset after"  # the message is shown, then the connection breaks
    HANG = "hang"  # the message is shown, no answer comes
    SLOW = "slow"
    GARBAGE = "garbage"  # the message is shown, the answer is no JSON
    REDIRECT = "redirect"  # 307 to `location`: the same call, to another address
    ECHO = "echo"  # refused in words that repeat the address of the call, and so the token


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
REFUSALS: Mapping[TelegramFault, Callable[[], ApiError]] = {
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
    """One switched-on fault.

    `chat_id` None: any call; `times` None: until it is healed; `methods` None: every method but getUpdates.
    `seconds`: retry_after of a 429, the latency of a slow call. `new_chat_id`: where a group moved.
    `location`: where a redirect leads. `hits`: how often.
    """

    kind: TelegramFault
    chat_id: int | None = None
    times: int | None = None
    methods: frozenset[str] | None = None
    seconds: float = 1.0
    new_chat_id: int = 0
    location: str = ""
    hits: int = 0

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether a call is hit (`method` in small letters)."""
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        if self.kind in CHAT_FAULTS and chat_id is None:
            return False
        if self.methods is not None:
            return method in self.methods
        return (method == "getupdates") == (self.kind is TelegramFault.CONFLICT)

    def refusal(self) -> ApiError | None:
        """The error that stands for it; None where it is none of the API's own."""
        if self.kind is TelegramFault.MIGRATED:
            return upgraded(self.new_chat_id)
        return REFUSALS[self.kind]() if self.kind in REFUSALS else None


class TelegramFaultInjector:
    """All faults that are on; the oldest that fits a call hits it."""

    def __init__(self) -> None:
        self.active: list[ActiveTelegramFault] = []

    def add(self, fault: ActiveTelegramFault) -> ActiveTelegramFault:
        """Switches it on."""
        self.active.append(fault)
        return fault

    def heal(self, fault: ActiveTelegramFault | None = None) -> None:
        """Switches one off, or all."""
        self.active = [other for other in self.active if fault is not None and other is not fault]

    def take(
        self, method: str, chat_id: int | None, *, kinds: Collection[TelegramFault], has_parse_mode: bool
    ) -> ActiveTelegramFault | None:
        """The fault of these kinds that hits a call, counted."""
        for fault in self.active:
            unparsable = fault.kind is TelegramFault.UNPARSABLE
            if fault.kind in kinds and fault.fits(method, chat_id) and (has_parse_mode or not unparsable):
                self._count(fault)
                return fault
        return None

    def _count(self, fault: ActiveTelegramFault) -> None:
        fault.hits += 1
        if fault.times is not None and fault.hits >= fault.times:
            self.heal(fault)
