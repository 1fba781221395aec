"""What the owner has set for the talk with Telegram. Imports no aiogram: the service reads it before that is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

WEBHOOK_PATH = "/webhooks/telegram"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramConfig:
    """The settings by the names that they have in the environment, as far as this part of the bot reads them."""

    token: str = field(repr=False)
    api_url: str
    updates: Literal["polling", "webhook"]
    public_url: str | None
    staff_ids: frozenset[int]
    admins: frozenset[int]
    link_secrets: Sequence[str] = field(repr=False)
    by_link_only: bool
    keep_days: int
    makes_backups: bool

    @property
    def webhook_url(self) -> str | None:
        """Where Telegram posts updates to; None where they are asked for."""
        return f"{self.public_url}{WEBHOOK_PATH}" if self.updates == "webhook" else None
