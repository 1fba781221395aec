"""A server of aiohttp that reads a body and keeps nothing of it: what the framework alone costs. Prints its port."""

import asyncio

from aiohttp import web

HOST = "127.0.0.1"


async def handle(request: web.Request) -> web.Response:
    """Read the body, answer 200."""
    await request.read()
    return web.Response()


async def main() -> None:
    """Listen on a free port, print it, and serve until ended."""
    app = web.Application()
    app.router.add_post("/webhooks/pickpack", handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
