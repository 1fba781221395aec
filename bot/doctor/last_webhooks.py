"""Say when the service last heard a webhook, and why it did not take the last one that it refused."""

import sqlite3

from bot.doctor.database import is_empty, open_read_only
from bot.doctor.findings import Finding, ok, skipped, warn
from bot.doctor.running_service import RunningService
from bot.ingest.application import WEBHOOK_PATH
from bot.ingest.webhook_log import LastWebhooks, read_log
from bot.settings import DatabaseSettings, TelegramSettings, WebhookSettings

CHECK = "webhook"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
LONG = 3 * DAY  # a weekend without an order is nothing to worry about
IN_SETTINGS = "in Pick and Pack's settings, under webhooks"
REMEDIES = {
    "wrong-secret": f"{IN_SETTINGS}, write WEBHOOK_SECRET as the value of the header {{header}}"
    "; if that is so, it was somebody else",
    "other-account": "if that account is yours, set PICKPACK_HOSTNAME; if not, it was somebody else's",
    "malformed": f"{IN_SETTINGS}, choose the type ORDER_STATUS, and send its fields as they are, in JSON",
    "ignored": f"{IN_SETTINGS}, choose the type ORDER_STATUS for this address",
    "not-stored": "mend what is said of the database here and in the log; what was missed is asked for",
    "too-slow": "see whether the proxy at PUBLIC_URL passes bodies on at once; what was missed is asked for",
    "too-large": "see what else sends to this address: an event of Pick and Pack has less than 1 kB",
}
REMEDIES["mismapped"] = REMEDIES["malformed"]


def check_last_webhooks(
    webhook: WebhookSettings,
    database: DatabaseSettings,
    service: RunningService,
    telegram: TelegramSettings | None,
    now: float,
) -> list[Finding]:
    """Check what the service has noted of webhooks. `now` is wall time."""
    path = database.database_path
    try:
        if is_empty(path):
            return [ok(CHECK, "none yet: the service has not run")]
        if service.lock == "free" and not is_empty(path.with_name(f"{path.name}-wal")):
            return [skipped(CHECK, "the service was not ended in order, so that its last notes can't be read")]
        with open_read_only(path, running=service.lock == "held") as connection:
            last = read_log(connection)
    except (OSError, sqlite3.Error):
        return [skipped(CHECK, "the database can't be read")]
    return [_judge(last, webhook, telegram, now)]


def _judge(last: LastWebhooks, webhook: WebhookSettings, telegram: TelegramSettings | None, now: float) -> Finding:
    heard = "none heard yet" if last.taken_at is None else f"last heard {_ago(last.taken_at, now)}"
    if last.refused_at is not None:
        heard += f"; last one {_refused(last)} {_ago(last.refused_at, now)}: {last.reason}"
    if last.refused_at is not None and (last.taken_at is None or last.taken_at < last.refused_at):
        remedy = REMEDIES.get(last.result, "look at the log of that time")
        return warn(CHECK, heard, remedy.format(header=webhook.webhook_header))
    if last.taken_at is None:
        return warn(CHECK, heard, _enter_it(webhook, telegram))
    if now - last.taken_at > LONG:
        return warn(CHECK, heard, f"see whether it is switched on {IN_SETTINGS}, and look at the public address below")
    return ok(CHECK, heard)


def _refused(last: LastWebhooks) -> str:
    return "of no use" if last.result == "ignored" else "refused"


def _enter_it(webhook: WebhookSettings, telegram: TelegramSettings | None) -> str:
    address = (telegram and telegram.public_url) or "https://<your address>"
    header = f"the header {webhook.webhook_header} with WEBHOOK_SECRET"
    return f"{IN_SETTINGS}, add one of the type ORDER_STATUS: POST to {address}{WEBHOOK_PATH}, {header}"


def _ago(then: float, now: float) -> str:
    """Return a time span in the unit that it is said in: `3 s ago`, `2 h ago`."""
    seconds = max(0.0, now - then)
    for unit, name in ((DAY, "days"), (HOUR, "h"), (MINUTE, "min")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.0f} {name} ago"
    return f"{seconds:.0f} s ago"
