"""Implement the Bot API's methods about the bot itself and about chats: commands, descriptions, members."""

import json
import re

from bot.simulators.telegram.errors import Json, bad_request
from bot.simulators.telegram.html import utf16_length
from bot.simulators.telegram.parameters import Parameters
from bot.simulators.telegram.state import BotStatus, SimulatedChat, TelegramState

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}|")
MAX_COMMANDS = 100
MAX_TEXT_LENGTHS = {"name": 64, "description": 512, "short_description": 120}
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators", *CHAT_SCOPES})
ADMINISTRATORS = ("creator", "administrator")
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")

ScopeKey = tuple[str, int, int]


class ProfileMethods:
    """Holds the bot's commands by scope and language, its texts by language, and answers questions about chats."""

    def __init__(self, state: TelegramState) -> None:
        self._state = state
        self.commands: dict[tuple[ScopeKey, str], list[Json]] = {}
        self.texts: dict[tuple[str, str], str] = {}

    def get_me(self, _: Parameters) -> Json:
        """Handle getMe."""
        abilities = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return self._state.bot | abilities

    def set_my_commands(self, parameters: Parameters) -> bool:
        """Handle setMyCommands."""
        key = self._key(parameters)
        commands = parameters.json_value("commands") or []
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            _check_command(command)
        self.commands[key] = commands
        return True

    def get_my_commands(self, parameters: Parameters) -> list[Json]:
        """Handle getMyCommands: of exactly this scope and language."""
        return self.commands.get(self._key(parameters), [])

    def delete_my_commands(self, parameters: Parameters) -> bool:
        """Handle deleteMyCommands."""
        self.commands.pop(self._key(parameters), None)
        return True

    def shown_commands(self, chat_id: int, user_id: int, language: str) -> list[Json]:
        """Return the commands in a person's menu of a chat, by Telegram's order of scopes and languages."""
        for scope in self._scopes(chat_id, user_id):
            for code in (language[:2], ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    def set_text(self, parameters: Parameters, name: str) -> bool:
        """Handle setMyName, setMyDescription, setMyShortDescription."""
        text = parameters.text(name)
        if utf16_length(text) > MAX_TEXT_LENGTHS[name]:
            raise bad_request(f"{name.upper()}_TOO_LONG")
        self.texts[name, _language(parameters)] = text
        return True

    def get_text(self, parameters: Parameters, name: str) -> Json:
        """Handle getMyName and so on; the default language replaces a missing one."""
        fallback = self._state.bot["first_name"] if name == "name" else ""
        own = self.texts.get((name, _language(parameters)))
        return {name: own or self.texts.get((name, ""), fallback)}

    def get_chat(self, parameters: Parameters) -> Json:
        """Handle getChat."""
        chat = self._chat(parameters)
        full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}
        return self._state.chat_json(chat.id) | full

    def get_chat_member(self, parameters: Parameters) -> Json:
        """Handle getChatMember."""
        chat, user_id = self._chat(parameters), parameters.integer("user_id") or 0
        if user_id == self._state.bot["id"]:
            return member_json(self._state.bot, chat.bot_status.value)
        if user_id not in self._state.people:
            raise bad_request("PARTICIPANT_ID_INVALID" if chat.id < 0 else "member not found")
        known = "member" if chat.id == user_id else "left"
        return member_json(self._state.people[user_id].as_user(), chat.members.get(user_id, known))

    def get_chat_administrators(self, parameters: Parameters) -> list[Json]:
        """Handle getChatAdministrators."""
        chat = self._chat(parameters)
        if chat.kind == "private":
            raise bad_request("there are no administrators in the private chat")
        users = {user: status for user, status in chat.members.items() if status in ADMINISTRATORS}
        return [member_json(self._state.people[user].as_user(), status) for user, status in users.items()]

    def leave_chat(self, parameters: Parameters) -> bool:
        """Handle leaveChat."""
        chat = self._chat(parameters)
        if chat.kind == "private":
            raise bad_request("chat member status can't be changed in private chats")
        chat.bot_status = BotStatus.LEFT
        return True

    def _chat(self, parameters: Parameters) -> SimulatedChat:
        chat_id = parameters.chat_id()
        return self._state.chat(0 if chat_id is None else chat_id)

    def _key(self, parameters: Parameters) -> tuple[ScopeKey, str]:
        scope = parameters.json_value("scope") or {"type": "default"}
        kind = scope.get("type")
        if kind not in SCOPES:
            raise bad_request("unsupported BotCommandScope type specified")
        chat_id = int(scope.get("chat_id", 0))
        if kind in CHAT_SCOPES:
            self._state.chat(chat_id)
        return (kind, chat_id, int(scope.get("user_id", 0))), _language(parameters)

    def _scopes(self, chat_id: int, user_id: int) -> list[ScopeKey]:
        chat = self._state.chats[chat_id]
        if chat.kind == "private":
            return [("chat", chat_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
        administrator = chat.members.get(user_id) in ADMINISTRATORS
        own: list[ScopeKey] = [("chat_member", chat_id, user_id)]
        own += [("chat_administrators", chat_id, 0)] if administrator else []
        own += [("chat", chat_id, 0)]
        own += [("all_chat_administrators", 0, 0)] if administrator else []
        return [*own, ("all_group_chats", 0, 0), ("default", 0, 0)]


def member_json(user: Json, status: str) -> Json:
    """Build the API's ChatMember."""
    member: Json = {"user": user, "status": status}
    match status:
        case "administrator":
            return member | dict.fromkeys(RIGHTS, True)
        case "creator":
            return member | {"is_anonymous": False}
        case "kicked":
            return member | {"until_date": 0}
        case "restricted":
            return member | {"is_member": True, "until_date": 0} | dict.fromkeys(PERMISSIONS, False)
    return member


def _check_command(command: object) -> None:
    if not isinstance(command, dict) or not COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
        raise bad_request(f"BOT_COMMAND_INVALID: {json.dumps(command)}")
    if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _language(parameters: Parameters) -> str:
    code = parameters.text("language_code")
    if not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")  # two letters of ISO 639-1, no region
    return code
