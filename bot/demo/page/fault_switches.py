"""Switch the faults of the demo's page on and off."""

from bot.simulators.pickpack.faults import PickPackFault
from bot.simulators.telegram.faults import ActiveTelegramFault, TelegramFault
from bot.simulators.world import SimulatedWorld

SWITCHES = ("lost", "repeated", "swapped", "api-down", "telegram-429", "telegram-403", "telegram-slow")
TELEGRAM_FAULTS = {
    "telegram-429": (TelegramFault.TOO_MANY, 5.0),
    "telegram-403": (TelegramFault.BLOCKED, 0.0),
    "telegram-slow": (TelegramFault.SLOW, 2.0),
}
METHODS = ("sendMessage", "editMessageText")


class FaultSwitches:
    """The switches of the page, all off at first."""

    def __init__(self, world: SimulatedWorld) -> None:
        self._world = world
        self._on = dict.fromkeys(SWITCHES, False)
        self._faults: dict[str, ActiveTelegramFault] = {}

    def states(self) -> dict[str, bool]:
        """Tell which are on; "swapped" goes off by itself once it has happened."""
        return self._on | {"swapped": self._world.pickpack.webhook.swap_next}

    def set(self, name: str, *, on: bool) -> None:
        """Turn a switch on or off. Raises LookupError if there is none of that name."""
        if name not in self._on:
            raise LookupError(name)
        self._on[name] = on
        webhook, faults = self._world.pickpack.webhook, self._world.pickpack.faults
        match name:
            case "lost":
                webhook.lose_share = 1.0 if on else 0.0
            case "repeated":
                webhook.copies = 3 if on else 1
            case "swapped":
                webhook.swap_next = on
            case "api-down":
                faults.off()
                if on:
                    faults.on(PickPackFault.STATUS_500)
            case _:
                self._set_telegram(name, on=on)

    def _set_telegram(self, name: str, *, on: bool) -> None:
        old = self._faults.pop(name, None)
        if old is not None:
            self._world.telegram.heal(old)
        if on:
            kind, seconds = TELEGRAM_FAULTS[name]
            self._faults[name] = self._world.telegram.fail(kind, methods=METHODS, seconds=seconds)
