"""A scenario: a TOML file that says what the store, people and the neighbours do, and what the chats must show.

title = "One order"
staff = ["Sam"]            # whose chats are staff's
cache_seconds = 1          # how long Pick and Pack's answers are cached; 30 as in the real one
[settings]
SETTLE_SECONDS = 0         # any setting of the service
[[step]]
put = {order = "A-1"}      # one step each, see `steps`
[[step]]
say = {chat = "Ana", text = "A-1"}
[[step]]
expect = {chat = "Ana", contains = "A-1"}
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot import demo
from bot.demo.scenario.steps import ONE_VALUE, STEPS, Step

PACKAGED = Path(demo.__file__).parent / "scenarios"
FIRST_CHAT = 1001


class WrongScenario(Exception):
    """The file can't be played; the text says why and names the step."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario ready to be played. `chats` are its chat ids by name, in the order in which they appear."""

    title: str
    settings: Mapping[str, str]
    steps: tuple[Step, ...]
    chats: Mapping[str, int]
    cache_seconds: float = 30.0
    enforce_limits: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    step: list[dict[str, object]]
    settings: dict[str, str | int | float | bool] = {}
    staff: list[str] = []
    cache_seconds: float = 30.0
    enforce_limits: bool = False


def read(path: Path) -> Scenario:
    """Read a scenario's file. Raises WrongScenario."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as error:
        raise WrongScenario(f"{path.name} can't be read: {error}") from None
    except WrongScenario as wrong:
        raise WrongScenario(f"{path.name}: {wrong}") from None


def parse(text: str) -> Scenario:
    """Make a scenario of TOML. Raises WrongScenario."""
    try:
        file = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise WrongScenario(f"it is no TOML: {error}") from None
    except ValidationError as error:
        raise WrongScenario(_explain(error, _File)) from None
    steps = tuple(_step(number, given) for number, given in enumerate(file.step, start=1))
    chats = _chats(file.staff, steps)
    settings = {name.upper(): _as_text(value) for name, value in file.settings.items()}
    if file.staff:
        settings.setdefault("STAFF_IDS", ",".join(str(chats[name]) for name in file.staff))
    return Scenario(file.title, settings, steps, chats, file.cache_seconds, file.enforce_limits)


def _step(number: int, given: Mapping[str, object]) -> Step:
    known = ", ".join(STEPS)
    if len(given) != 1:
        raise WrongScenario(f"step {number}: it must be exactly one of {known}; it has {', '.join(given) or 'none'}")
    ((name, said),) = given.items()
    if name not in STEPS:
        raise WrongScenario(f"step {number}: {name!r} is not known; known are {known}")
    if name in ONE_VALUE and not isinstance(said, Mapping):
        said = {ONE_VALUE[name]: said}
    try:
        return STEPS[name].model_validate({} if said is True else said)
    except ValidationError as error:
        raise WrongScenario(f"step {number} ({name}): {_explain(error, STEPS[name])}") from None


def _explain(error: ValidationError, model: type[BaseModel]) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = f"; known are {', '.join(model.model_fields)}" if len(first["loc"]) == 1 else ""
        return f"{where!r} is not known{known}"
    message = first["msg"][:1].lower() + first["msg"][1:]
    return f"{where}: {message}" if where else message


def _chats(staff: list[str], steps: tuple[Step, ...]) -> dict[str, int]:
    """Shoppers are numbered as they appear, staff after them: the first shopper is always the first chat."""
    named = [name for step in steps if (name := getattr(step, "chat", None)) is not None]
    names = dict.fromkeys([name for name in named if name not in staff] + staff)
    return {name: FIRST_CHAT + position for position, name in enumerate(names)}


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
