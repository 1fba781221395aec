"""Notifications to systemd over its socket, and the socket that it hands over."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.process.systemd import READY, STOPPING, notify
from tests import as_systemd


def received_at(address: str | bytes) -> list[bytes]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(address)
        channel.settimeout(2.0)
        notify(READY)
        notify(STOPPING)
        return [channel.recv(100), channel.recv(100)]


def test_a_socket_in_the_file_system_is_notified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    assert received_at(str(tmp_path / "notify")) == [b"READY=1", b"STOPPING=1"]


def test_an_abstract_socket_is_notified(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"onroute-test-{os.getpid()}"
    monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
    assert received_at(f"\0{name}") == [b"READY=1", b"STOPPING=1"]


@pytest.mark.parametrize("address", ["", "relative", "vsock:2:1", "/no/such/socket"])
def test_without_a_usable_socket_nothing_happens(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as relative:
        relative.bind("relative")  # systemd names its socket by a whole path, so this one is not meant
        relative.setblocking(False)
        notify(READY)
        with pytest.raises(BlockingIOError):
            relative.recv(100)


ROOT = Path(__file__).parents[2]
TAKES = """
import os
from bot.process.systemd import handed_socket
handed = handed_socket()
print(handed and handed.getsockname()[1], "LISTEN_FDS" in os.environ, handed and os.get_inheritable(handed.fileno()))
"""


def taken(handed: socket.socket, *, listen_pid: str = as_systemd.OWN, listen_fds: str = "1") -> str:
    """What a process makes of it that finds `handed` as its file 3."""
    file = handed.fileno()
    command = as_systemd.command(file, sys.executable, "-c", TAKES, listen_pid=listen_pid, listen_fds=listen_fds)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60, pass_fds=[file])
    return (done.stdout + done.stderr).strip()


@pytest.mark.parametrize("listen_fds", ["1", "2"])
def test_the_socket_that_systemd_hands_over_is_taken_and_not_passed_on(listen_fds: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as handed:
        said = taken(handed, listen_fds=listen_fds)
        assert said.splitlines()[0] == f"{handed.getsockname()[1]} False False"
        assert ("write one ListenStream=" in said) == (listen_fds == "2")


@pytest.mark.parametrize(
    ("listen_pid", "listen_fds"), [("1", "1"), (as_systemd.OWN, "0"), (as_systemd.OWN, "x"), ("", "")]
)
def test_a_socket_that_is_not_for_this_process_is_left(listen_pid: str, listen_fds: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as handed:
        assert taken(handed, listen_pid=listen_pid, listen_fds=listen_fds) == "None False None"


@pytest.mark.parametrize(
    ("family", "kind"), [(socket.AF_INET, socket.SOCK_DGRAM), (socket.AF_UNIX, socket.SOCK_STREAM)]
)
def test_what_is_no_port_is_not_taken_and_the_log_says_what_to_write(
    family: socket.AddressFamily, kind: socket.SocketKind
) -> None:
    with socket.socket(family, kind) as handed:
        said = taken(handed)
        assert "None False None" in said
        assert "ListenStream= must name a port" in said
