"""A server that nobody has reason to call: what names its address in a payload must not bring a request to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class RequestRecorder:
    """Answers whatever it is asked: `url` is its address, without a slash at the end, `requests` a line for each."""

    url: str = ""
    requests: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(f"{request.method} {request.path} {dict(request.headers)}")
        return web.json_response({"ok": True, "result": {}, "message": "success", "data": {}})


@asynccontextmanager
async def recorded_requests() -> AsyncIterator[RequestRecorder]:
    """A server that is there until the end, and what it was asked."""
    recorder = RequestRecorder()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", recorder.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    recorder.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield recorder
    finally:
        await runner.cleanup()
