"""Judge by what becomes of each call whether Pick and Pack's API is there, and choose what it is asked to find out.

A bad answer about one order may be that order's own trouble, a silence that of one person's odd number. So a call that
came to nothing only raises a doubt; a few seconds later something is asked that has an answer wherever the API is well.
"""

from collections.abc import Awaitable, Callable

from bot.pickpack.errors import AuthenticationError, PickPackError, RateLimitError
from bot.pickpack.health import ApiHealth, Breaker
from bot.process.clock import Clock
from bot.process.condition import Condition, Trouble
from bot.store import orders
from bot.store.database import Database
from bot.tracking.model import OrderPk

NOBODYS_ORDER = "0000000000000-00"  # no account has it: an API that is well answers that there is none
TRIAL_ORDERS = 5
LATER_SECONDS = 30.0  # until it is asked again where the answer says neither that it is well nor that it isn't
THROTTLED = "it asks for fewer calls (429)"
ENDS_SILENCE, ENDS_REFUSAL = "Pick and Pack answers again", "Pick and Pack takes PICKPACK_API_KEY again"


class ApiJudgement:
    """What the calls so far say of the API. `on_health_change` gets its health after the first call, and each change.

    At first too, as the last process may have ended in an outage.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        breaker: Breaker,
        condition: Condition,
        on_health_change: Callable[[ApiHealth], Awaitable[None]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._breaker = breaker
        self._condition = condition
        self._on_health_change = on_health_change
        self._reported: ApiHealth | None = None
        self._knows_nobodys: bool | None = None  # whether it has ever answered about it; None: it was never asked

    # ── what is asked to find out ────────────────────────────────────────────

    def needs_known_order(self) -> bool:
        """Return whether a trial is for an order that was answered before: of another a bad answer says nothing.

        But a single one may have troubles of its own: then every second trial is open to any.
        """
        known = len(orders.answered_last(self._database.reader, 2))
        return known > 1 or (known == 1 and self._breaker.rounds % 2 == 1)

    def trial_order(self) -> tuple[OrderPk, str] | None:
        """Choose the order for the next trial: another one each time, as one may have troubles of its own."""
        answered = orders.answered_last(self._database.reader, TRIAL_ORDERS)
        return answered[self._breaker.rounds % len(answered)] if answered else None

    def order_in_doubt(self) -> tuple[OrderPk, str] | None:
        """Choose what settles a doubt: an order that is not among the reasons for it; None: that of nobody."""
        if self._knows_nobodys is None:
            return None
        answered = orders.answered_last(self._database.reader, TRIAL_ORDERS)
        return next((one for one in answered if one[1] not in self._breaker.blamed), None)

    def was_answered(self, order_id: str, known: OrderPk | None) -> bool:
        """Return whether the API has ever answered about the order, if only that it can't find it."""
        if order_id == NOBODYS_ORDER:
            return bool(self._knows_nobodys)
        reader = self._database.reader
        order = orders.load_by_id(reader, known) if known is not None else None
        order = order or next(iter(orders.find(reader, [order_id])), None)
        return order is not None and order.polled_at is not None

    # ── what its answers say ─────────────────────────────────────────────────

    async def note_answer(self, order_id: str) -> None:
        """Note a proper answer about an order."""
        if order_id == NOBODYS_ORDER:
            self._knows_nobodys = True
        await self._is_well()

    async def note_failure(
        self, error: PickPackError, order_id: str, *, was_answered: bool, trial: bool, blame: int | None
    ) -> None:
        """Count what a failure says of the API: a bad answer only about an order that was answered properly before."""
        now = self._clock.now()
        if order_id == NOBODYS_ORDER:
            self._knows_nobodys = bool(self._knows_nobodys)
        match error:
            case RateLimitError():
                self._note_throttling(now)
                return
            case PickPackError(answered=True) if not was_answered:
                if trial and self.trial_order() is None:  # none was ever answered, and it can be reached again
                    await self._is_well()
                elif trial:
                    self._breaker.postpone(now, LATER_SECONDS)
                elif self._breaker.is_closed:
                    self._note_odd_answer(error, order_id, now)
                return
            case PickPackError(answered=True):  # perhaps that order's own trouble, which says the same however often
                of_order = None if order_id == NOBODYS_ORDER else order_id
                self._breaker.record_failure(now, refused=False, trial=trial, blame=of_order)
            case _:
                refused = isinstance(error, AuthenticationError)
                self._breaker.record_failure(now, refused=refused, trial=trial, blame=blame)
        self._show(error)
        if trial or self._breaker.health is not ApiHealth.OK:  # one failure says nothing about the API yet
            await self._report()

    def _note_throttling(self, now: float) -> None:
        """Note a 429: it is there, and yet neither a doubt nor a trial is settled."""
        self._breaker.postpone(now, LATER_SECONDS)
        if self._breaker.is_closed:
            self._condition.limit(THROTTLED)

    def _note_odd_answer(self, error: PickPackError, order_id: str, now: float) -> None:
        """Ask something that always has an answer; where even that has none, leave it at the doubt for a while."""
        if order_id != NOBODYS_ORDER:
            self._breaker.doubt(now)
            return
        self._breaker.doubt(now)
        self._breaker.postpone(now, LATER_SECONDS)
        self._condition.doubt(error.reason)

    async def _is_well(self) -> None:
        self._breaker.record_success()
        self._condition.limit("")
        self._condition.answered()
        await self._report()

    def _show(self, error: PickPackError) -> None:
        if self._breaker.is_closed:
            self._condition.doubt(error.reason)
        elif self._breaker.health is ApiHealth.REFUSED:
            self._condition.fail(_refusal(error))
        else:
            reason = error.reason
            self._condition.fail(Trouble(reason, f"Pick and Pack does not answer: {reason}", ENDS_SILENCE))

    async def _report(self) -> None:
        if self._breaker.health is not self._reported:
            self._reported = self._breaker.health
            await self._on_health_change(self._breaker.health)


def _refusal(error: PickPackError) -> Trouble:
    remedy = "make a new key in Pick and Pack's settings, under users, put it into PICKPACK_API_KEY and restart"
    starts = (
        f"Pick and Pack refuses PICKPACK_API_KEY: {error.reason}. If it goes on, {remedy}; see python -m bot doctor"
    )
    return Trouble(f"PICKPACK_API_KEY: {error.reason}", starts, ENDS_REFUSAL, serious=True)
