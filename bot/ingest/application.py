"""The HTTP application: what every request meets, and what each path answers. A 200 means that it is on disk."""

import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Literal

from aiohttp import web

from bot.ingest.body import read_body, reading_body, too_large
from bot.ingest.brought_secrets import authorized_secret, describe_secret
from bot.ingest.connections import ConnectionGuard
from bot.ingest.webhook import (
    NO_HEADERS,
    RETRY_AFTER,
    EventSink,
    MetricsSink,
    RequestRejectedError,
    WebhookReceiver,
    tell_nobody,
)
from bot.ingest.webhook_log import WebhookLog

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/webhooks/pickpack"
TRIAL_AGENT = "onroute-doctor"  # the User-Agent of the doctor's calls, which say nothing of Pick and Pack's
MAX_WEBHOOK_BYTES = 64 * 1024
MAX_BODY_BYTES = 1024 * 1024  # on other paths
BODY_SECONDS = 9.5  # from the last header to the last byte, so that the response is out within ten

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HeadCheck = Callable[[Mapping[str, str]], bool]
State = Literal["starting", "ok", "degraded", "down"]
NOTHING: Mapping[str, str] = MappingProxyType({})
METRICS: web.AppKey[MetricsSink] = web.AppKey("metrics")


@dataclass(frozen=True, slots=True)
class Readiness:
    """What /readyz says. `ready`: the database can store; no neighbour's trouble changes that.

    By its name: `as_of`: when each last answered; `since`: how long it is as it is; `reasons`: what is wrong with it.
    """

    ready: bool
    database: State
    telegram: State
    pickpack: State
    as_of: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    since: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    reasons: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def body(self) -> dict[str, object]:
        """Return it as JSON values."""
        states = {"ready": self.ready, "database": self.database, "telegram": self.telegram, "pickpack": self.pickpack}
        return {**states, "as of": dict(self.as_of), "since": dict(self.since), "reasons": dict(self.reasons)}


# ── every request ────────────────────────────────────────────────────────────


def json_response(content: object, status: int = 200, headers: Mapping[str, str] = NO_HEADERS) -> web.Response:
    """Make a response of JSON."""
    body = json.dumps(content).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


@web.middleware
async def _handle_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into JSON, and close the connection where a part of the request was not read."""
    connection = request.protocol
    if isinstance(connection, ConnectionGuard):
        connection.headers_received()
    try:
        response = await _response_or_error(request, handler)
    finally:
        if isinstance(connection, ConnectionGuard):
            connection.response_ready(discards_body=not request.content.is_eof())
    if not request.content.is_eof() or (isinstance(connection, ConnectionGuard) and connection.closes_after_response):
        response.force_close()
    return response


async def _response_or_error(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except RequestRejectedError as rejection:
        return json_response({"error": rejection.error}, rejection.status, rejection.headers)
    except web.HTTPException as error:
        kept = {name: value for name, value in error.headers.items() if name in ("Allow", "Location")}
        return json_response({"error": error.reason.lower()}, error.status, kept)
    except Exception:  # the outer edge: the sender may repeat a 503, and learns no details
        request.app[METRICS].error("listener")
        log.exception("A request to %s could not be answered", request.rel_url.raw_path[:200])
        return json_response({"error": "could not be answered"}, 503, RETRY_AFTER)


def _webhook_handler(webhook: WebhookReceiver) -> Handler:
    """Return the handler of Pick and Pack's events: it passes the request on in plain values."""

    async def handle(request: web.Request) -> web.Response:
        presented_secrets = [*request.headers.getall(webhook.header, []), *request.query.getall("secret", [])]
        presented_secrets += [authorized_secret(value) for value in request.headers.getall("Authorization", [])]
        read = partial(read_body, request, MAX_WEBHOOK_BYTES, webhook.body_seconds)
        result = await webhook.handle(
            presented_secrets,
            read,
            describe_secret=partial(describe_secret, request.headers, request.query, webhook.header),
            is_trial=request.headers.get("User-Agent") == TRIAL_AGENT,
        )
        return json_response({"result": result})

    return handle


