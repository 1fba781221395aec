"""Build the errors of the simulated Bot API: an HTTP status, Telegram's own words, and sometimes parameters."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Notify = Callable[[str, Any], None]  # gets an event's kind, and a message, a call or plain values

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class ApiError(Exception):
    """An error response. `code` is the HTTP status, `description` Telegram's text, `parameters` what some add."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """Return the JSON body of the response."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body if self.parameters is None else {**body, "parameters": self.parameters}


def bad_request(text: str) -> ApiError:
    """Make a 400 with Telegram's usual prefix."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """Make a 403 with Telegram's usual prefix."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """Make a 409 with Telegram's usual prefix."""
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(seconds: int) -> ApiError:
    """Make a 429: no call before `seconds` are over."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def upgraded(chat_id: int) -> ApiError:
    """Make a 400: the group has become the supergroup `chat_id`."""
    error = bad_request("group chat was upgraded to a supergroup chat")
    error.parameters = {"migrate_to_chat_id": chat_id}
    return error
