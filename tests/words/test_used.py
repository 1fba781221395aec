"""Every message of the catalog is used: an unused one costs translators work, and hides that something is not said."""

from pathlib import Path

import bot
from bot.telegram.menus import GROUP, SHOPPER, STAFF
from bot.telegram.overview_pages import COUNTS, DELAYS
from bot.tracking.lead import News
from bot.tracking.model import Level, Receipt
from bot.tracking.shipping import PackagesEnd
from bot.tracking.statuses import TABLE, Stage
from bot.tracking.timeline import What
from bot.transactions.alerting import Alert
from bot.words.fluent.emoji import headline_key, past_key, state_key
from bot.words.fluent.files import default_folder, entries, read_files

CODE = Path(bot.__file__).parent
OUTSIDE_THE_PRODUCT = {"demo", "simulators"}
STATUSES = [*TABLE, "UNKNOWN_STATUS"]
TROUBLES = (News.INCIDENT, News.HOLD)
WITH_NEXT_STEP = list(Stage)[: list(Stage).index(Stage.DELIVERED)]
HEADLINES = (
    {headline_key(status) for status in STATUSES}
    | {"headline-collected", "headline-missing", "headline-uncollected", "headline-reminder", "headline-partly-there"}
    | {"headline-unreported"}
    | {"headline-package-delivered", "headline-package-returned"}
    | {f"headline-{end}" for end in PackagesEnd}
    | {f"headline-{trouble}" for trouble in TROUBLES}
)
# keys that the code composes, by their prefix; any other key is written out where it is used
COMPOSED = {
    "all-": {f"all-{end}" for end in PackagesEnd},
    "alert-": {f"alert-{alert}" for alert in Alert} | {"alert-other"},
    "cmd-": {f"cmd-{command}" for command in (*SHOPPER, *GROUP, *STAFF)},
    "following-": {f"following-{level.value}" for level in Level} | {"following-left"},
    "headline-": HEADLINES,
    "level-name-": {f"level-name-{level.value}" for level in Level},
    "news-": {f"news-{news}" for news in News if news not in TROUBLES},
    "past-": {past_key(status) for status in STATUSES}
    | {"past-collected", "past-package-there"}
    | {f"past-package-{what}" for what in What if what is not What.STATUS},
    "receipt-": {f"receipt-{receipt}" for receipt in Receipt if receipt is not Receipt.CLOSED},
    "short-": {key.replace("headline-", "short-") for key in HEADLINES},
    "state-": {state_key(status) for status in STATUSES} | {"state-collected"},
    "stats-name-": {f"stats-name-{name.replace('_', '-')}" for name in (*COUNTS, *DELAYS)},
    "step-": {f"step-{stage}" for stage in WITH_NEXT_STEP} | {"step-trouble"},
    "trouble-": {f"trouble-{trouble}" for trouble in TROUBLES},
}


def catalog_keys() -> set[str]:
    return {entry.id.name for file in read_files(default_folder(), "en") for entry in entries(file)}


def product_code() -> str:
    return "".join(file.read_text() for file in CODE.rglob("*.py") if not OUTSIDE_THE_PRODUCT & {*file.parts})


def test_every_message_is_used_in_the_code() -> None:
    code = product_code()
    assert {key for key in catalog_keys() if f'"{key}"' not in code and not key.startswith(tuple(COMPOSED))} == set()


def test_composed_keys_have_a_message_and_their_messages_are_used() -> None:
    keys = catalog_keys()
    for prefix, composed in COMPOSED.items():
        assert {key for key in keys if key.startswith(prefix)} == composed
