"""The proxies' configurations in deploy/, run for real: webhooks pass, all else is 404, no secret is written down."""

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import web

from bot.simulators.loopback import HOST, free_port

DEPLOY = Path(__file__).parent.parent / "deploy"
SECRET = "never-written-down-0123456789"
PATIENCE = 10.0
SEARCHED = "/usr/local/sbin:/usr/sbin:/sbin"  # beside PATH: Debian keeps nginx where only root looks


def program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path=SEARCHED)


CADDY, NGINX = program("caddy"), program("nginx")
without_caddy = pytest.mark.skipif(CADDY is None, reason="caddy is not installed")
without_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (nginx-light)")


def caddy(folder: Path, port: int, upstream: int) -> tuple[list[str], dict[str, str]]:
    """How Caddy is started with our file."""
    variables = {"PUBLIC_URL": f"http://{HOST}:{port}", "UPSTREAM": f"{HOST}:{upstream}", "HOME": str(folder)}
    return [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")], variables


def hasty_caddy(folder: Path, port: int, upstream: int) -> tuple[list[str], dict[str, str]]:
    """Caddy with our file, which gives up at once where nobody is behind it."""
    hasty = folder / "Caddyfile"
    hasty.write_text((DEPLOY / "Caddyfile").read_text().replace("lb_try_duration 20s", "lb_try_duration 0s"))
    command, variables = caddy(folder, port, upstream)
    return [*command[:-1], str(hasty)], variables


def nginx(folder: Path, port: int, upstream: int) -> tuple[list[str], dict[str, str]]:
    """How nginx is started with our file, without TLS and with its logs in a folder of the test."""
    ours = (DEPLOY / "nginx.conf").read_text()
    ours = re.sub(r"listen \[::\]:443 ssl;|ssl_\w+ [^;]+;", "", ours).replace("443 ssl", f"{HOST}:{port}")
    ours = ours.replace("127.0.0.1:8080", f"{HOST}:{upstream}").replace("/var/log/nginx", str(folder))
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(f"pid {folder}/nginx.pid; daemon off; events {{}} http {{ {places}\n{ours} }}")
    return [str(NGINX), "-p", str(folder), "-e", "stderr", "-c", str(whole)], {}


PROXIES = [
    pytest.param(caddy, marks=without_caddy, id="caddy"),
    pytest.param(nginx, marks=without_nginx, id="nginx"),
]
Proxy = Callable[[Path, int, int], tuple[list[str], dict[str, str]]]


@asynccontextmanager
async def running(proxy: Proxy, folder: Path, upstream: int) -> AsyncIterator[int]:
    """A proxy in front of a port; its own port, once it listens. What it writes goes to a file of `folder`."""
    port = free_port()
    command, variables = proxy(folder, port, upstream)
    with (folder / "output.txt").open("wb") as output:
        process = await asyncio.create_subprocess_exec(*command, env=variables, stdout=output, stderr=output)
    try:
        async with asyncio.timeout(PATIENCE):
            while await status_of(port, "GET", "/") is None:
                assert process.returncode is None, (folder / "output.txt").read_text()
                await asyncio.sleep(0.05)
        yield port
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


@asynccontextmanager
async def bot_at(port: int, heard: list[dict[str, object]]) -> AsyncIterator[None]:
    """Something that answers 200 to everything, and notes what it hears."""

    async def answer(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Webhook-Secret") or request.query.get("secret")
        if request.path == "/healthz":  # a proxy's own question
            return web.Response()
        heard.append({"path": request.path, "secret": secret, "body": await request.text()})
        return web.json_response({"result": "stored"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def status_of(port: int, method: str, target: str, body: str = "", **headers: str) -> int | None:
    """Send a target as it stands, dots and all; the status, None where nobody listens."""
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
    except ConnectionError:
        return None
    head = {"Host": f"{HOST}:{port}", "Content-Length": str(len(body)), "Connection": "close", **headers}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", body]
    writer.write("\r\n".join(lines).encode())
    answer = await reader.read()
    writer.close()
    return int(answer.split()[1])


@pytest.mark.parametrize("proxy", PROXIES)
async def test_only_webhooks_pass_a_proxy_and_it_writes_no_secret_down(proxy: Proxy, tmp_path: Path) -> None:
    heard, upstream, body = list[dict[str, object]](), free_port(), json.dumps({"orderId": "A-1"})
    async with bot_at(upstream, heard), running(proxy, tmp_path, upstream) as port:
        secret = {"X-Webhook-Secret": SECRET}
        assert await status_of(port, "POST", "/webhooks/pickpack", body, **secret) == 200
        assert await status_of(port, "PUT", f"/webhooks/pickpack?secret={SECRET}", body) == 200
        assert heard == [{"path": "/webhooks/pickpack", "secret": SECRET, "body": body}] * 2
        inside = [
            "/metrics",
            "/readyz",
            "/healthz",
            "/",
            "//metrics",
            "/webhooks/../metrics",
            "/webhooks/%2e%2e/readyz",
        ]
        assert [await status_of(port, "GET", path, **secret) for path in inside] == [404] * len(inside)
        assert len(heard) == 2
    hasty = hasty_caddy if proxy is caddy else proxy
    async with running(hasty, tmp_path, upstream) as port:  # nobody behind it: it complains
        assert await status_of(port, "POST", f"/webhooks/pickpack?secret={SECRET}", body, **secret) in {502, 503}
    written = all_written(tmp_path)
    assert "/webhooks/pickpack" in written
    assert SECRET not in written


def all_written(folder: Path) -> str:
    return "".join(file.read_text(errors="replace") for file in folder.iterdir() if file.is_file())


def caddy_version() -> tuple[int, int]:
    said = subprocess.run([str(CADDY), "version"], capture_output=True, text=True, check=True).stdout
    major, minor = re.findall(r"\d+", said)[:2]
    return int(major), int(minor)


@without_caddy
async def test_webhooks_that_come_while_the_bot_is_away_wait_in_caddy_but_the_one_that_finds_it_gone(
    tmp_path: Path,
) -> None:
    if caddy_version() < (2, 7):
        pytest.skip("this Caddy answers 503 at once; with it, onroute.socket lets webhooks wait")
    heard, upstream = list[dict[str, object]](), free_port()
    async with running(caddy, tmp_path, upstream) as port:
        finds_it_gone = await_status(port)
        assert [await status_of(port, "GET", "/") for _ in range(20)] == [404] * 20  # by then it was refused
        waiting = [await_status(port) for _ in range(5)]
        assert [await status_of(port, "GET", "/") for _ in range(20)] == [404] * 20
        assert not any(one.done() for one in waiting)
        async with bot_at(upstream, heard):
            assert await asyncio.gather(*waiting) == [200] * 5
            await finds_it_gone
    assert {one["body"] for one in heard} == {"{}"}


def await_status(port: int) -> "asyncio.Task[int | None]":
    return asyncio.create_task(status_of(port, "POST", "/webhooks/pickpack", "{}"))


@without_nginx
def test_nginx_takes_the_file_as_it_is_with_a_certificate(tmp_path: Path) -> None:
    certificate, key = tmp_path / "fullchain.pem", tmp_path / "privkey.pem"
    subprocess.run(
        [
            *["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=bot.example.com"],
            "-keyout",
            key,
            "-out",
            certificate,
        ],
        check=True,
        capture_output=True,
    )
    whole = tmp_path / "nginx.conf"
    ours = (DEPLOY / "nginx.conf").read_text().replace("/etc/letsencrypt/live/bot.example.com", str(tmp_path))
    ours = ours.replace("/var/log/nginx", str(tmp_path))
    whole.write_text(f"pid {tmp_path}/nginx.pid; events {{}} http {{ {ours} }}")
    command = [str(NGINX), "-t", "-p", str(tmp_path), "-e", "stderr", "-c", str(whole)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "syntax is ok" in done.stderr, done.stderr
