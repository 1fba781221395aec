"""What the page may ask for: which of the stage's methods it is, and of what kinds its arguments must be."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

from bot.demo.page.controller import Stage


@dataclass(frozen=True, slots=True)
class Action:
    """A method of the stage. `by_hand`: who moves an order by hand ends its walk first."""

    do: Callable[..., Awaitable[None] | object]
    kinds: Mapping[str, tuple[type, ...]] = field(default_factory=dict)
    by_hand: bool = False


ACTIONS = {
    "say": Action(Stage.say, {"chat": (int,), "text": (str,)}),
    "press": Action(Stage.press, {"chat": (int,), "message": (int,), "data": (str,)}),
    "language": Action(Stage.language, {"chat": (int,), "code": (str,)}),
    "block": Action(Stage.block, {"chat": (int,), "on": (bool,)}),
    "make-order": Action(Stage.make_order),
    "move": Action(Stage.move, {"order": (str,), "status": (str, NoneType)}, by_hand=True),
    "walk": Action(Stage.walk, {"order": (str,), "on": (bool,)}),
    "couriers": Action(Stage.couriers, {"order": (str,)}, by_hand=True),
    "service": Action(Stage.service, {"order": (str,), "status": (str,)}, by_hand=True),
    "switch": Action(Stage.switch, {"name": (str,), "on": (bool,)}),
    "expire-tokens": Action(Stage.expire_tokens),
    "kill": Action(Stage.kill),
    "start": Action(Stage.start_soon),
}


async def perform(stage: Stage, name: str, given: Mapping[str, Any]) -> None:
    """Do it. Raises KeyError for no action, TypeError for wrong arguments, WrongAction for what can't be done."""
    action = ACTIONS[name]
    for argument, kinds in action.kinds.items():
        if type(given.get(argument)) not in kinds:  # not isinstance: True is no chat
            raise TypeError(f"{argument} is not {kinds[0].__name__}")
    if action.by_hand:
        stage.walk(given["order"], on=False)
    done = action.do(stage, **{argument: given.get(argument) for argument in action.kinds})
    if isinstance(done, Awaitable):
        await done
