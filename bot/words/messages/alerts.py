"""Render what staff are alerted to: an alert with its buttons and, once somebody is done with it, whose work it was."""

from collections.abc import Mapping

from bot.tracking.model import Notice
from bot.words.callbacks import PANEL_STUCK, CallbackAction, callback_button
from bot.words.fluent.catalog import LAST_RESORT
from bot.words.fluent.localizer import Localizer
from bot.words.fluent.times import clock_time
from bot.words.html.escaping import Markup, fit_message
from bot.words.messages.buttons import Row
from bot.words.texts import Button, Text

_ALERTED_ORDER = "order"  # of an alert's `args`: the key of the order that its button opens
_STUCK_COUNT = "stuck"  # of a digest's: how many orders don't move


def alert_text(localizer: Localizer, notice: Notice) -> Text:
    """Render an alert. Its payload: `alert` (its key without `alert-`) and `args`.

    Once more has come of it also one of `done_by` (a name), `over_at` and `muted_until` (wall times).
    """
    args = notice.payload.get("args")
    values = {str(name): value for name, value in args.items()} if isinstance(args, Mapping) else {}
    order = values.pop(_ALERTED_ORDER, None)
    line = _line(localizer, str(notice.payload.get("alert", "")), values)
    rows: list[Row] = []
    if order is not None:
        rows.append((_button(localizer, "button-check", CallbackAction.CHECK, order),))
    if values.get(_STUCK_COUNT):
        rows.append((_button(localizer, "button-panel-stuck", CallbackAction.PANEL, PANEL_STUCK),))
    state = _state(localizer, notice.payload)
    if state is not None:
        line = Markup(f"{line}\n{state}")
    if notice.alert is not None and notice.payload.keys().isdisjoint({"done_by", "over_at"}):
        rows.append(_presses(localizer, notice))
    return Text(fit_message(line), tuple(rows))


def _line(localizer: Localizer, alert: str, values: Mapping[str, object]) -> Markup:
    key = f"alert-{alert}"
    if not localizer.catalog.has(key):
        return localizer.html("alert-other", raw=alert)
    line = localizer.html(key, **values)
    if line == LAST_RESORT:  # an alert whose arguments don't fit its text must still be readable
        return localizer.html("alert-other", raw=f"{alert} {values}")
    return line


def _button(localizer: Localizer, key: str, action: CallbackAction, argument: object) -> Button:
    return callback_button(localizer.plain(key), action, argument)


def _presses(localizer: Localizer, notice: Notice) -> Row:
    key, action = ("button-mute", CallbackAction.MUTE_ALERT)
    if "muted_until" in notice.payload:
        key, action = ("button-unmute", CallbackAction.UNMUTE_ALERT)
    done = _button(localizer, "button-done", CallbackAction.CLOSE_ALERT, notice.alert)
    return (_button(localizer, key, action, notice.alert), done)


def _state(localizer: Localizer, payload: Mapping[str, object]) -> Markup | None:
    """Return what has become of an alert since it was told; None while that is nothing."""
    if "done_by" in payload:
        name = str(payload["done_by"] or "")
        return localizer.html("done-by", name=name, known=bool(name))
    for key, name in (("over-since", "over_at"), ("muted-until", "muted_until")):
        at = payload.get(name)
        if isinstance(at, int | float):
            return localizer.html(key, time=clock_time(at, localizer.locale, localizer.store.timezone, now=at))
    return None
