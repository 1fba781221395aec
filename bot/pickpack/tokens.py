"""Keeps the one token that every call uses: renewed ahead of its end, and by one exchange for all who wait."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.pickpack.errors import AuthenticationError, PickPackError
from bot.pickpack.payloads import Token
from bot.process.clock import Clock

USED_SHARE = 0.9  # of a token's life; the rest is for calls under way and for a token endpoint that is down
PATIENCE = 10.0  # seconds between tries to renew a token that still works


@dataclass(slots=True)
class _Held:
    token: Token
    renew_at: float
    expires_at: float


class TokenKeeper:
    """Hands out the token. `exchange` fetches a new one or raises a PickPackError; times are `clock.now()`."""

    def __init__(self, exchange: Callable[[], Awaitable[Token]], *, clock: Clock) -> None:
        self._exchange = exchange
        self._clock = clock
        self._held: _Held | None = None
        self._renewal: asyncio.Task[Token | PickPackError] | None = None
        self._replacing: Token | None = None
        self._failed: tuple[Token, PickPackError] | None = None

    async def current(self) -> Token:
        """The token to use now. Raises what the exchange raised."""
        held, now = self._held, self._clock.now()
        if held is None or now >= held.expires_at:
            return await self._renewed()
        if now < held.renew_at:
            return held.token
        return await self._renewed_ahead(held)

    async def instead_of(self, refused: Token) -> Token:
        """A newer token than one that was refused. All calls refused with the same one share one exchange, and its end.

        Raises what that exchange raised, also to those who come after it has failed.
        """
        if self._failed is not None and self._failed[0] is refused:
            raise self._failed[1]
        if self._held is not None and self._held.token is not refused:
            return self._held.token  # somebody else has renewed it meanwhile
        self._held, self._replacing = None, refused
        return await self._renewed()

    async def close(self) -> None:
        """Give up an exchange under way."""
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.wait([self._renewal])

    async def _renewed_ahead(self, held: _Held) -> Token:
        """Renew a token that still works; where the endpoint is down, go on with the old one."""
        try:
            return await self._renewed()
        except AuthenticationError:
            raise
        except PickPackError:
            held.renew_at = self._clock.now() + PATIENCE
            if self._clock.now() >= held.expires_at or self._held is not held:
                raise
            return held.token

    async def _renewed(self) -> Token:
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renew(), name="pickpack-token")
        # shielded: the one who asked first may be cancelled, the others still wait for it
        outcome = await asyncio.shield(self._renewal)
        if isinstance(outcome, PickPackError):
            raise outcome
        return outcome

    async def _renew(self) -> Token | PickPackError:
        """Trouble is a return value here: raised in a task that nobody waits for any more, it would be noise."""
        try:
            token = await self._exchange()
        except PickPackError as trouble:
            self._failed = (self._replacing, trouble) if self._replacing else None
            return trouble
        else:
            now = self._clock.now()
            self._held = _Held(token, now + USED_SHARE * token.lifetime, now + token.lifetime)
            self._failed = None
            return token
        finally:
            self._renewal = self._replacing = None
