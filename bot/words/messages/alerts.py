"""Render what staff are alerted to: an alert with its buttons and, once somebody is done with it, whose work it was."""

from collections.abc import Iterator, Mapping

from bot.tracking.model import Notice
from bot.words.callbacks import PANEL_STUCK, CallbackAction, callback_button
from bot.words.fluent.catalog import LAST_RESORT
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, fit_message
from bot.words.messages.buttons import Row
from bot.words.messages.telegram_reasons import why
from bot.words.texts import Button, Text

_ALERTED_ORDER = "order"  # of an alert's `args`: the key of the order that its button opens
_NO_COURIER = "-"  # as it is kept where nobody is named
_STUCK_COUNT = "stuck"  # of a digest's: how many orders don't move


def alert_text(localizer: Localizer, notice: Notice, now: float) -> Text:
    """Render an alert; `now` is wall time. Its payload: `alert` (its key without `alert-`) and `args`.

    Once more has come of it also `done_by` (a name), `over_at` and `muted_until` (wall times).
    """
    args = notice.payload.get("args")
    values = {str(name): value for name, value in args.items()} if isinstance(args, Mapping) else {}
    order = values.pop(_ALERTED_ORDER, None)
    line = _line(localizer, str(notice.payload.get("alert", "")), alert_values(localizer, values, now))
    rows: list[Row] = []
    if order is not None:
        rows.append((_button(localizer, "button-check", CallbackAction.CHECK, order),))
    if values.get(_STUCK_COUNT):
        rows.append((_button(localizer, "button-panel-stuck", CallbackAction.PANEL, PANEL_STUCK),))
    lines = [line, *_state(localizer, notice.payload, now)]
    if notice.alert is not None and (presses := _presses(localizer, notice)):
        rows.append(presses)
    return Text(fit_message("\n".join(lines)), tuple(rows))


def alert_values(localizer: Localizer, values: Mapping[str, object], now: float) -> dict[str, object]:
    """Return what the message of an alert names, in the words of staff; alerts of before had less."""
    courier, reported = str(values.get("courier") or ""), str(values.get("reported") or "")
    return {
        **localizer.clocks(values, now=now),
        "named": courier not in {"", _NO_COURIER},
        "reported": localizer.status_phrase(reported),
        "times": values.get("times", 0),
        "cause": why(localizer, str(values.get("reason") or "")),
    }


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
    """Return what can still be pressed: what needs nobody any more can only be unmuted."""
    mute, unmute = ("button-mute", CallbackAction.MUTE_ALERT), ("button-unmute", CallbackAction.UNMUTE_ALERT)
    is_muted = "muted_until" in notice.payload
    needs_somebody = notice.payload.keys().isdisjoint({"done_by", "over_at"})
    pressed = [unmute if is_muted else mute] if is_muted or needs_somebody else []
    if needs_somebody:
        pressed.append(("button-done", CallbackAction.CLOSE_ALERT))
    return tuple(_button(localizer, key, action, notice.alert) for key, action in pressed)


def _state(localizer: Localizer, payload: Mapping[str, object], now: float) -> Iterator[Markup]:
    """Yield what has become of an alert since it was told."""
    if "done_by" in payload:
        name = str(payload["done_by"] or "")
        yield localizer.html("done-by", name=name, known=bool(name))
    for key, name in (("over-since", "over_at"), ("muted-until", "muted_until")):
        at = payload.get(name)
        if isinstance(at, int | float):
            yield localizer.html(key, time=localizer.clock(at, now=now))
