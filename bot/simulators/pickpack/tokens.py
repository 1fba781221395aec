"""Issue and check the simulated token endpoint's tokens: JWTs, signed with a secret of this run (HS256)."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from bot.process.clock import Clock

HEADER = {"alg": "HS256", "typ": "JWT"}
LIFETIME_SECONDS = 900


class TokenIssuer:
    """Issues tokens that are valid for 15 minutes of `clock.wall()`, and checks them."""

    def __init__(self, *, hostname: str, clock: Clock) -> None:
        self.hostname = hostname
        self._clock = clock
        self._secret = secrets.token_bytes(32)

    def issue(self) -> str:
        """Issue a new token."""
        issued = int(self._clock.wall())
        claims = {"hostname": self.hostname, "iat": issued, "exp": issued + LIFETIME_SECONDS}
        signed = f"{_encode(HEADER)}.{_encode(claims)}"
        return f"{signed}.{self._sign(signed)}"

    def is_valid(self, jwt: str) -> bool:
        """Tell whether this is a token of ours that has not expired."""
        signed, _, signature = jwt.rpartition(".")
        if not hmac.compare_digest(signature.encode(errors="replace"), self._sign(signed).encode()):
            return False
        payload = signed.partition(".")[2]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return bool(claims["exp"] > self._clock.wall())

    def expire_all(self) -> None:
        """Invalidate every token issued so far."""
        self._secret = secrets.token_bytes(32)

    def _sign(self, signed: str) -> str:
        return _base64(hmac.new(self._secret, signed.encode(errors="replace"), hashlib.sha256).digest())


def _encode(part: dict[str, Any]) -> str:
    return _base64(json.dumps(part, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
