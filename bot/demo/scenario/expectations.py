"""What a chat shows against what a scenario expects of it."""

from collections.abc import Mapping

from bot.demo.scenario.steps import Expect
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.state import ShownMessage


class Watching:
    """Remembers, chat by chat, up to which message the scenario has looked. `chats` are ids by name."""

    def __init__(self, telegram: TelegramSimulator, chats: Mapping[str, int]) -> None:
        self._telegram = telegram
        self._chats = chats
        self._looked: dict[str, int] = {}

    def news(self, chat: str) -> list[ShownMessage]:
        """The bot's messages that nobody has looked at yet, oldest first."""
        return [m for m in self._shown(chat) if m.message_id > self._looked.get(chat, 0)]

    def take_all(self, chat: str) -> None:
        """Everything that is there now has been looked at."""
        self._looked[chat] = max((m.message_id for m in self._shown(chat)), default=0)

    def size(self, chat: str) -> int:
        """How many messages and edits of the bot there are."""
        return sum(1 + len(message.edits) for message in self._shown(chat))

    def newest_button(self, chat: str, label: str) -> tuple[int, str] | None:
        """Message id and data of the newest button whose label holds the text."""
        for message in reversed(self._shown(chat)):
            for row in message.buttons:
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return message.message_id, str(button["callback_data"])
        return None

    def meets(self, wanted: Expect) -> bool:
        """True when all of it is so; then the message that it was said of has been looked at."""
        if wanted.count is not None and len(self._shown(wanted.chat)) != wanted.count:
            return False
        if any(text in shown for text in wanted.never for shown in self._ever(wanted.chat)):
            return False
        return not _of_a_message(wanted) or self._meets_in_one(wanted)

    def _meets_in_one(self, wanted: Expect) -> bool:
        possible = self._shown(wanted.chat) if wanted.edited else self.news(wanted.chat)
        found = next((message for message in possible if _fits(message, wanted)), None)
        if found is not None:
            self._looked[wanted.chat] = max(found.message_id, self._looked.get(wanted.chat, 0))
        return found is not None

    def _shown(self, chat: str) -> list[ShownMessage]:
        return self._telegram.bot_messages(self._chats[chat])

    def _ever(self, chat: str) -> list[str]:
        return [text for m in self._shown(chat) for text in (m.text, *(edit.text for edit in m.edits))]


def _of_a_message(wanted: Expect) -> bool:
    said_of_one = wanted.contains or wanted.lacks or wanted.button or wanted.link or wanted.edited
    nothing_said = wanted.count is None and not wanted.never
    return bool(said_of_one) or wanted.silent is not None or nothing_said


def _fits(message: ShownMessage, wanted: Expect) -> bool:
    buttons = [button for row in message.buttons for button in row]
    return (
        all(text in message.text for text in wanted.contains)
        and not any(text in message.text for text in wanted.lacks)
        and (wanted.button is None or any(wanted.button in button["text"] for button in buttons))
        and (wanted.link is None or any(wanted.link in button.get("url", "") for button in buttons))
        and wanted.silent in (None, message.silent)
        and (not wanted.edited or bool(message.edits))
    )
