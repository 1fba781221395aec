"""Play a scenario in a world, step by step, until its end or the first expectation that is not met."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from bot.demo.scenario import steps
from bot.demo.scenario.expectations import ChatWatcher
from bot.demo.scenario.loading import Scenario
from bot.demo.scenario.transcript import Transcript
from bot.simulators.pickpack.orders import SimulatedItem
from bot.simulators.world import SimulatedWorld

POLL_SECONDS = 0.02
DEFAULT_LANGUAGE = "en"

Found = TypeVar("Found")


class StepFailedError(Exception):
    """A step failed; the text says which one, and what the chat shows instead."""


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
        self._watcher = ChatWatcher(world.telegram, scenario.chats)
        self._killed = False
        self.expectations = 0

    async def play(self) -> None:
        """Play all steps. Raises StepFailedError, or ServiceError if the service ends by itself."""
        for number, step in enumerate(self._scenario.steps, start=1):
            try:
                await self._perform(step)
            except StepFailedError as error:
                raise StepFailedError(f"step {number} ({steps.name_of(step)}): {error}") from None

    async def _perform(self, step: steps.Step) -> None:
        match step:
            case steps.Note():
                self._transcript.note(step.text)
            case steps.Wait():
                await self._pause(step.seconds)
            case steps.Put() | steps.Set() | steps.SetService() | steps.Walk():
                await self._change_store(step)
            case steps.Say() | steps.Press() | steps.Block() | steps.Unblock():
                self._act_as_person(step)
            case steps.Expect():
                await self._expect(step)
            case _:
                await self._disturb(step)

    # ── the store ────────────────────────────────────────────────────────────

    async def _change_store(self, step: steps.Step) -> None:
        store = self._world.pickpack
        match step:
            case steps.Put():
                store.put_order(step.order, step.status, items=[SimulatedItem(i.name, i.quantity) for i in step.items])
                self._transcript.event("store", f"{step.order} is made: {step.status}")
                for courier in step.services:
                    self._set_service(step.order, courier)
            case steps.Set():
                self._require_order(step.order)
                await self._set_status(step.order, step.status)
            case steps.SetService():
                self._require_order(step.order)
                self._set_service(step.order, step)
            case steps.Walk():
                self._require_order(step.order)
                await self._walk(step)

    async def _set_status(self, order: str, status: str) -> None:
        self._transcript.event("store", f"{order} → {status}")
        self._world.pickpack.set_status(order, status)
        # the webhook is sent in the background: its effect is seen in the chat
        await asyncio.sleep(0)

    def _set_service(self, order: str, fields: steps.CourierServiceFields) -> None:
        service = self._world.pickpack.set_service(
            order, fields.id, status=fields.status, courier=fields.courier, tracking_url=fields.url
        )
        self._transcript.event("store", f"{order}, {service.courier} ({fields.id}): {service.status}")

    async def _walk(self, step: steps.Walk) -> None:
        for status in step.through:
            await self._pause(step.pause)
            self._watcher.skip_to_end(step.chat)
            shown = self._watcher.living_card(step.chat)
            await self._set_status(step.order, status)
            if not await self._until(partial(self._has_moved_on, step.chat, shown), step.within):
                raise StepFailedError(
                    f"nothing was shown of {status} within {step.within:g} s; {self._chat_content(step.chat)}"
                )

    def _has_moved_on(self, chat: str, shown: object) -> bool:
        return self._watcher.living_card(chat) != shown

    def _require_order(self, order: str) -> None:
        if order not in self._world.pickpack.orders:
            raise StepFailedError(f"there is no order {order!r} yet")

    # ── people ───────────────────────────────────────────────────────────────

    def _act_as_person(self, step: steps.Step) -> None:
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
        found = self._watcher.newest_button(step.chat, step.button)
        if found is None:
            raise StepFailedError(
                f"there is no such button to press: {_describe(step)}; {self._chat_content(step.chat)}"
            )
        message, data = found
        self._world.telegram.user_presses(self._scenario.chats[step.chat], message, data)

    # ── faults and restarts ──────────────────────────────────────────────────

    async def _disturb(self, step: steps.Step) -> None:
        match step:
            case steps.Webhooks():
                sender = self._world.pickpack.webhook
                sender.lose_next, sender.lose_share = step.lose, step.lose_share
                sender.copies, sender.swap_next, sender.delay = step.copies, step.swap, step.delay
                sender.rename = step.rename
                self._transcript.remark("webhooks", _describe(step))
            case steps.Api():
                self._fail_api(step)
            case steps.Telegram():
                await self._fail_telegram(step)
            case steps.Kill():
                self._killed = True
                await self._world.kill()
                self._transcript.event("service", "is killed")
            case steps.Restart():
                await self._world.restart()
                seconds = await self._world.wait_until_ready()
                self._killed = False
                self._transcript.event("service", f"is ready again after {seconds:.1f} s")

    def _fail_api(self, step: steps.Api) -> None:
        if step.heal:
            self._world.pickpack.faults.off()
        if step.fault is not None:
            self._world.pickpack.faults.on(step.fault, times=step.times, seconds=step.seconds)
        self._transcript.remark("API", _describe(step))

    async def _fail_telegram(self, step: steps.Telegram) -> None:
        telegram = self._world.telegram
        if step.heal:
            telegram.heal()
        if step.fault is not None:
            chat = None if step.chat is None else self._scenario.chats[step.chat]
            telegram.fail(step.fault, chat_id=chat, times=step.times, seconds=step.seconds)
        if step.down is not None:
            await (telegram.go_down() if step.down else telegram.come_back())
        self._transcript.remark("Telegram", _describe(step))

    # ── expecting ────────────────────────────────────────────────────────────

    async def _expect(self, step: steps.Expect) -> None:
        if step.nothing is not None:
            before = self._watcher.count_changes(step.chat)
            if await self._until(lambda: self._watcher.count_changes(step.chat) != before, step.nothing):
                raise StepFailedError(f"something came within {step.nothing:g} s; {self._chat_content(step.chat)}")
        elif not await self._until(lambda: self._watcher.meets(step), step.within):
            raise StepFailedError(f"not within {step.within:g} s: {_describe(step)}; {self._chat_content(step.chat)}")
        self.expectations += 1

    async def _until(self, condition: Callable[[], Found | None], within: float) -> Found | None:
        until = time.monotonic() + within
        while not (found := condition()) and time.monotonic() < until:
            if not self._killed:
                self._world.check_running()
            await asyncio.sleep(POLL_SECONDS)
        return found

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)

    def _chat_content(self, chat: str) -> str:
        shown = self._world.telegram.transcript(self._scenario.chats[chat])
        return "\n".join([f"{chat} sees:", *(f"  {line}" for line in shown)]) if shown else f"{chat} sees nothing"


def _describe(step: steps.Step) -> str:
    """Describe a step by the fields that its file sets."""
    fields = step.model_dump(mode="json", exclude_unset=True)
    return ", ".join(f"{name} {value}" for name, value in fields.items()) or "as they should be"
