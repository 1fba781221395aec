"""Serve the simulated Bot API over HTTP: check the token, then apply faults and flood control to each call."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from aiohttp import web

from bot.process.clock import Clock
from bot.simulators.loopback import HOST
from bot.simulators.telegram.errors import ApiError, Json, Notify, bad_request
from bot.simulators.telegram.faults import FAILS_AFTER_METHOD, ActiveTelegramFault, TelegramFault, TelegramFaultInjector
from bot.simulators.telegram.flood_control import FloodControl
from bot.simulators.telegram.messages import MessageMethods
from bot.simulators.telegram.older_server import refuse_what_is_newer
from bot.simulators.telegram.parameters import Parameters, read_parameters
from bot.simulators.telegram.profile import ProfileMethods
from bot.simulators.telegram.updates import UpdateQueue

BODY_LIMIT = 50 * 1024 * 1024
SHUTDOWN_TIMEOUT = 0.05
BAD_GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>"
)
FAILS_BEFORE_METHOD = frozenset(TelegramFault) - FAILS_AFTER_METHOD - {TelegramFault.SLOW}
WHOLE_BOT_METHODS = frozenset({"getupdates", "getme"})

Method = Callable[[Parameters], Any | Awaitable[Any]]


@dataclass(slots=True)
class TelegramCall:
    """A call that came in at wall time `at`; `outcome` is "ok", the error, or the fault that affected it."""

    at: float
    method: str
    chat_id: int | None = None
    outcome: str = "cut off"
    milliseconds: float = 0.0
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> Json:
        """Return it as JSON values."""
        return asdict(self)


def method_table(messages: MessageMethods, profile: ProfileMethods, updates: UpdateQueue) -> dict[str, Method]:
    """List every simulated method by its name in lower case."""
    table: dict[str, Method] = {
        "getme": profile.get_me,
        "getupdates": updates.get_updates,
        "setwebhook": updates.set_webhook,
        "deletewebhook": updates.delete_webhook,
        "getwebhookinfo": updates.get_webhook_info,
        "sendmessage": messages.send_message,
        "senddocument": messages.send_document,
        "sendphoto": messages.send_photo,
        "sendchataction": messages.send_chat_action,
        "editmessagetext": messages.edit_message_text,
        "editmessagereplymarkup": messages.edit_message_reply_markup,
        "deletemessage": messages.delete_message,
        "answercallbackquery": messages.answer_callback_query,
        "setmycommands": profile.set_my_commands,
        "getmycommands": profile.get_my_commands,
        "deletemycommands": profile.delete_my_commands,
        "getchat": profile.get_chat,
        "getchatmember": profile.get_chat_member,
        "getchatadministrators": profile.get_chat_administrators,
        "leavechat": profile.leave_chat,
    }
    for method, name in (("name", "name"), ("description", "description"), ("shortdescription", "short_description")):
        table[f"setmy{method}"] = partial(profile.set_text, name=name)
        table[f"getmy{method}"] = partial(profile.get_text, name=name)
    return table


class BotApiServer:
    """Listens, and passes each call to its method after checks of the token, flood control and faults."""

    def __init__(
        self,
        token: str,
        methods: Mapping[str, Method],
        *,
        clock: Clock,
        faults: TelegramFaultInjector,
        flood_control: FloodControl,
        notify: Notify,
    ) -> None:
        self._token = token
        self._methods = methods
        self._clock = clock
        self._faults = faults
        self._flood_control = flood_control
        self._notify = notify
        self.latency = 0.0
        self.is_older = False
        self.calls: list[TelegramCall] = []
        self._runner: web.AppRunner | None = None
        self.host, self.port = HOST, 0

    @property
    def url(self) -> str:
        """The URL of the API, without the token."""
        return f"http://{self.host}:{self.port}"

    async def start(self, host: str, port: int) -> None:
        """Start listening; port 0 takes a free one. Raises OSError if the port is taken."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=SHUTDOWN_TIMEOUT)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.host, self.port = host, self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close the listener and every connection; `start` can take the port again."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        started = time.monotonic()
        call = TelegramCall(self._clock.wall(), request.match_info["method"])
        self.calls.append(call)
        try:
            return await self._answer(request, call)
        except ApiError as error:
            call.outcome = f"{error.code} {error.description}"
            return web.json_response(error.body(), status=error.code)
        finally:
            call.milliseconds = (time.monotonic() - started) * 1000
            self._notify("call", call)

    async def _answer(self, request: web.Request, call: TelegramCall) -> web.StreamResponse:
        if request.match_info["token"] != self._token:
            raise ApiError(401, "Unauthorized")
        name = call.method.lower()
        if name not in self._methods:
            raise ApiError(404, "Not Found: method not found")
        parameters = await read_parameters(request)
        call.chat_id, call.parameters = parameters.chat_id(), parameters.values
        self._notify("calling", call)
        return await self._run(request, call, name, parameters)

    async def _run(
        self, request: web.Request, call: TelegramCall, name: str, parameters: Parameters
    ) -> web.StreamResponse:
        self._flood_control.check_pause(name, call.chat_id, self._clock.now())
        take = partial(self._faults.take, name, call.chat_id, has_parse_mode=bool(parameters.text("parse_mode")))
        slow = take(kinds={TelegramFault.SLOW})
        if latency := self.latency + (slow.seconds if slow else 0.0):
            await asyncio.sleep(latency)
        if before := take(kinds=FAILS_BEFORE_METHOD):
            return self._fail(request, call, before)
        self._flood_control.check_rate(name, call.chat_id, self._clock.now())
        if self.is_older:
            refuse_what_is_newer(parameters)
        result = self._methods[name](parameters)
        result = await result if inspect.isawaitable(result) else result
        if after := take(kinds=FAILS_AFTER_METHOD):
            return await self._fail_afterwards(request, call, after)
        call.outcome = "ok"
        return web.json_response({"ok": True, "result": result})

    def _fail(self, request: web.Request, call: TelegramCall, fault: ActiveTelegramFault) -> web.StreamResponse:
        call.outcome = fault.kind.value
        if fault.kind is TelegramFault.TOO_MANY:
            raise self._flood_control.pause(_paused_by(call, fault), fault.seconds, self._clock.now())
        if fault.kind is TelegramFault.BAD_GATEWAY:
            return web.Response(text=BAD_GATEWAY_PAGE, status=502, content_type="text/html")
        if fault.kind is TelegramFault.REDIRECT:
            return web.Response(status=307, headers={"Location": fault.location})
        if fault.kind is TelegramFault.ECHO:
            raise bad_request(f"no such address as {request.raw_path}")
        error = fault.error()
        if error is not None:
            raise error
        return _abort(request)

    async def _fail_afterwards(
        self, request: web.Request, call: TelegramCall, fault: ActiveTelegramFault
    ) -> web.StreamResponse:
        call.outcome = fault.kind.value
        if fault.kind is TelegramFault.GARBAGE:
            return web.Response(text='{"ok":true,"result":{"message_', content_type="application/json")
        if fault.kind is TelegramFault.HANG:
            await asyncio.Event().wait()  # until the client or the server goes away
        return _abort(request)


def _paused_by(call: TelegramCall, fault: ActiveTelegramFault) -> int | str | None:
    """Return what a 429 pauses: a chat, the method of a call that has none, or the whole bot."""
    name = call.method.lower()
    if fault.chat_id is not None or fault.methods is None or name in WHOLE_BOT_METHODS:
        return fault.chat_id
    return name if call.chat_id is None else call.chat_id


def _abort(request: web.Request) -> web.StreamResponse:
    """Cut the connection; the returned response reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
