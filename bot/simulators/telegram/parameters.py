"""Read a call's parameters as the Bot API does: from the query, a form, a multipart body or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.simulators.telegram.errors import bad_request

TRUE_VALUES = ("true", "yes", "1")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart body."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a call. `values` are texts or JSON values by name."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a parameter as text, "" if it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str) -> int | None:
        """Return a parameter as an integer, None if it is missing. Raises ApiError for anything else."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            return int(raw)
        except ValueError:
            raise bad_request(f'field "{name}" must be a valid Number') from None

    def flag(self, name: str) -> bool:
        """Return a parameter as a boolean, False if it is missing."""
        return self.text(name).lower() in TRUE_VALUES

    def json_value(self, name: str) -> Any:
        """Return a parameter as a JSON value, None if it is missing. Raises ApiError if it is not JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def chat_id(self) -> int | None:
        """Return the chat that the call is about; None if it names none, or a channel by name."""
        raw = self.text("chat_id")
        return int(raw) if raw.lstrip("-").isdecimal() else None

    def upload(self, name: str) -> Upload | None:
        """Return the file sent as `name`, directly or by `attach://`."""
        return self.files.get(self.text(name).removeprefix("attach://")) or self.files.get(name)


async def read_parameters(request: web.Request) -> Parameters:
    """Read all parameters of a request. Raises ApiError for a JSON body that is no object."""
    values: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= await _json_body(request)
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.file.read())
            else:
                values[name] = value
    return Parameters(values, files)


async def _json_body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON encoded request")
    return body
