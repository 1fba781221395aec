"""What is done to the product by orders, people, neighbours and time; and the end, where all of them are well."""

from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Literal

from bot.people.update_inbox import UpdateInbox
from bot.pickpack.errors import PickPackError
from bot.tracking.card_content import Page
from bot.tracking.events import StatusChanged
from bot.tracking.model import Keep, Level, Receipt
from bot.transactions.cards import put_kept
from bot.transactions.follow import Requester
from bot.transactions.inbox import KeptUpdate, handling
from tests.model.levels import FINAL
from tests.model.pickpack import View
from tests.model.process import CHATS, KNOWN, LATER, Process
from tests.model.screen import Content, Message

LONGEST_PAUSE = 61.0
DAY = 24 * 3600.0  # so long an end that a webhook told stands against the API
DEFAULT_LEVEL = "main"

Button = Page | Receipt | Literal["refresh"]


class World(Process):
    """One bot with all that can happen to it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._updates = 0

    async def begin(self) -> None:
        await self.start()
        await self.pickpack.look_up(KNOWN)
        for chat_id, level in CHATS.items():
            await self.set_level(chat_id, level)
            await self.follow(chat_id, KNOWN)
        await self.run_on()

    async def come_from_an_older_version(self) -> None:
        """The bot was upgraded: it doesn't know what its last messages show, and older ones have buttons too."""
        await self.database.write(
            lambda connection: connection.execute(
                "UPDATE subscriptions SET card_hash = NULL, card_facts = NULL, card_shown_at = NULL"
            )
        )
        for chat_id, screen in self.model.screens.items():
            for one in screen.messages.values():
                one.doubtful = True
            bubble = Content("card", KNOWN, "PENDING")
            screen.messages[-abs(chat_id)] = Message(-abs(chat_id), KNOWN, bubble, self.clock.now(), learnt=False)

    # ── what is done to it ───────────────────────────────────────────────────

    async def kill_while_handling(self, chat_id: int, order_id: str, *, done: bool) -> None:
        """The process is killed before a message's handler has begun, or when it has done all but not ended."""
        self.pickpack.mode = "failing"  # no question that the kill would cut off
        self._updates += 1
        await self._updates_inbox().keep([KeptUpdate(self._updates, self._id(chat_id), order_id)])
        if done:
            with handling(self._updates):
                await self.follow(chat_id, order_id)
        await self.crash(shown=False)
        left = await self._updates_inbox().resume()
        expected = not (done and order_id in self.model.known)  # that it is awaited may be written twice
        if [one.update_id for one in left] != [self._updates] * expected:
            self.model.broken.append(f"after the kill are left: {left}, of a follow that was done: {done}")
        for one in left:
            with handling(one.update_id):
                await self.follow(chat_id, order_id)
            await self._updates_inbox().remove(one.update_id)
        await self.run_on()
        line = self.model.lines[chat_id, order_id]
        subscription, awaited = self.follow_service.find_in_chat(self._id(chat_id), order_id)
        if (subscription is not None, awaited is not None) != (line.followed, line.awaited):
            self.model.broken.append(f"the message of {chat_id} about {order_id} had no effect")

    def _updates_inbox(self) -> UpdateInbox:
        return UpdateInbox(self.database, self.clock)

    async def deliver(self, event: StatusChanged | None) -> None:
        if event is not None:
            await self.pickpack.deliver(event)

    async def poll(self, order_id: str, mode: str, age: float = 0.0, view: View | None = None) -> None:
        self.pickpack.mode, self.pickpack.age, self.pickpack.view = mode, age, view or View()
        with suppress(PickPackError):
            await self.pickpack.look_up(order_id)
        self.pickpack.view = View()

    async def lose_one_of(self, order_id: str, steps: list[str], answer: str | None) -> None:
        """An order's first webhook is lost while the API can't be used. `answer`: what that says after all."""
        await self.wait(61.0, hops=1)
        self.pickpack.put(order_id, "PENDING")
        await self.poll(order_id, "current")
        self.pickpack.mode = "failing"
        self.pickpack.walk(order_id, steps[0])
        before = self.believed().get(order_id)
        expected = self.model.knowledge[order_id].expects_chain(steps, before, self.clock.now())
        for status in steps[1:]:
            await self.deliver(self.pickpack.walk(order_id, status))
            await self.run_on()
        await self.wait(59.0, hops=2)
        if answer is not None:
            await self.poll(order_id, answer, 59.0)
            self.pickpack.mode = "failing"
        await self.wait(2.0, hops=1)
        after = self.believed().get(order_id)
        wanted = self.pickpack.truth[order_id] if answer in {None, "current"} else before
        if expected and answer != "stale" and after != wanted:
            self.model.judge(order_id, f"{before} became {after} by the chain {steps}, answered {answer}")

    async def follow(self, chat_id: int, order_id: str) -> None:
        await self.touch(chat_id)
        known = order_id in self.model.known
        found = known or self.pickpack.mode in {"current", "stale"}
        if found:
            self.model.asks(chat_id, order_id)
        else:
            self.model.awaits(chat_id, order_id)
        result = await self.follow_service.follow(self._asker(chat_id), order_id)
        assert (result.outcome == "following") == found, result

    async def stop(self, chat_id: int, order_id: str) -> None:
        await self.touch(chat_id)
        subscription, awaited = self.follow_service.find_in_chat(self._id(chat_id), order_id)
        line = self.model.lines[chat_id, order_id]
        assert (subscription is not None, awaited is not None) == (line.followed, line.awaited)
        if subscription is not None:
            await self.follow_service.stop(self._id(chat_id), subscription.id)
        if awaited is not None:
            await self.follow_service.stop_awaiting(self._id(chat_id), awaited.number)
        self.model.stops(chat_id, order_id)
        left = [row for row in self.unfinished() if row[:2] == (self._id(chat_id), order_id) and row[-1] == "open"]
        assert not [row for row in left if row[2] != "fold"], f"waits after stop: {left}"

    async def forget(self, chat_id: int) -> None:
        """`/forget`: the keyboards that are known go, and all that is stored."""
        await self.touch(chat_id)
        with_buttons = self.follow_service.card_messages(self._id(chat_id))
        await self.follow_service.forget(self._id(chat_id))
        self.model.forgets(chat_id, DEFAULT_LEVEL)
        for message_id in with_buttons:
            self.telegram.take_buttons(chat_id, message_id)

    async def press(self, chat_id: int, order_id: str, which: int, button: Button) -> None:
        """A person presses a button of a message that shows one, as far as can be seen: what the handlers do then."""
        pressable = [one for one in self.model.screens[chat_id].of(order_id) if one.has_buttons and not one.is_deleted]
        if not pressable:
            return
        await self.touch(chat_id)
        message = pressable[which % len(pressable)]
        subscription, _ = self.follow_service.find_in_chat(self._id(chat_id), order_id)
        if subscription is None:
            self.telegram.take_buttons(chat_id, message.number)
        elif subscription.notified_message_id != message.number:
            is_newer = message.number > (subscription.notified_message_id or 0)
            if await self.card_service.answer_old_keyboard(subscription, pressed=message.number):
                self.telegram.take_buttons(chat_id, message.number)
                if is_newer:
                    self.model.asks(chat_id, order_id)
        elif button == "refresh":
            await self.card_service.refresh(abs(chat_id), subscription, pressed=message.number)
        elif isinstance(button, Page):
            await self.card_service.show_page(subscription, button, pressed=message.number)
        else:
            await self.card_service.answer_receipt(abs(chat_id), subscription, button, pressed=message.number)

    async def delete_message(self, chat_id: int, order_id: str, which: int) -> None:
        """A person deletes one of the bot's messages."""
        there = [one for one in self.model.screens[chat_id].of(order_id) if not one.is_deleted]
        if there:
            there[which % len(there)].is_deleted = True

    async def move(self, chat_id: int, *, update: bool) -> None:
        """A group becomes a supergroup; with `update` Telegram says so before the next call does."""
        old, new = self.telegram.move(chat_id)
        if update:
            self.model.moved.add(chat_id)
            await self.follow_service.move(old, new)
            self.model.compare_pauses(self.silenced())

    async def set_level(self, chat_id: int, level: str) -> None:
        await self.touch(chat_id)
        self.model.sets_level(chat_id, level, self.believed())
        await self.follow_service.set_level(self._id(chat_id), Level(level))

    async def set_quiet_nights(self, chat_id: int, *, quiet: bool) -> None:
        await self.touch(chat_id)
        (self.model.quiet.add if quiet else self.model.quiet.discard)(chat_id)
        await self.follow_service.set_quiet_nights(self._id(chat_id), quiet)

    async def remind(self, chat_id: int, order_id: str) -> None:
        """The order has waited for long where it is, so that its follower is reminded."""
        subscription, _ = self.follow_service.find_in_chat(self._id(chat_id), order_id)
        status = self.believed().get(order_id)
        if subscription is not None and status == "WAITING_FOR_PICKUP":
            self.model.lines[chat_id, order_id].reminders = 1
            context = self.contexts.current()
            await self.database.write(
                lambda connection: put_kept(connection, subscription, context, Keep.REMINDER, status=status)
            )
            self.due.set()

    async def block(self, chat_id: int, *, update: bool) -> None:
        """A person blocks the bot; with `update` Telegram says so before the next message does."""
        self.telegram.blocked.add(chat_id)
        if update:
            await self._tell_of_moves(chat_id)
            await self.follow_service.pause(self._id(chat_id), "blocked")
            self.model.pauses(chat_id)

    async def touch(self, chat_id: int) -> None:
        """Whoever writes to the bot has unblocked it; a group that has moved is known to have by then."""
        self.telegram.blocked.discard(chat_id)
        await self._tell_of_moves(chat_id)
        self.model.comes_back(chat_id, self.clock.now())
        await self.follow_service.touch(self._asker(chat_id))

    async def _tell_of_moves(self, chat_id: int) -> None:
        """Telegram's update about a move comes before anything else that is said in the new group."""
        ids = [chat_id, *(one for one, known in self.telegram.aliases.items() if known == chat_id)]
        for old, new in pairwise(ids):
            if self.follow_service.chat(old) is not None:
                self.model.moved.add(chat_id)
                await self.follow_service.move(old, new)

    def _id(self, chat_id: int) -> int:
        return self.telegram.id_of(chat_id)

    def _asker(self, chat_id: int) -> Requester:
        kind = "private" if chat_id > 0 else "group"
        return Requester(self._id(chat_id), abs(chat_id), kind, message_id=5)

    # ── the end ──────────────────────────────────────────────────────────────

    async def come_to_rest(self) -> None:
        """Telegram is well again, nothing happens any more, and all that waits is sent."""
        self.telegram.script.clear()
        while self.telegram.waiting:
            self.telegram.land_all()
            await self.run_on()
        self.telegram.slow = False
        for chat_id in CHATS:
            await self.touch(chat_id)
        await self.wait(LONGEST_PAUSE)
        await self._send_all()

    async def learn_the_truth(self) -> None:
        """The API is well again, its cache has run out, and it is asked; of a disputed end once more, a day later."""
        for order_id in (KNOWN, LATER):
            await self.poll(order_id, "current", 0.0)
        await self._send_all()
        if disputed := self.disputed():
            await self.wait(DAY)
            for order_id in disputed:
                await self.poll(order_id, "current", 0.0)
            await self._send_all()

    def disputed(self) -> list[str]:
        """The orders that have ended by what was told, while the API shows that they go on: one of the two is late."""
        believed, truth = self.believed(), self.pickpack.truth
        return [one for one, status in believed.items() if status in FINAL and status != truth[one]]

    async def _send_all(self) -> None:
        for _ in range(60):
            await self.wait(5.0, hops=1)
            if not self.unfinished():
                return
