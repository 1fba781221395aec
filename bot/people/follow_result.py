"""What becomes of the wish to follow an order."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum


class FollowOutcome(StrEnum):
    """What became of a request to follow."""

    FOLLOWING = "following"  # the answer is in the outbox
    AWAITING = "awaiting"  # no such order (yet)
    AWAITING_ALREADY = "awaiting-already"
    API_ERROR = "api-error"  # the API can't be called: the number is awaited
    TOO_MANY_FOLLOWED = "too-many-followed"
    TOO_MANY_AWAITED = "too-many-awaited"
    TOO_MANY_NOT_FOUND = "too-many-not-found"
    TOO_MANY_TODAY = "too-many-today"
    TOO_MANY_LOOKUPS = "too-many-lookups"
    LOOKING_UP = "looking-up"  # the API is slow, or other calls come first: `later` has the result
    STOPPED = "stopped"  # the chat no longer awaits the number
    LINK_NEEDED = "link-needed"
    PERSON_HIDDEN = "person-hidden"  # nobody knows who asks, so nobody's limits can be kept
    NO_ORDER = "no-order"  # clearly not an order's number: neither looked up nor stored nor repeated


@dataclass(frozen=True, slots=True)
class FollowResult:
    """What became of `follow`: the number as understood, and `wait`, the seconds until another try is allowed.

    `limit` is how many are allowed, or are under way, where that is the answer. `later` is set with LOOKING_UP: a task
    that returns the final result.
    """

    outcome: FollowOutcome
    number: str
    wait: float = 0.0
    limit: int = 0
    later: "asyncio.Task[FollowResult] | None" = None
