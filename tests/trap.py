"""A server that nobody has reason to call: what names its address in a payload must not bring a request to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Trap:
    """`url` is its address, without a slash at the end; `caught` is a line for each request."""

    url: str = ""
    caught: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.caught.append(f"{request.method} {request.path} {dict(request.headers)}")
        return web.json_response({"ok": True, "result": {}, "message": "success", "data": {}})


@asynccontextmanager
async def trap_set() -> AsyncIterator[Trap]:
    trap = Trap()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", trap.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    trap.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield trap
    finally:
        await runner.cleanup()
