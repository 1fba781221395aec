"""Check what a chat shows against a scenario's expectations."""

from collections.abc import Mapping

from bot.demo.scenario.steps import Expect
from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.state import ShownMessage
from bot.words.callbacks import CallbackAction, CallbackData


class ChatWatcher:
    """Remembers for each chat which messages the scenario has checked already. `chats` are ids by name."""

    def __init__(self, telegram: TelegramSimulator, chats: Mapping[str, int]) -> None:
        self._telegram = telegram
        self._chats = chats
        self._checked: dict[str, int] = {}

    def new_messages(self, chat: str) -> list[ShownMessage]:
        """Return the bot's messages that have not been checked yet, oldest first."""
        return [m for m in self._shown(chat) if m.message_id > self._checked.get(chat, 0)]

    def skip_to_end(self, chat: str) -> None:
        """Mark all messages so far as checked."""
        self._checked[chat] = max((m.message_id for m in self._shown(chat)), default=0)

    def living_card(self, chat: str) -> tuple[int, int]:
        """Return the newest message's id, and how often it was edited: a fold of an older one changes neither."""
        newest = self._shown(chat)[-1:]
        return next(((message.message_id, len(message.edits)) for message in newest), (0, 0))

    def count_changes(self, chat: str) -> int:
        """Count the bot's messages and edits."""
        return sum(1 + len(message.edits) for message in self._shown(chat))

    def newest_button(self, chat: str, action: CallbackAction) -> tuple[int, str] | None:
        """Find the newest button that does this; return its message id and data."""
        for message in reversed(self._shown(chat)):
            for row in message.buttons:
                for button in row:
                    if _does(button, action):
                        return message.message_id, str(button["callback_data"])
        return None

    def meets(self, wanted: Expect) -> bool:
        """Tell whether an expectation is met; if it is about one message, mark that one as checked."""
        if wanted.count is not None and len(self._shown(wanted.chat)) != wanted.count:
            return False
        if wanted.keyboards is not None and self._count_keyboards(wanted.chat) != wanted.keyboards:
            return False
        if any(text in shown for text in wanted.never for shown in self._all_texts(wanted.chat)):
            return False
        return not _is_about_one_message(wanted) or self._some_message_meets(wanted)

    def _some_message_meets(self, wanted: Expect) -> bool:
        candidates = self._shown(wanted.chat) if wanted.edited else self.new_messages(wanted.chat)
        found = next((message for message in candidates if _matches(message, wanted)), None)
        if found is not None:
            self._checked[wanted.chat] = max(found.message_id, self._checked.get(wanted.chat, 0))
        return found is not None

    def _shown(self, chat: str) -> list[ShownMessage]:
        return self._telegram.bot_messages(self._chats[chat])

    def _count_keyboards(self, chat: str) -> int:
        keyboards = ([button for row in message.buttons for button in row] for message in self._shown(chat))
        return sum(any("callback_data" in button for button in keyboard) for keyboard in keyboards)

    def _all_texts(self, chat: str) -> list[str]:
        return [text for m in self._shown(chat) for text in (m.text, *(edit.text for edit in m.edits))]


def _is_about_one_message(wanted: Expect) -> bool:
    about_content = wanted.contains or wanted.lacks or wanted.button or wanted.link or wanted.edited
    is_bare = wanted.count is None and wanted.keyboards is None and not wanted.never
    return bool(about_content) or wanted.silent is not None or is_bare


def _does(button: Json, action: CallbackAction) -> bool:
    callback = CallbackData.unpack(button.get("callback_data"))
    return callback is not None and callback.action is action


def _matches(message: ShownMessage, wanted: Expect) -> bool:
    buttons = [button for row in message.buttons for button in row]
    return (
        all(text in message.text for text in wanted.contains)
        and not any(text in message.text for text in wanted.lacks)
        and (wanted.button is None or any(_does(one, wanted.button) for one in buttons))
        and (wanted.link is None or any(wanted.link in button.get("url", "") for button in buttons))
        and wanted.silent in (None, message.silent)
        and (not wanted.edited or bool(message.edits))
    )
