"""What is wrong at the moment, as staff's panel lists it: a line each, with its time, and the order if it is about one.

Whoever keeps more than the conditions knows (alerts that are open, say) hands the panel these lines instead.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.process.condition import Conditions, State
from bot.tracking.model import OrderPk, Wall


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """One line. `key` is the catalog's, `values` what its message names beside `time`."""

    key: str
    since: Wall
    order: OrderPk | None = None
    values: Mapping[str, object] = field(default_factory=dict)


def troubles_of(conditions: Conditions) -> Iterator[OpenAlert]:
    """Yield what the service depends on and is down, or is limited though it answers."""
    named = {
        "open-database": conditions.database,
        "open-telegram": conditions.telegram,
        "open-pickpack": conditions.pickpack,
    }
    for key, one in named.items():
        if one.state in {State.DOWN, State.DEGRADED}:
            yield OpenAlert(key, Wall(one.since), values={"down": one.state is State.DOWN})
