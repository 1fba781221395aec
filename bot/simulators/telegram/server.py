"""The simulated Bot API's HTTP side: tokens, methods, faults and flood control around each call."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from aiohttp import web

from bot.process.clock import Clock
from bot.simulators.telegram.errors import ApiError, Json, Notify, bad_request
from bot.simulators.telegram.faults import FAILS_AFTER_METHOD, ActiveTelegramFault, TelegramFault, TelegramFaultInjector
from bot.simulators.telegram.flood_control import Limits
from bot.simulators.telegram.messages import Messages
from bot.simulators.telegram.parameters import Parameters, read_parameters
from bot.simulators.telegram.profile import Profile
from bot.simulators.telegram.updates import Updates

BODY_LIMIT = 50 * 1024 * 1024
SECONDS_TO_SHUT_DOWN = 0.05
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>"
)
FAILS_BEFORE_METHOD = frozenset(TelegramFault) - FAILS_AFTER_METHOD - {TelegramFault.SLOW}

Method = Callable[[Parameters], Any | Awaitable[Any]]


@dataclass(slots=True)
class Call:
    """One call that came in. `at` is wall time; `outcome` is ok, the refusal, or the fault that cut it off."""

    at: float
    method: str
    chat_id: int | None = None
    outcome: str = "cut off"
    ms: float = 0.0
    given: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> Json:
        """As JSON values."""
        return asdict(self)


def method_table(messages: Messages, profile: Profile, updates: Updates) -> dict[str, Method]:
    """Every method that is simulated, by its name in small letters."""
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


class Server:
    """Listens, and takes every call through token, pauses, faults and limits to its method."""

    def __init__(
        self,
        token: str,
        methods: Mapping[str, Method],
        *,
        clock: Clock,
        faults: TelegramFaultInjector,
        limits: Limits,
        notify: Notify,
        latency: float,
    ) -> None:
        self._token = token
        self._methods = methods
        self._clock = clock
        self._faults = faults
        self._limits = limits
        self._notify = notify
        self.latency = latency
        self.calls: list[Call] = []
        self._runner: web.AppRunner | None = None
        self.host, self.port = "127.0.0.1", 0

    @property
    def url(self) -> str:
        """The address of the API, without the token."""
        return f"http://{self.host}:{self.port}"

    async def start(self, host: str, port: int) -> None:
        """Listens; port 0 takes a free one. Raises OSError where the port is taken."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=SECONDS_TO_SHUT_DOWN
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.host, self.port = host, self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Closes the listener and every connection; the port can be taken again by `start`."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        began = time.monotonic()
        call = Call(self._clock.wall(), request.match_info["method"])
        self.calls.append(call)
        try:
            return await self._answer(request, call)
        except ApiError as error:
            call.outcome = f"{error.code} {error.description}"
            return web.json_response(error.body(), status=error.code)
        finally:
            call.ms = (time.monotonic() - began) * 1000
            self._notify("call", call)

    async def _answer(self, request: web.Request, call: Call) -> web.StreamResponse:
        if request.match_info["token"] != self._token:
            raise ApiError(401, "Unauthorized")
        name = call.method.lower()
        if name not in self._methods:
            raise ApiError(404, "Not Found: method not found")
        given = await read_parameters(request)
        call.chat_id, call.given = given.chat_id(), given.values
        self._notify("calling", call)
        return await self._run(request, call, name, given)

    async def _run(self, request: web.Request, call: Call, name: str, given: Parameters) -> web.StreamResponse:
        self._limits.check_pause(call.chat_id, self._clock.now())
        take = partial(self._faults.take, name, call.chat_id, has_parse_mode=bool(given.text("parse_mode")))
        slow = take(kinds={TelegramFault.SLOW})
        if latency := self.latency + (slow.seconds if slow else 0.0):
            await asyncio.sleep(latency)
        if before := take(kinds=FAILS_BEFORE_METHOD):
            return self._fail(request, call, before)
        self._limits.check_rate(name, call.chat_id, self._clock.now())
        result = self._methods[name](given)
        result = await result if inspect.isawaitable(result) else result
        if after := take(kinds=FAILS_AFTER_METHOD):
            return await self._fail_afterwards(request, call, after)
        call.outcome = "ok"
        return web.json_response({"ok": True, "result": result})

    def _fail(self, request: web.Request, call: Call, fault: ActiveTelegramFault) -> web.StreamResponse:
        call.outcome = fault.kind.value
        if fault.kind is TelegramFault.TOO_MANY:
            raise self._limits.pause(fault.chat_id, fault.seconds, self._clock.now())
        if fault.kind is TelegramFault.BAD_GATEWAY:
            return web.Response(text=BAD_GATEWAY, status=502, content_type="text/html")
        if fault.kind is TelegramFault.REDIRECT:
            return web.Response(status=307, headers={"Location": fault.location})
        if fault.kind is TelegramFault.ECHO:
            raise bad_request(f"no such address as {request.raw_path}")
        refusal = fault.refusal()
        if refusal is not None:
            raise refusal
        return _broken(request)

    async def _fail_afterwards(
        self, request: web.Request, call: Call, fault: ActiveTelegramFault
    ) -> web.StreamResponse:
        call.outcome = fault.kind.value
        if fault.kind is TelegramFault.GARBAGE:
            return web.Response(text='{"ok":true,"result":{"message_', content_type="application/json")
        if fault.kind is TelegramFault.HANG:
            await asyncio.Event().wait()  # until the caller or the server goes away
        return _broken(request)


def _broken(request: web.Request) -> web.StreamResponse:
    """Cuts the connection; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
