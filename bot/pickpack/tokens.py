"""Cache the token that every call uses: it is renewed before it expires, by one exchange for all callers that wait."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.pickpack.errors import AuthenticationError, PickPackError
from bot.pickpack.payloads import Token
from bot.process.clock import Clock

USED_SHARE = 0.9  # of a token's lifetime; the rest is for running calls and for a token endpoint that is down
RETRY_SECONDS = 10.0  # between attempts to renew a token that still works


@dataclass(slots=True)
class _CachedToken:
    token: Token
    renew_at: float
    expires_at: float


class TokenCache:
    """Hands out the token. `exchange` fetches a new one or raises a PickPackError; times are `clock.now()`."""

    def __init__(self, exchange: Callable[[], Awaitable[Token]], *, clock: Clock) -> None:
        self._exchange = exchange
        self._clock = clock
        self._cached: _CachedToken | None = None
        self._renewal: asyncio.Task[Token | PickPackError] | None = None
        self._rejected: Token | None = None  # what the running renewal replaces
        self._failed: tuple[Token, PickPackError] | None = None

    async def get(self) -> Token:
        """Return the token to use now. Raises what the exchange raised."""
        cached, now = self._cached, self._clock.now()
        if cached is None or now >= cached.expires_at:
            return await self._renew()
        if now < cached.renew_at:
            return cached.token
        return await self._renew_early(cached)

    async def replace(self, rejected: Token) -> Token:
        """Return a newer token than one that was rejected. All calls rejected with the same one share one exchange.

        Raises what that exchange raised, also for callers that come after it has failed.
        """
        if self._failed is not None and self._failed[0] is rejected:
            raise self._failed[1]
        if self._cached is not None and self._cached.token is not rejected:
            return self._cached.token  # another call has renewed it meanwhile
        self._cached, self._rejected = None, rejected
        return await self._renew()

    async def close(self) -> None:
        """Cancel a running exchange."""
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.wait([self._renewal])

    async def _renew_early(self, cached: _CachedToken) -> Token:
        """Renew a token that still works; where the endpoint is down, keep using the old one."""
        try:
            return await self._renew()
        except AuthenticationError:
            raise
        except PickPackError:
            cached.renew_at = self._clock.now() + RETRY_SECONDS
            if self._clock.now() >= cached.expires_at or self._cached is not cached:
                raise
            return cached.token

    async def _renew(self) -> Token:
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._run_exchange(), name="pickpack-token")
        # shielded: the first caller may be cancelled while others still wait for the same exchange
        outcome = await asyncio.shield(self._renewal)
        if isinstance(outcome, PickPackError):
            raise outcome
        return outcome

    async def _run_exchange(self) -> Token | PickPackError:
        """Exchange the key. Errors are returned: raised in a task that nobody awaits any more, they would be logged."""
        try:
            token = await self._exchange()
        except PickPackError as error:
            self._failed = (self._rejected, error) if self._rejected else None
            return error
        else:
            now = self._clock.now()
            self._cached = _CachedToken(token, now + USED_SHARE * token.lifetime, now + token.lifetime)
            self._failed = None
            return token
        finally:
            self._renewal = self._rejected = None
