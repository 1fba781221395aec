"""Load scenarios: TOML files that say what the store, people and faults do, and what the chats must show.

title = "One order"
staff = ["Sam"]            # the chats that belong to staff
cache_seconds = 1          # how long Pick and Pack's responses are cached; 30 as in the real one
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

from bot.demo.scenario.steps import SHORT_FORMS, STEPS, Step

FIRST_CHAT_ID = 1001


class ScenarioError(Exception):
    """The file is no valid scenario; the text says why and names the step."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that can be played. `chats` are its chat ids by name, in the order of their first appearance."""

    title: str
    settings: Mapping[str, str]
    steps: tuple[Step, ...]
    chats: Mapping[str, int]
    cache_seconds: float = 30.0
    enforce_limits: bool = False


class _ScenarioFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    step: list[dict[str, object]]
    settings: dict[str, str | int | float | bool] = {}
    staff: list[str] = []
    cache_seconds: float = 30.0
    enforce_limits: bool = False


def load_scenario(path: Path) -> Scenario:
    """Load a scenario from a file. Raises ScenarioError."""
    try:
        return parse_scenario(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as error:
        raise ScenarioError(f"{path.name} can't be read: {error}") from None
    except ScenarioError as error:
        raise ScenarioError(f"{path.name}: {error}") from None


def parse_scenario(text: str) -> Scenario:
    """Parse a scenario from TOML. Raises ScenarioError."""
    try:
        file = _ScenarioFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"it is no TOML: {error}") from None
    except ValidationError as error:
        raise ScenarioError(_explain(error, _ScenarioFile)) from None
    steps = tuple(_parse_step(number, table) for number, table in enumerate(file.step, start=1))
    chats = _chats(file.staff, steps)
    settings = {name.upper(): _as_text(value) for name, value in file.settings.items()}
    if file.staff:
        settings.setdefault("STAFF_IDS", ",".join(str(chats[name]) for name in file.staff))
    return Scenario(file.title, settings, steps, chats, file.cache_seconds, file.enforce_limits)


def _parse_step(number: int, table: Mapping[str, object]) -> Step:
    known = ", ".join(STEPS)
    if len(table) != 1:
        raise ScenarioError(f"step {number}: it must be exactly one of {known}; it has {', '.join(table) or 'none'}")
    ((name, fields),) = table.items()
    if name not in STEPS:
        raise ScenarioError(f"step {number}: {name!r} is not known; known are {known}")
    if name in SHORT_FORMS and not isinstance(fields, Mapping):
        fields = {SHORT_FORMS[name]: fields}
    try:
        return STEPS[name].model_validate({} if fields is True else fields)
    except ValidationError as error:
        raise ScenarioError(f"step {number} ({name}): {_explain(error, STEPS[name])}") from None


def _explain(error: ValidationError, model: type[BaseModel]) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = f"; known are {', '.join(model.model_fields)}" if len(first["loc"]) == 1 else ""
        return f"{where!r} is not known{known}"
    message = first["msg"][:1].lower() + first["msg"][1:]
    return f"{where}: {message}" if where else message


def _chats(staff: list[str], steps: tuple[Step, ...]) -> dict[str, int]:
    """Assign ids to shoppers as they appear, and to staff after them: the first shopper is always the first chat."""
    named = [name for step in steps if (name := getattr(step, "chat", None)) is not None]
    names = dict.fromkeys([name for name in named if name not in staff] + staff)
    return {name: FIRST_CHAT_ID + position for position, name in enumerate(names)}


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
