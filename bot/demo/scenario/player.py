"""Plays a scenario in a world: each step in turn, until the end or the first expectation that does not come true."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from bot.demo.scenario import steps
from bot.demo.scenario.expectations import Watching
from bot.demo.scenario.loading import Scenario
from bot.demo.scenario.transcript import Transcript
from bot.simulators.pickpack.orders import SimulatedItem
from bot.simulators.world import SimulatedWorld

LOOK_SECONDS = 0.02
DEFAULT_LANGUAGE = "en"

Found = TypeVar("Found")


class Failed(Exception):
    """A step did not go as it should; the text says which, and what the chat shows instead."""


class Player:
    """Plays one scenario. `speed` shortens waits and pauses; `language` is the first shopper's."""

    def __init__(
        self,
        world: SimulatedWorld,
        scenario: Scenario,
        transcript: Transcript,
        *,
        speed: float = 1.0,
        language: str = "en",
    ) -> None:
        self._world = world
        self._scenario = scenario
        self._transcript = transcript
        self._speed = speed
        self._languages = {next(iter(scenario.chats), ""): language}
        self._watching = Watching(world.telegram, scenario.chats)
        self._down_on_purpose = False
        self.expectations = 0

    async def play(self) -> None:
        """All steps. Raises Failed, and ServiceError where the service ends by itself."""
        for number, step in enumerate(self._scenario.steps, start=1):
            try:
                await self._perform(step)
            except Failed as failed:
                raise Failed(f"step {number} ({type(step).__name__.lower()}): {failed}") from None

    async def _perform(self, step: steps.Step) -> None:
        match step:
            case steps.Note():
                self._transcript.note(step.text)
            case steps.Wait():
                await self._pause(step.seconds)
            case steps.Put() | steps.Set() | steps.Service() | steps.Walk():
                await self._move(step)
            case steps.Say() | steps.Press() | steps.Block() | steps.Unblock():
                self._act(step)
            case steps.Expect():
                await self._expect(step)
            case _:
                await self._trouble(step)

    # ── the store ────────────────────────────────────────────────────────────

    async def _move(self, step: steps.Step) -> None:
        store = self._world.pickpack
        match step:
            case steps.Put():
                store.put_order(step.order, step.status, items=[SimulatedItem(i.name, i.quantity) for i in step.items])
                self._transcript.event("store", f"{step.order} is made: {step.status}")
                for courier in step.services:
                    self._serve(step.order, courier)
            case steps.Set():
                self._known(step.order)
                await self._set(step.order, step.status)
            case steps.Service():
                self._known(step.order)
                self._serve(step.order, step)
            case steps.Walk():
                self._known(step.order)
                await self._walk(step)

    async def _set(self, order: str, status: str) -> None:
        self._transcript.event("store", f"{order} → {status}")
        self._world.pickpack.set_status(order, status)
        # the webhook has its own time: what it meets is seen in the chat
        await asyncio.sleep(0)

    def _serve(self, order: str, given: steps.Courier) -> None:
        service = self._world.pickpack.set_service(
            order, given.id, status=given.status, courier=given.courier, tracking_url=given.url
        )
        self._transcript.event("store", f"{order}, {service.courier} ({given.id}): {service.status}")

    async def _walk(self, step: steps.Walk) -> None:
        for status in step.through:
            await self._pause(step.pause)
            self._watching.take_all(step.chat)
            await self._set(step.order, status)
            told = await self._until(lambda: self._watching.news(step.chat), step.within)
            if not told:
                raise Failed(f"nothing was told of {status} within {step.within:g} s; {self._shows(step.chat)}")

    def _known(self, order: str) -> None:
        if order not in self._world.pickpack.orders:
            raise Failed(f"there is no order {order!r} yet")

    # ── people ───────────────────────────────────────────────────────────────

    def _act(self, step: steps.Step) -> None:
        telegram, chats = self._world.telegram, self._scenario.chats
        match step:
            case steps.Say():
                language = step.language or self._languages.get(step.chat, DEFAULT_LANGUAGE)
                self._languages[step.chat] = language
                telegram.add_user(chats[step.chat], first_name=step.chat, language_code=language)
                telegram.user_says(chats[step.chat], step.text)
            case steps.Press():
                self._press(step)
            case steps.Block():
                telegram.user_blocks(chats[step.chat])
            case steps.Unblock():
                telegram.user_unblocks(chats[step.chat])

    def _press(self, step: steps.Press) -> None:
        found = self._watching.newest_button(step.chat, step.button)
        if found is None:
            raise Failed(f"there is no button {step.button!r} to press; {self._shows(step.chat)}")
        message, data = found
        self._world.telegram.user_presses(self._scenario.chats[step.chat], message, data)

    # ── trouble ──────────────────────────────────────────────────────────────

    async def _trouble(self, step: steps.Step) -> None:
        match step:
            case steps.Webhooks():
                caller = self._world.pickpack.webhook
                caller.lose_next, caller.lose_share = step.lose, step.lose_share
                caller.copies, caller.swap_next, caller.delay = step.copies, step.swap, step.delay
                self._transcript.remark("webhooks", _said(step))
            case steps.Api():
                self._fail_api(step)
            case steps.Telegram():
                await self._fail_telegram(step)
            case steps.Kill():
                self._down_on_purpose = True
                await self._world.kill()
                self._transcript.event("service", "is killed")
            case steps.Restart():
                await self._world.restart()
                took = await self._world.wait_until_ready()
                self._down_on_purpose = False
                self._transcript.event("service", f"is ready again after {took:.1f} s")

    def _fail_api(self, step: steps.Api) -> None:
        if step.heal:
            self._world.pickpack.faults.off()
        if step.fault is not None:
            self._world.pickpack.faults.on(step.fault, times=step.times, seconds=step.seconds)
        self._transcript.remark("API", _said(step))

    async def _fail_telegram(self, step: steps.Telegram) -> None:
        telegram = self._world.telegram
        if step.heal:
            telegram.heal()
        if step.fault is not None:
            chat = None if step.chat is None else self._scenario.chats[step.chat]
            telegram.fail(step.fault, chat_id=chat, times=step.times, seconds=step.seconds)
        if step.down is not None:
            await (telegram.go_down() if step.down else telegram.come_back())
        self._transcript.remark("Telegram", _said(step))

    # ── expecting ────────────────────────────────────────────────────────────

    async def _expect(self, step: steps.Expect) -> None:
        if step.nothing is not None:
            before = self._watching.size(step.chat)
            if await self._until(lambda: self._watching.size(step.chat) != before, step.nothing):
                raise Failed(f"something came within {step.nothing:g} s; {self._shows(step.chat)}")
        elif not await self._until(lambda: self._watching.meets(step), step.within):
            raise Failed(f"not within {step.within:g} s: {_said(step)}; {self._shows(step.chat)}")
        self.expectations += 1

    async def _until(self, condition: Callable[[], Found | None], within: float) -> Found | None:
        until = time.monotonic() + within
        while not (found := condition()) and time.monotonic() < until:
            if not self._down_on_purpose:
                self._world.check_running()
            await asyncio.sleep(LOOK_SECONDS)
        return found

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)

    def _shows(self, chat: str) -> str:
        shown = self._world.telegram.transcript(self._scenario.chats[chat])
        return "\n".join([f"{chat} sees:", *(f"  {line}" for line in shown)]) if shown else f"{chat} sees nothing"


def _said(step: steps.Step) -> str:
    """What a step's file says, without what it leaves out."""
    said = step.model_dump(mode="json", exclude_unset=True)
    return ", ".join(f"{name} {value}" for name, value in said.items()) or "as they should be"
