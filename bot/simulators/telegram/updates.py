"""Queue updates, and deliver them by long polling or by a webhook, whose calls are repeated until they succeed."""

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import aiohttp

from bot.process.clock import Clock
from bot.simulators.telegram.errors import OTHER_POLLER, ApiError, Json, Notify, bad_request, conflict
from bot.simulators.telegram.parameters import Parameters

RETENTION_SECONDS = 24 * 3600.0
OPT_IN_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
WEBHOOK_PORTS = (None, 80, 88, 443, 8443)
WEBHOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
FIRST_UPDATE_ID = 100_000_001


@dataclass(slots=True)
class PendingUpdate:
    """An update that isn't confirmed. `again`: it is delivered although its id was confirmed before."""

    update: Json
    since: float
    again: bool = False


@dataclass(slots=True)
class WebhookRegistration:
    """The webhook that updates are sent to, and its last error."""

    url: str = ""
    secret: str = ""
    last_error: str = ""
    last_error_at: float = 0.0


@dataclass(slots=True)
class Poll:
    """A getUpdates that waits; `ended` is the error that ends it."""

    ended: ApiError | None = None


@dataclass(slots=True)
class UpdateQueue:
    """Holds the updates that the bot hasn't received yet.

    `deliver_to` replaces the scheme and host of the webhook's https URL, so that it can be one on this machine.
    """

    clock: Clock
    notify: Notify
    deliver_to: str | None = None
    retry_seconds: float = 0.2
    pending: list[PendingUpdate] = field(default_factory=list)
    webhook: WebhookRegistration = field(default_factory=WebhookRegistration)
    allowed: frozenset[str] | None = None
    _last: int = FIRST_UPDATE_ID - 1
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _poll: Poll | None = None
    _pusher: "asyncio.Task[None] | None" = None

    def push(self, update: Json) -> int:
        """Queue an update, with a new id if it has none, unless the bot doesn't want its kind; return its id."""
        number = int(update.get("update_id", self._last + 1))
        again = number <= self._last
        self._last = max(self._last, number)
        if self._wanted(update):
            self.pending.append(PendingUpdate({"update_id": number, **update}, self.clock.now(), again))
            self._changed.set()
        return number

    def _wanted(self, update: Json) -> bool:
        kinds = update.keys() - {"update_id"}
        if self.allowed is not None:
            return bool(kinds & self.allowed) or not kinds
        return not kinds or not kinds <= OPT_IN_KINDS

    async def get_updates(self, parameters: Parameters) -> list[Json]:
        """Handle getUpdates: confirm the updates below `offset`, then wait up to `timeout` seconds for others."""
        if self.webhook.url:
            raise conflict(WEBHOOK_IS_SET)
        self._end_poll(conflict(OTHER_POLLER))
        self._set_allowed(parameters)
        self._confirm(parameters.integer("offset"))
        poll = self._poll = Poll()
        try:
            await self._wait(poll, float(parameters.integer("timeout") or 0))
        finally:
            if self._poll is poll:
                self._poll = None
        return [entry.update for entry in self.pending[: max(1, min(parameters.integer("limit") or 100, 100))]]

    async def _wait(self, poll: Poll, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self.pending and (left := until - loop.time()) > 0:
            self._changed.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), left)
            if poll.ended is not None:
                raise poll.ended

    def _end_poll(self, reason: ApiError) -> None:
        if self._poll is not None:
            self._poll.ended = reason
            self._changed.set()

    def _confirm(self, offset: int | None) -> None:
        oldest = self.clock.now() - RETENTION_SECONDS
        self.pending = [entry for entry in self.pending if entry.since >= oldest]
        if offset is None:
            return
        if offset < 0:
            self.pending = self.pending[offset:]
            return
        kept = [entry for entry in self.pending if entry.again or entry.update["update_id"] >= offset]
        for entry in kept:
            entry.again = False
        self.pending = kept

    def _set_allowed(self, parameters: Parameters) -> None:
        kinds = parameters.json_value("allowed_updates")
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def set_webhook(self, parameters: Parameters) -> bool:
        """Handle setWebhook; an empty url removes the webhook."""
        url, secret = parameters.text("url"), parameters.text("secret_token")
        if not url:
            return self.delete_webhook(parameters)
        _check_webhook(url)
        if secret and not SECRET_TOKEN.fullmatch(secret):
            raise bad_request(
                "secret token contains unallowed characters" if len(secret) <= 256 else "secret token is too long"
            )
        self._set_allowed(parameters)
        self._drop_if_asked(parameters)
        self._end_poll(conflict("terminated by setWebhook request"))
        self.webhook = WebhookRegistration(url, secret)
        self._stop_pusher()
        self._pusher = asyncio.create_task(self._push_all())
        return True

    def delete_webhook(self, parameters: Parameters) -> bool:
        """Handle deleteWebhook."""
        self._drop_if_asked(parameters)
        self._stop_pusher()
        self.webhook = WebhookRegistration()
        return True

    def _drop_if_asked(self, parameters: Parameters) -> None:
        if parameters.flag("drop_pending_updates"):
            self.pending.clear()

    def get_webhook_info(self, _: Parameters) -> Json:
        """Handle getWebhookInfo."""
        hook = self.webhook
        info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(self.pending)}
        if hook.last_error:
            info |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
        return info | ({"allowed_updates": sorted(self.allowed)} if self.allowed is not None else {})

    async def close(self) -> None:
        """Stop sending to the webhook."""
        pusher = self._pusher
        self._stop_pusher()
        if pusher is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await pusher

    def resume(self) -> None:
        """Continue sending if a webhook was set before `close`."""
        if self.webhook.url and self._pusher is None:
            self._pusher = asyncio.create_task(self._push_all())

    def _stop_pusher(self) -> None:
        if self._pusher is not None:
            self._pusher.cancel()
            self._pusher = None

    async def _push_all(self) -> None:
        """Send one update after the other, each until it is accepted with a 2xx."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as client:
            while True:
                self._changed.clear()
                while self.pending:
                    await self._push_first(client)
                await self._changed.wait()

    async def _push_first(self, client: aiohttp.ClientSession) -> None:
        entry = self.pending[0]
        error = await self._post(client, entry.update)
        if error is None:
            self.pending = [other for other in self.pending if other is not entry]
        else:
            self.webhook.last_error, self.webhook.last_error_at = error, self.clock.wall()
        self.notify("webhook", {"update_id": entry.update["update_id"], "outcome": error or "ok"})
        if error is not None:
            await asyncio.sleep(self.retry_seconds)

    async def _post(self, client: aiohttp.ClientSession, update: Json) -> str | None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.secret} if self.webhook.secret else {}
        try:
            async with client.post(self._target(), json=update, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError) as error:
            return f"Connection reset: {type(error).__name__}"

    def _target(self) -> str:
        if self.deliver_to is None:
            return self.webhook.url
        here, asked = urlsplit(self.deliver_to), urlsplit(self.webhook.url)
        return urlunsplit((here.scheme, here.netloc, asked.path, asked.query, ""))


def _check_webhook(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
