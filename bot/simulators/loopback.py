"""Find ports of the loopback address, on which everything in a simulated world listens."""

import secrets
import socket

HOST = "127.0.0.1"
# Below the range of ephemeral ports, so that nobody is given the port while the service is down for a restart.
FIRST_PORT, PORT_COUNT = 20_000, 10_000
PORT_ATTEMPTS = 100


def free_port() -> int:
    """Find a port that nobody listens on now. Raises OSError if there is none."""
    for _ in range(PORT_ATTEMPTS):
        port = FIRST_PORT + secrets.randbelow(PORT_COUNT)
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError("no free port was found")
