"""Notifications to systemd over its socket."""

import os
import socket
from pathlib import Path

import pytest

from bot.process.systemd import READY, STOPPING, notify


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