# ── the other paths ──────────────────────────────────────────────────────────


def any_head(_headers: Mapping[str, str]) -> bool:
    """Take every request."""
    return True


class DeferredRoute:
    """A path whose handler is set later: what the handler needs may still be loading. Until then it answers 503."""

    def __init__(self, seconds: float) -> None:
        self.handler: Handler | None = None
        self.is_genuine: HeadCheck = any_head
        self._seconds = seconds

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Check the headers, read the body within the limits that hold for every body, and call the handler."""
        if self.handler is None:
            raise RequestRejectedError(503, "other", "not ready yet, send it again", RETRY_AFTER)
        if not self.is_genuine(request.headers):  # nothing of a stranger's body is kept
            raise RequestRejectedError(401, "wrong-secret", "the secret is wrong or missing")
        if (request.content_length or 0) > MAX_BODY_BYTES:
            raise too_large(MAX_BODY_BYTES)
        async with reading_body(request, self._seconds):
            await request.read()  # the request keeps it: the handler's own read finds it there
        return await self.handler(request)


async def _health(_request: web.Request) -> web.Response:
    return json_response({"status": "ok"})


async def _ready(_request: web.Request, *, readiness: Callable[[], Readiness]) -> web.Response:
    found = readiness()
    return json_response(found.body(), 200 if found.ready else 503)


async def _metrics(
    _request: web.Request, *, metrics: MetricsSink, refresh: Callable[[], Awaitable[None]]
) -> web.Response:
    await refresh()
    return web.Response(body=metrics.render(), headers={"Content-Type": metrics.content_type})


async def nothing_to_refresh() -> None:
    """Leave the metrics as they are."""


DEFERRED_ROUTES: web.AppKey[dict[str, DeferredRoute]] = web.AppKey("deferred routes")


def build_application(
    *,
    events: EventSink,
    metrics: MetricsSink,
    readiness: Callable[[], Readiness],
    secrets: Iterable[str],
    header: str,
    known_hostname: Callable[[], str | None],
    is_ours: Callable[[str], bool] = lambda _hostname: False,
    on_other_account: Callable[[str], None] = lambda _hostname: None,
    deferred_paths: Iterable[str] = (),
    body_seconds: float = BODY_SECONDS,
    on_mismapped: Callable[[str], Awaitable[None]] = tell_nobody,
    refresh_metrics: Callable[[], Awaitable[None]] = nothing_to_refresh,
    webhook_log: WebhookLog | None = None,
) -> web.Application:
    """Build the application. `deferred_paths` get their handlers later; without a secret every event is refused.

    `on_mismapped` is called with the fields' names of a body in which an event can be guessed, but not read.
    `webhook_log` remembers the last webhooks.
    """
    webhook = WebhookReceiver(
        events,
        metrics,
        secrets=secrets,
        header=header,
        known_hostname=known_hostname,
        is_ours=is_ours,
        on_other_account=on_other_account,
        body_seconds=body_seconds,
        on_mismapped=on_mismapped,
        webhook_log=webhook_log or WebhookLog(),
    )
    app = web.Application(middlewares=[_handle_errors], client_max_size=MAX_BODY_BYTES)
    app[METRICS] = metrics
    app[DEFERRED_ROUTES] = {path: DeferredRoute(body_seconds) for path in deferred_paths}
    for method in ("POST", "PUT"):
        app.router.add_route(method, WEBHOOK_PATH, _webhook_handler(webhook))
    app.router.add_get("/healthz", _health)
    app.router.add_get("/readyz", partial(_ready, readiness=readiness))
    app.router.add_get("/metrics", partial(_metrics, metrics=metrics, refresh=refresh_metrics))
    for path, route in app[DEFERRED_ROUTES].items():
        app.router.add_post(path, route.handle)
    return app


def set_handler(app: web.Application, path: str, handler: Handler, *, is_genuine: HeadCheck = any_head) -> None:
    """Set the handler of a deferred path, at any time, and whose bodies it gets. Raises KeyError for any other path."""
    route = app[DEFERRED_ROUTES][path]
    route.handler, route.is_genuine = handler, is_genuine
