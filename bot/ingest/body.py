"""Read a request's body within its limits, packed or not: in size, in time, and in the memory that it unpacks to."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType

from aiohttp import web

from bot.ingest.connections import ConnectionGuard
from bot.ingest.webhook import RequestRejectedError

_ACCEPTED: Mapping[str, str] = MappingProxyType({"Accept-Encoding": "gzip, deflate"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_ANY_HEADER, _NO_HEADER = 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS  # "deflate" comes with a header of zlib's, or without
_MOST_PARTS = 100  # gzip files behind one another


async def read_body(request: web.Request, largest: int, seconds: float) -> bytes:
    """Return the whole body, unpacked. Raises RequestRejectedError: too large packed or unpacked, too slow, cut."""
    encoding = content_encoding(request)
    if (request.content_length or 0) > largest:
        raise too_large(largest)
    body = _whole_body(request) or await _arriving_body(request, largest, seconds)
    if len(body) > largest:
        raise too_large(largest)
    return unpacked(body, largest) if encoding in _PACKED else body


def _whole_body(request: web.Request) -> bytes | None:
    """Return the body where all of it has come together with the head, as most do: there is nothing to wait for."""
    if not request.content.is_eof() or request.content.exception() is not None:
        return None
    _note_received(request)
    return request.content.read_nowait()


async def _arriving_body(request: web.Request, largest: int, seconds: float) -> bytes:
    body = bytearray()
    async with reading_body(request, seconds):
        async for part in request.content.iter_any():
            body += part
            if len(body) > largest:
                raise too_large(largest)
    return bytes(body)


def content_encoding(request: web.Request) -> str:
    """Return how the body is packed: `gzip`, `deflate` or `identity`. Raises RequestRejectedError for all else."""
    named = ",".join(request.headers.getall("Content-Encoding", [])).lower()
    encodings = [one.strip() for one in named.split(",") if one.strip() not in ("", "identity")]
    if not encodings:
        return "identity"
    if len(encodings) > 1 or encodings[0] not in _PACKED:
        raise RequestRejectedError(
            400, "malformed", "this Content-Encoding is not taken: send the body as it is, or as gzip", _ACCEPTED
        )
    return encodings[0]


def unpacked(body: bytes, largest: int) -> bytes:
    """Return what a gzip or deflate body holds. Raises RequestRejectedError: damaged, cut, larger than `largest`."""
    try:
        return _unpacked(body, largest, _ANY_HEADER)
    except zlib.error:
        pass
    try:
        return _unpacked(body, largest, _NO_HEADER)
    except zlib.error:
        raise RequestRejectedError(400, "malformed", "the body is not packed as Content-Encoding says") from None


def _unpacked(body: bytes, largest: int, header: int) -> bytes:
    """Unpack no more than one byte over the limit, whatever the body would grow to. Raises zlib.error."""
    whole = b""
    for _ in range(_MOST_PARTS):
        unpacking = zlib.decompressobj(header)
        whole += unpacking.decompress(body, largest + 1 - len(whole))
        if len(whole) > largest:
            raise too_large(largest)
        if not unpacking.eof:
            raise zlib.error("the body is cut")
        body = unpacking.unused_data.lstrip(b"\0")
        if not body:
            return whole
    raise zlib.error("too many parts")


@asynccontextmanager
async def reading_body(request: web.Request, seconds: float) -> AsyncIterator[None]:
    """Limit the time in which the body is read. Raises RequestRejectedError: too slow, cut or badly framed."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise RequestRejectedError(408, "too-slow", "the body took too long") from None
    except (web.RequestPayloadError, OSError):
        raise RequestRejectedError(400, "malformed", "the body is cut or badly framed") from None
    _note_received(request)


def _note_received(request: web.Request) -> None:
    if isinstance(request.protocol, ConnectionGuard):
        request.protocol.body_received()


def too_large(largest: int) -> RequestRejectedError:
    """Make the error for a body that is larger than it may be."""
    return RequestRejectedError(413, "too-large", f"the body is larger than {largest} bytes")
