"""A strict Pick and Pack over real HTTP, for tests and the demo: tokens, the tracking endpoint, webhooks, faults."""

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
from bot.simulators.pickpack.faults import Door, Faults
from bot.simulators.pickpack.orders import SimulatedItem, SimulatedOrder, SimulatedService, show_order
from bot.simulators.pickpack.tokens import TokenMint
from bot.simulators.pickpack.webhooks import KEPT, WebhookCaller, WebhookSent

TOKEN_PATH = "/prod/token"  # noqa: S105 - a path, not a secret
TRACKING_PATH = "/prod/picking-tracking"

Answer = dict[str, Any]


@dataclass(slots=True)
class Call:
    """One call that came in: `at` is wall time; `status` None: not answered yet, or torn down."""

    at: float
    path: str
    order_id: str | None
    status: int | None = None


class PickPackSimulator:
    """The neighbour. Everything about it may be read and changed while it runs.

    `orders` by id; `calls` and `webhooks` are logs; `faults` is the switchboard of answers, `webhook` that of webhooks.
    `cache_seconds` and the tokens' life are on the clock handed in. `refuse_key` and `refuse_tokens` switch credentials
    off; `forbid_tokens` answers a bad token with 403 EXPIRED_TOKEN, as the newer API does, instead of 401/1000;
    `alter` changes the `data` of every answer before it goes out; `tokens` are all that were issued, oldest first.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        hostname: str = "demo-store",
        api_key: str | None = None,
        auth_scheme: str = "",
        cache_seconds: float = 30.0,
        token_seconds: int = 900,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        webhook_header: str = "X-Webhook-Secret",
    ) -> None:
        self.hostname = hostname
        self.api_key = api_key or secrets.token_hex(32)
        self.auth_scheme = auth_scheme
        self.cache_seconds = cache_seconds
        self.refuse_key = False
        self.refuse_tokens = False
        self.forbid_tokens = False
        self.alter: Callable[[str, Answer], Answer] | None = None
        self.orders: dict[str, SimulatedOrder] = {}
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self.tokens: list[str] = []
        self.faults = Faults()
        self.webhook = WebhookCaller(clock=clock, url=webhook_url, secret=webhook_secret, header=webhook_header)
        self._clock = clock
        self._mint = TokenMint(hostname=hostname, seconds=token_seconds, clock=clock)
        self._cache: dict[str, tuple[float, Answer]] = {}
        self._frozen: dict[str, Answer] = {}
        self._runner: web.AppRunner | None = None
        self._root = ""

    # ── the server ───────────────────────────────────────────────────────────

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
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
        """Stop listening; answers that hang are given up."""
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def token_url(self) -> str:
        """Where the key is exchanged. Known once started."""
        return self._root + TOKEN_PATH

    @property
    def tracking_url(self) -> str:
        """Where orders are asked for, without the id. Known once started."""
        return self._root + TRACKING_PATH

    @property
    def webhooks(self) -> deque[WebhookSent]:
        """The webhooks sent so far, oldest first."""
        return self.webhook.log

    # ── the store's side ─────────────────────────────────────────────────────

    def put_order(
        self,
        order_id: str,
        status: str = "READY_FOR_HANDLING",
        *,
        services: Iterable[SimulatedService] = (),
        items: Iterable[SimulatedItem] = (),
        hostname: str | None = None,
    ) -> SimulatedOrder:
        """Make or replace an order, without a webhook. One of another `hostname` is another account's."""
        order = SimulatedOrder(order_id, hostname or self.hostname, status, list(items), list(services))
        self.orders[order_id] = order
        return order

    def set_status(self, order_id: str, status: str) -> asyncio.Task[None]:
        """Move an order and send its webhook; the task ends when that has been answered. Needs a running loop."""
        order = self.orders[order_id]
        old, order.status = order.status, status
        return self.webhook.announce(
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
    ) -> SimulatedService:
        """Change a shipping service, or add it. What is None stays. Services send no webhook."""
        services = self.orders[order_id].services
        service = next((known for known in services if known.service_id == service_id), None)
        if service is None:
            service = SimulatedService(service_id)
            services.append(service)
        service.status = status or service.status
        service.courier = courier or service.courier
        service.tracking_url = tracking_url or service.tracking_url
        return service

    def remove_service(self, order_id: str, service_id: str) -> None:
        """Take a shipping service away."""
        order = self.orders[order_id]
        order.services = [service for service in order.services if service.service_id != service_id]

    def remove_order(self, order_id: str) -> None:
        """Forget an order: it is not found from now on, whatever was cached."""
        self.orders.pop(order_id, None)
        self._cache.pop(order_id, None)

    def freeze(self, order_id: str) -> None:
        """Answer with the order as it is now, however stale that gets, until `thaw`."""
        self._frozen[order_id] = show_order(self.orders[order_id])

    def thaw(self, order_id: str) -> None:
        """Answer with the order as it is again."""
        self._frozen.pop(order_id, None)
        self._cache.pop(order_id, None)

    def expire_tokens(self) -> None:
        """Every token issued so far is refused from now on."""
        self._mint.expire_all()

    async def send_webhook(
        self, body: bytes | Mapping[str, object], *, headers: Mapping[str, str] | None = None
    ) -> int | None:
        """Send any body, past all switches; the status answered. `headers` replace the one with the secret."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.webhook.post(raw, headers=headers)

    async def settle(self) -> None:
        """Wait until every webhook has gone."""
        await self.webhook.settle()

    # ── the token endpoint ───────────────────────────────────────────────────

    async def _serve_token(self, request: web.Request) -> web.StreamResponse:
        call = self._note(request, None)
        body = await request.read()
        response = await self.faults.answer(request, Door.TOKEN, None, lambda: self._exchange(body))
        call.status = response.status
        return response

    def _exchange(self, body: bytes) -> web.Response:
        try:
            key = json.loads(body)["apiKey"]
        except (ValueError, TypeError, LookupError):
            return _refusal(400, 1002, "Bad request")
        if self.refuse_key or key != self.api_key:
            return _refusal(401, 1000, "Internal server")
        self.tokens.append(self._mint.issue())
        return web.json_response({"message": "success", "data": self.tokens[-1]})

    # ── the tracking endpoint ────────────────────────────────────────────────

    async def _serve_tracking(self, request: web.Request) -> web.StreamResponse:
        segment = request.raw_path.partition("?")[0].removeprefix(TRACKING_PATH + "/")
        order_id = unquote(segment)
        call = self._note(request, order_id)
        response = await self.faults.answer(
            request, Door.TRACKING, order_id, lambda: self._track(request, segment, order_id)
        )
        call.status = response.status
        return response

    def _track(self, request: web.Request, segment: str, order_id: str) -> web.Response:
        if not segment or "/" in segment:
            return web.Response(status=404, text="<html><body>No such route</body></html>", content_type="text/html")
        if not self._is_authorized(request):
            if self.forbid_tokens:
                return web.json_response({"message": "The token has expired", "code": "EXPIRED_TOKEN"}, status=403)
            return _refusal(401, 1000, "Internal server")
        order = self.orders.get(order_id)
        if order is None:
            return _refusal(400, 1002, f"Order not found by {order_id}")
        if order.hostname != self.hostname:
            return _refusal(404, 1001, "Resource not found")
        return web.json_response({"message": "OK", "data": self._shown(order)})

    def _is_authorized(self, request: web.Request) -> bool:
        credentials = request.headers.get("Authorization", "")
        prefix = f"{self.auth_scheme} " if self.auth_scheme else ""
        if self.refuse_tokens or not credentials.startswith(prefix):
            return False
        return self._mint.accepts(credentials.removeprefix(prefix))

    def _shown(self, order: SimulatedOrder) -> Answer:
        """What the endpoint shows: the frozen state, the cached one while it lasts, or the true one."""
        shown = self._frozen.get(order.order_id) or self._cached(order)
        return shown if self.alter is None else self.alter(order.order_id, shown)

    def _cached(self, order: SimulatedOrder) -> Answer:
        until, shown = self._cache.get(order.order_id, (0.0, {}))
        if self._clock.now() >= until:
            shown = show_order(order)
            self._cache[order.order_id] = (self._clock.now() + self.cache_seconds, shown)
        return shown

    def _note(self, request: web.Request, order_id: str | None) -> Call:
        call = Call(self._clock.wall(), request.raw_path, order_id)
        self.calls.append(call)
        return call


def _refusal(status: int, code: int, message: str) -> web.Response:
    return web.json_response({"message": message, "code": code}, status=status)
