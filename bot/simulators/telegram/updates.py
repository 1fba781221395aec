"""The simulated queue of updates: long polling with its 409s, or pushes to a webhook that are repeated until taken."""

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import aiohttp

from bot.process.clock import Clock
from bot.simulators.telegram.errors import OTHER_POLLER, ApiError, Json, Notify, bad_request, conflict
from bot.simulators.telegram.parameters import Parameters

KEPT = 24 * 3600.0
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
WEBHOOK_PORTS = (None, 80, 88, 443, 8443)
WEBHOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
FIRST_UPDATE = 100_000_001


@dataclass(slots=True)
class Waiting:
    """An update that isn't confirmed. `again`: delivered on purpose although its number is confirmed already."""

    update: Json
    since: float
    again: bool = False


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to, and how that goes."""

    url: str = ""
    secret: str = ""
    last_error: str = ""
    last_error_at: float = 0.0
    refused: int = 0


@dataclass(slots=True)
class Poll:
    """A getUpdates that waits; `ended` is why it must stop."""

    ended: ApiError | None = None


@dataclass(slots=True)
class Updates:
    """What happened and the bot hasn't taken yet.

    `deliver_to` replaces scheme and host of the webhook's https address, so that it can be one of this machine.
    """

    clock: Clock
    notify: Notify
    deliver_to: str | None = None
    retry_seconds: float = 0.2
    waiting: list[Waiting] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    allowed: frozenset[str] | None = None
    _last: int = FIRST_UPDATE - 1
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _poll: Poll | None = None
    _pusher: "asyncio.Task[None] | None" = None

    def push(self, update: Json) -> int:
        """Queues an update, numbered where it isn't, and returns its number; drops what the bot doesn't want."""
        number = int(update.get("update_id", self._last + 1))
        again = number <= self._last
        self._last = max(self._last, number)
        if self._wanted(update):
            self.waiting.append(Waiting({"update_id": number, **update}, self.clock.now(), again))
            self._news.set()
        return number

    def _wanted(self, update: Json) -> bool:
        kinds = update.keys() - {"update_id"}
        if self.allowed is not None:
            return bool(kinds & self.allowed) or not kinds
        return not kinds or not kinds <= NOT_BY_DEFAULT

    async def get_updates(self, given: Parameters) -> list[Json]:
        """getUpdates: confirms what is below `offset`, then waits up to `timeout` seconds for the rest."""
        if self.webhook.url:
            raise conflict(WEBHOOK_IS_SET)
        self._end_poll(conflict(OTHER_POLLER))
        self._set_allowed(given)
        self._confirm(given.integer("offset"))
        poll = self._poll = Poll()
        try:
            await self._wait(poll, float(given.integer("timeout") or 0))
        finally:
            if self._poll is poll:
                self._poll = None
        return [entry.update for entry in self.waiting[: max(1, min(given.integer("limit") or 100, 100))]]

    async def _wait(self, poll: Poll, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self.waiting and (left := until - loop.time()) > 0:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), left)
            if poll.ended is not None:
                raise poll.ended

    def _end_poll(self, reason: ApiError) -> None:
        if self._poll is not None:
            self._poll.ended = reason
            self._news.set()

    def _confirm(self, offset: int | None) -> None:
        oldest = self.clock.now() - KEPT
        self.waiting = [entry for entry in self.waiting if entry.since >= oldest]
        if offset is None:
            return
        if offset < 0:
            self.waiting = self.waiting[offset:]
            return
        kept = [entry for entry in self.waiting if entry.again or entry.update["update_id"] >= offset]
        for entry in kept:
            entry.again = False
        self.waiting = kept

    def _set_allowed(self, given: Parameters) -> None:
        kinds = given.structure("allowed_updates")
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def set_webhook(self, given: Parameters) -> bool:
        """setWebhook; an empty url removes it."""
        url, secret = given.text("url"), given.text("secret_token")
        if not url:
            return self.delete_webhook(given)
        _check_webhook(url)
        if secret and not SECRET_TOKEN.fullmatch(secret):
            raise bad_request(
                "secret token contains unallowed characters" if len(secret) <= 256 else "secret token is too long"
            )
        self._set_allowed(given)
        self._drop_if_asked(given)
        self._end_poll(conflict("terminated by setWebhook request"))
        self.webhook = Webhook(url, secret)
        self._stop_pusher()
        self._pusher = asyncio.create_task(self._push_all())
        return True

    def delete_webhook(self, given: Parameters) -> bool:
        """deleteWebhook."""
        self._drop_if_asked(given)
        self._stop_pusher()
        self.webhook = Webhook()
        return True

    def _drop_if_asked(self, given: Parameters) -> None:
        if given.flag("drop_pending_updates"):
            self.waiting.clear()

    def get_webhook_info(self, _: Parameters) -> Json:
        """getWebhookInfo."""
        hook = self.webhook
        info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(self.waiting)}
        if hook.last_error:
            info |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
        return info | ({"allowed_updates": sorted(self.allowed)} if self.allowed is not None else {})

    async def close(self) -> None:
        """Ends pushing and a poll under way."""
        pusher = self._pusher
        self._stop_pusher()
        if pusher is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await pusher

    def resume(self) -> None:
        """Goes on pushing where a webhook was set before `close`."""
        if self.webhook.url and self._pusher is None:
            self._pusher = asyncio.create_task(self._push_all())

    def _stop_pusher(self) -> None:
        if self._pusher is not None:
            self._pusher.cancel()
            self._pusher = None

    async def _push_all(self) -> None:
        """One update after the other, each until it is taken with a 2xx."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as client:
            while True:
                self._news.clear()
                while self.waiting:
                    await self._push_first(client)
                await self._news.wait()

    async def _push_first(self, client: aiohttp.ClientSession) -> None:
        entry = self.waiting[0]
        error = await self._post(client, entry.update)
        if error is None:
            self.waiting = [other for other in self.waiting if other is not entry]
        else:
            self.webhook.last_error, self.webhook.last_error_at = error, self.clock.wall()
            self.webhook.refused += 1
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
