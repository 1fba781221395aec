"""Simulate Pick and Pack strictly, over real HTTP: the token and tracking endpoints, webhooks, and faults in them."""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from bot.process.clock import Clock
from bot.simulators.loopback import HOST
from bot.simulators.pickpack.faults import Endpoint, PickPackFaultInjector
from bot.simulators.pickpack.orders import CourierService, SimulatedItem, SimulatedOrder, order_json
from bot.simulators.pickpack.tokens import TokenIssuer
from bot.simulators.pickpack.webhooks import LOG_SIZE, SentWebhook, WebhookSender

TOKEN_PATH = "/prod/token"  # noqa: S105 - a path, not a secret
TRACKING_PATH = "/prod/picking-tracking"

Json = dict[str, Any]


@dataclass(slots=True)
class PickPackCall:
    """A call that came in at wall time `at`; `status` is None until it is answered, and if the connection was reset."""

    at: float
    path: str
    order_id: str | None
    status: int | None = None


class PickPackSimulator:
    """A simulated Pick and Pack. All of it may be read and changed while it runs.

    `orders` are by id; `calls` and `webhooks` are logs; `faults` injects faults into responses, `webhook` sends
    webhooks and can lose them. `cache_seconds` and the tokens' lifetime are measured by `clock`. `refuse_key` and
    `refuse_tokens` reject all credentials; `forbid_tokens` answers an invalid token with 403 EXPIRED_TOKEN, as the
    newer API does, instead of 401/1000; `alter` changes the `data` of every response; `tokens` are all that were
    issued, oldest first.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        cache_seconds: float = 30.0,
        webhook_secret: str | None = None,
        webhook_header: str = "X-Webhook-Secret",
    ) -> None:
        self.hostname = "demo-store"
        self.api_key = secrets.token_hex(32)
        self.auth_scheme = ""
        self.cache_seconds = cache_seconds
        self.refuse_key = False
        self.refuse_tokens = False
        self.forbid_tokens = False
        self.alter: Callable[[str, Json], Json] | None = None
        self.orders: dict[str, SimulatedOrder] = {}
        self.calls: deque[PickPackCall] = deque(maxlen=LOG_SIZE)
        self.tokens: list[str] = []
        self.faults = PickPackFaultInjector()
        self.webhook = WebhookSender(clock=clock, secret=webhook_secret, header=webhook_header)
        self._clock = clock
        self._issuer = TokenIssuer(hostname=self.hostname, clock=clock)
        self._cache: dict[str, tuple[float, Json]] = {}
        self._frozen: dict[str, Json] = {}
        self._runner: web.AppRunner | None = None
        self._root = ""

    # ── the server ───────────────────────────────────────────────────────────

    async def start(self, host: str = HOST, port: int = 0) -> None:
        """Listen; port 0 takes a free one."""
        app = web.Application()
        app.router.add_post(TOKEN_PATH, self._serve_token)
        app.router.add_get(TRACKING_PATH + "/{rest:.*}", self._serve_tracking)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self._root = f"http://{host}:{self._runner.addresses[0][1]}"
        await self.webhook.start()

    async def stop(self) -> None:
        """Stop listening; hanging responses are cut off."""
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def token_url(self) -> str:
        """The URL at which the key is exchanged; known once started."""
        return self._root + TOKEN_PATH

    @property
    def tracking_url(self) -> str:
        """The URL at which orders are fetched, without the id; known once started."""
        return self._root + TRACKING_PATH

    @property
    def webhooks(self) -> deque[SentWebhook]:
        """The webhooks sent so far, oldest first."""
        return self.webhook.log

    # ── the store's side ─────────────────────────────────────────────────────

    def put_order(
        self,
        order_id: str,
        status: str = "READY_FOR_HANDLING",
        *,
        services: Iterable[CourierService] = (),
        items: Iterable[SimulatedItem] = (),
        hostname: str | None = None,
    ) -> SimulatedOrder:
        """Create or replace an order, without a webhook. With another `hostname` it belongs to another account."""
        order = SimulatedOrder(order_id, hostname or self.hostname, status, list(items), list(services))
        self.orders[order_id] = order
        return order

    def set_status(self, order_id: str, status: str) -> asyncio.Task[None]:
        """Change an order's status and send its webhook; the task ends when that is answered. Needs a running loop."""
        order = self.orders[order_id]
        old, order.status = order.status, status
        return self.webhook.send(
            {"orderId": order_id, "oldStatus": old, "newStatus": status, "hostname": order.hostname}
        )

    def set_service(
        self,
        order_id: str,
        service_id: str,
        *,
        status: str | None = None,
        tracking_url: str | None = None,
        courier: str | None = None,
    ) -> CourierService:
        """Change or add a shipping service; None leaves a field as it is. Services send no webhooks."""
        services = self.orders[order_id].services
        service = next((known for known in services if known.service_id == service_id), None)
        if service is None:
            service = CourierService(service_id)
            services.append(service)
        service.status = status or service.status
        service.courier = courier or service.courier
        service.tracking_url = tracking_url or service.tracking_url
        return service

    def remove_order(self, order_id: str) -> None:
        """Remove an order: it is not found from now on, whatever was cached."""
        self.orders.pop(order_id, None)
        self._cache.pop(order_id, None)

    def freeze(self, order_id: str) -> None:
        """Respond with the order as it is now, however stale that gets, until `thaw`."""
        self._frozen[order_id] = order_json(self.orders[order_id])

    def thaw(self, order_id: str) -> None:
        """Respond with the current order again."""
        self._frozen.pop(order_id, None)
        self._cache.pop(order_id, None)

    def expire_tokens(self) -> None:
        """Invalidate every token issued so far."""
        self._issuer.expire_all()

    async def send_webhook(
        self, body: bytes | Mapping[str, object], *, headers: Mapping[str, str] | None = None
    ) -> int | None:
        """Send any body at once, never lost or delayed; return the status. `headers` replace the secret's."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.webhook.post(raw, headers=headers)

    async def flush_webhooks(self) -> None:
        """Wait until every webhook has been sent."""
        await self.webhook.flush()

    # ── the token endpoint ───────────────────────────────────────────────────

    async def _serve_token(self, request: web.Request) -> web.StreamResponse:
        call = self._log_call(request, None)
        body = await request.read()
        response = await self.faults.answer(request, Endpoint.TOKEN, None, lambda: self._exchange(body))
        call.status = response.status
        return response

    def _exchange(self, body: bytes) -> web.Response:
        try:
            key = json.loads(body)["apiKey"]
        except (ValueError, TypeError, LookupError):
            return _error(400, 1002, "Bad request")
        if self.refuse_key or key != self.api_key:
            return _error(401, 1000, "Internal server")
        self.tokens.append(self._issuer.issue())
        return web.json_response({"message": "success", "data": self.tokens[-1]})

    # ── the tracking endpoint ────────────────────────────────────────────────

    async def _serve_tracking(self, request: web.Request) -> web.StreamResponse:
        segment = request.raw_path.partition("?")[0].removeprefix(TRACKING_PATH + "/")
        order_id = unquote(segment)
        call = self._log_call(request, order_id)
        response = await self.faults.answer(
            request, Endpoint.TRACKING, order_id, lambda: self._track(request, segment, order_id)
        )
        call.status = response.status
        return response

    def _track(self, request: web.Request, segment: str, order_id: str) -> web.Response:
        if not segment or "/" in segment:
            return web.Response(status=404, text="<html><body>No such route</body></html>", content_type="text/html")
        if not self._is_authorized(request):
            if self.forbid_tokens:
                return web.json_response({"message": "The token has expired", "code": "EXPIRED_TOKEN"}, status=403)
            return _error(401, 1000, "Internal server")
        order = self.orders.get(order_id)
        if order is None:
            return _error(400, 1002, f"Order not found by {order_id}")
        if order.hostname != self.hostname:
            return _error(404, 1001, "Resource not found")
        return web.json_response({"message": "OK", "data": self._served_json(order)})

    def _is_authorized(self, request: web.Request) -> bool:
        credentials = request.headers.get("Authorization", "")
        prefix = f"{self.auth_scheme} " if self.auth_scheme else ""
        if self.refuse_tokens or not credentials.startswith(prefix):
            return False
        return self._issuer.is_valid(credentials.removeprefix(prefix))

    def _served_json(self, order: SimulatedOrder) -> Json:
        """Return what the endpoint serves: the frozen order, the cached one while it is valid, or the current one."""
        data = self._frozen.get(order.order_id) or self._cached(order)
        return data if self.alter is None else self.alter(order.order_id, data)

    def _cached(self, order: SimulatedOrder) -> Json:
        valid_until, data = self._cache.get(order.order_id, (0.0, {}))
        if self._clock.now() >= valid_until:
            data = order_json(order)
            self._cache[order.order_id] = (self._clock.now() + self.cache_seconds, data)
        return data

    def _log_call(self, request: web.Request, order_id: str | None) -> PickPackCall:
        call = PickPackCall(self._clock.wall(), request.raw_path, order_id)
        self.calls.append(call)
        return call


def _error(status: int, code: int, message: str) -> web.Response:
    return web.json_response({"message": message, "code": code}, status=status)
