"""What is wrong at the moment, as staff's panel lists it: a line each, with its time, and the order it is about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.process.condition import Conditions, State
from bot.store import open_alerts
from bot.store.database import Database
from bot.tracking.model import OrderPk, Wall
from bot.transactions.alerting import Alert
from bot.transactions.context import ContextSource

MOST = 30
# of these the conditions tell more, and at once
_SAID_BY_CONDITIONS = (Alert.API_DOWN, Alert.KEY_REFUSED, Alert.TOKEN_ACCEPTED, Alert.DATABASE_DOWN)


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """One line. `key` is the catalog's, `values` what its message names beside `time`."""

    key: str
    since: Wall
    order: OrderPk | None = None
    values: Mapping[str, object] = field(default_factory=dict)


def troubles_of(conditions: Conditions) -> Iterator[OpenAlert]:
    """Yield what the service depends on and is down, fails since its last answer, or is limited though it answers."""
    named = {
        "open-database": conditions.database,
        "open-telegram": conditions.telegram,
        "open-pickpack": conditions.pickpack,
    }
    for key, one in named.items():
        if one.state in {State.DOWN, State.DEGRADED}:
            failing = one.failing_since
            how = "down" if one.state is State.DOWN else "limited" if failing is None else "failing"
            yield OpenAlert(key, Wall(one.since if failing is None else failing), values={"how": how})


def lasting(database: Database, contexts: ContextSource) -> Iterator[OpenAlert]:
    """Yield the alerts that last and that nobody is done with, the newest first."""
    context = contexts.current()
    for row, payload in open_alerts.waiting_for_staff(database.reader, but=_SAID_BY_CONDITIONS, limit=MOST):
        args = payload.get("args")
        values = {name: value for name, value in args.items() if name != "order"} if isinstance(args, dict) else {}
        yield OpenAlert(f"alert-{row.kind}", context.wall_at(row.started_at), row.order, values)
