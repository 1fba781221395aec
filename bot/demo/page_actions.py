"""What the page may ask for: the arguments are checked here, and the stage does it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.demo.stage import Stage

Given = dict[str, Any]
Action = Callable[[Stage, Given], Awaitable[None]]


def _of(given: Given, **kinds: type) -> Mapping[str, Any]:
    """The arguments of an action, each of its kind. Raises TypeError."""
    for name, kind in kinds.items():
        if type(given.get(name)) is not kind:
            raise TypeError(f"{name} is not {kind.__name__}")
    return {name: given[name] for name in kinds}


async def _say(stage: Stage, given: Given) -> None:
    stage.say(**_of(given, chat=int, text=str))


async def _press(stage: Stage, given: Given) -> None:
    stage.press(**_of(given, chat=int, message=int, data=str))


async def _language(stage: Stage, given: Given) -> None:
    stage.language(**_of(given, chat=int, code=str))


async def _block(stage: Stage, given: Given) -> None:
    stage.block(**_of(given, chat=int, on=bool))


async def _make_order(stage: Stage, given: Given) -> None:
    stage.make_order()


async def _move(stage: Stage, given: Given) -> None:
    stage.walk(_of(given, order=str)["order"], on=False)
    stage.move(given["order"], None if given.get("status") is None else _of(given, status=str)["status"])


async def _walk(stage: Stage, given: Given) -> None:
    stage.walk(**_of(given, order=str, on=bool))


async def _couriers(stage: Stage, given: Given) -> None:
    stage.walk(_of(given, order=str)["order"], on=False)
    stage.couriers(given["order"])


async def _service(stage: Stage, given: Given) -> None:
    stage.walk(_of(given, order=str)["order"], on=False)
    stage.service(**_of(given, order=str, status=str))


async def _switch(stage: Stage, given: Given) -> None:
    stage.switch(**_of(given, name=str, on=bool))


async def _expire_tokens(stage: Stage, given: Given) -> None:
    stage.expire_tokens()


async def _kill(stage: Stage, given: Given) -> None:
    await stage.kill()


async def _start(stage: Stage, given: Given) -> None:
    stage.start_soon()


ACTIONS: dict[str, Action] = {
    "say": _say,
    "press": _press,
    "language": _language,
    "block": _block,
    "make-order": _make_order,
    "move": _move,
    "walk": _walk,
    "couriers": _couriers,
    "service": _service,
    "switch": _switch,
    "expire-tokens": _expire_tokens,
    "kill": _kill,
    "start": _start,
}
