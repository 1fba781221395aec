"""Reads a call's parameters as the Bot API does: query, form, multipart or JSON, every value as text or as itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.simulators.telegram.errors import bad_request

TRUE = ("true", "yes", "1")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart body."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a call was given. `values` are texts or JSON values by name."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """As text, "" where missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str) -> int | None:
        """As a number, None where missing. Raises ApiError where it is none."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            return int(raw)
        except ValueError:
            raise bad_request(f'field "{name}" must be a valid Number') from None

    def flag(self, name: str) -> bool:
        """As a yes or no, no where missing."""
        return self.text(name).lower() in TRUE

    def structure(self, name: str) -> Any:
        """As a JSON value, None where missing. Raises ApiError where it is no JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def chat_id(self) -> int | None:
        """The chat that the call is about, None where it names none (or a channel by name)."""
        raw = self.text("chat_id")
        return int(raw) if raw.lstrip("-").isdecimal() else None

    def upload(self, name: str) -> Upload | None:
        """The file that came under `name`, itself or by `attach://`."""
        return self.files.get(self.text(name).removeprefix("attach://")) or self.files.get(name)


async def read_parameters(request: web.Request) -> Parameters:
    """Everything that the request brings. Raises ApiError for a body that is no JSON object."""
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
