"""Map the page's actions to the controller's methods, and check the types of their arguments."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

from bot.demo.page.controller import DemoController


@dataclass(frozen=True, slots=True)
class Action:
    """A method of the controller. `manual`: the action first stops an order that moves by itself."""

    method: Callable[..., Awaitable[None] | object]
    types: Mapping[str, tuple[type, ...]] = field(default_factory=dict)
    manual: bool = False


ACTIONS = {
    "say": Action(DemoController.say, {"chat": (int,), "text": (str,), "reply": (int, NoneType)}),
    "press": Action(DemoController.press, {"chat": (int,), "message": (int,), "data": (str,)}),
    "language": Action(DemoController.language, {"chat": (int,), "code": (str,)}),
    "block": Action(DemoController.block, {"chat": (int,), "on": (bool,)}),
    "make-order": Action(DemoController.make_order),
    "move": Action(DemoController.move, {"order": (str,), "status": (str, NoneType)}, manual=True),
    "walk": Action(DemoController.walk, {"order": (str,), "on": (bool,)}),
    "couriers": Action(DemoController.couriers, {"order": (str,)}, manual=True),
    "service": Action(DemoController.service, {"order": (str,), "status": (str,)}, manual=True),
    "switch": Action(DemoController.switch, {"name": (str,), "on": (bool,)}),
    "expire-tokens": Action(DemoController.expire_tokens),
    "kill": Action(DemoController.kill),
    "start": Action(DemoController.start_again),
}


async def perform(controller: DemoController, name: str, arguments: Mapping[str, Any]) -> None:
    """Perform an action. Raises KeyError if unknown, TypeError for wrong arguments, ActionError if impossible now."""
    action = ACTIONS[name]
    for argument, types in action.types.items():
        if type(arguments.get(argument)) not in types:  # not isinstance: True is an int, but no chat
            raise TypeError(f"{argument} is not {types[0].__name__}")
    if action.manual:
        controller.walk(arguments["order"], on=False)
    result = action.method(controller, **{argument: arguments.get(argument) for argument in action.types})
    if isinstance(result, Awaitable):
        await result
