"""Report the service's state to systemd, and take the socket that it has opened; without systemd, do nothing."""

import logging
import os
import socket

log = logging.getLogger(__name__)

READY = "READY=1"
STOPPING = "STOPPING=1"
WATCHDOG = "WATCHDOG=1"
FIRST_HANDED = 3  # the file after standard input, output and error


def notify(state: str) -> None:
    """Send `state` (READY, STOPPING or WATCHDOG) to systemd. Never raises: reporting must not stop the service."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.settimeout(1.0)
            channel.sendto(state.encode(), "\0" + address[1:] if address[0] == "@" else address)
    except OSError as error:
        log.warning("Could not tell systemd %s: %s", state, error.strerror)


def handed_socket() -> socket.socket | None:
    """Return the listening socket that a `.socket` unit has opened for this process; None where there is none.

    It outlives the process: whoever connects while the service is started again waits there instead of being refused.
    """
    for_whom, count = os.environ.pop("LISTEN_PID", ""), os.environ.pop("LISTEN_FDS", "")
    if for_whom != str(os.getpid()) or not count.isdecimal() or int(count) == 0:
        return None
    try:
        handed = socket.socket(fileno=FIRST_HANDED)
    except OSError as error:
        log.warning("What systemd has handed over is no socket: %s", error.strerror)
        return None
    if handed.type != socket.SOCK_STREAM or handed.family not in {socket.AF_INET, socket.AF_INET6}:
        log.warning(
            "What systemd has handed over is not used: ListenStream= must name a port, or an address and a port"
        )
        handed.close()
        return None
    handed.set_inheritable(False)
    if int(count) > 1:
        log.warning("systemd hands over %s sockets, the first is used: write one ListenStream=", count)
    return handed
