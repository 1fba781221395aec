"""Tells systemd how the service is doing, over the socket that it names; without one, nothing is done."""

import logging
import os
import socket

log = logging.getLogger(__name__)

READY = "READY=1"
STOPPING = "STOPPING=1"
WATCHDOG = "WATCHDOG=1"


def notify(state: str) -> None:
    """Send `state` (READY, STOPPING, WATCHDOG, or `STATUS=` and a sentence) to NOTIFY_SOCKET, if there is one.

    Never raises: a service is not to fail for whom it reports to. Call it from the process that systemd started.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.settimeout(1.0)
            channel.sendto(state.encode(), "\0" + address[1:] if address[0] == "@" else address)
    except OSError as error:
        log.warning("Could not tell systemd %s: %s", state, error.strerror)
