"""The buttons below a message about an order: at most one stands out, the rest is behind More."""

from collections.abc import Iterable

from bot.tracking.card_content import Page
from bot.tracking.model import Order, Receipt
from bot.tracking.statuses import DELIVERED, WAITING_FOR_PICKUP
from bot.words.callbacks import CallbackAction, callback_button
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import clean, truncate
from bot.words.limits import BUTTON_LABEL_UNITS, COPY_TEXT_CHARACTERS
from bot.words.messages.card_context import CardContext
from bot.words.messages.packages import Package
from bot.words.texts import Button, ButtonKind, ButtonStyle

Row = tuple[Button, ...]
Rows = tuple[Row, ...]
_MOST_TRACKED = 4  # two rows of them
_A_ROW = 2


def card_buttons(context: CardContext, share_payload: str | None) -> Rows:
    """Return the rows of a card's keyboard. `share_payload`: of a link that lets somebody else follow the order."""
    if context.is_over:
        return _rows(*_final_rows(context))
    if context.content.page is Page.MORE and context.subscription is not None:
        return _more_rows(context, share_payload)
    return _rows(*_best_rows(context), _last_row(context))


def track_buttons(localizer: Localizer, packages: Iterable[Package]) -> Rows:
    """Return the buttons that lead to the couriers' pages, two a row."""
    tracked = [_track_button(localizer, one, one.link) for one in packages if one.link][:_MOST_TRACKED]
    return _in_rows(tracked)


def contact_buttons(localizer: Localizer) -> Rows:
    """Return the row of the button that leads to the store; no row if the store has no contact address."""
    return _rows(_contact(localizer))


def map_buttons(localizer: Localizer) -> Rows:
    """Return the row of the button that shows where every order is picked up; no row if the store has no map."""
    page = localizer.store.map_page
    return ((Button(localizer.plain("button-map"), ButtonKind.URL, page),),) if page else ()


def button_label(*names: str | None) -> str:
    """Return the first name that is visible, as long as a phone shows it; else a dash.

    People may name orders with invisible characters, and Telegram refuses a button without a label.
    """
    labels = (truncate(clean(name), BUTTON_LABEL_UNITS) for name in names if name)
    return next(filter(None, labels), "–")


# ── the card ─────────────────────────────────────────────────────────────────


def _best_rows(context: CardContext) -> Rows:
    """Return what helps most now: the couriers' pages, the map, or the store."""
    tracked = [one for row in track_buttons(context.localizer, context.open_packages) for one in row]
    if tracked:
        return _in_rows([_primary(tracked[0]), *tracked[1:]])
    is_there = context.status == WAITING_FOR_PICKUP and not context.packages_end
    page = context.localizer.store.map_page if is_there else None
    contact = _contact(context.localizer, ButtonStyle.PRIMARY) if _needs_the_store(context) else ()
    if page and not (contact and context.pickup_doubt):
        return ((_url(context, "button-map", page, ButtonStyle.PRIMARY),),)
    return ((*contact, *((_url(context, "button-map", page),) if page else ())),)


def _last_row(context: CardContext) -> Row:
    if context.subscription is None:
        return (*_copy(context), *_contact(context.localizer))
    beside = _needs_the_store(context) and any(one.link for one in context.open_packages)
    contact = _contact(context.localizer) if beside else ()
    return (*contact, _press(context, "button-more", CallbackAction.MORE))


def _needs_the_store(context: CardContext) -> bool:
    went_back = any(one.how_it_stands == "returned" for one in context.packages)
    at_its_end = bool(context.packages_end or context.pickup_doubt)
    return bool(context.trouble) or went_back or at_its_end or context.content.lead.late


def _final_rows(context: CardContext) -> Rows:
    if context.status != DELIVERED:
        return (_contact(context.localizer, ButtonStyle.PRIMARY), _copy(context))
    if context.receipt is Receipt.MISSING:
        found = _press(context, "button-found", CallbackAction.FOUND)
        return (_contact(context.localizer, ButtonStyle.PRIMARY), (found,))
    if context.receipt is not None or context.subscription is None:
        return (_contact(context.localizer),)
    good = _press(context, "button-all-good", CallbackAction.ALL_GOOD, ButtonStyle.SUCCESS)
    return ((good, _press(context, "button-missing", CallbackAction.MISSING)),)


def _more_rows(context: CardContext, share_payload: str | None) -> Rows:
    own = [_press(context, "button-refresh", CallbackAction.REFRESH), *_copy(context)]
    if context.is_private:
        own.append(_press(context, "button-name", CallbackAction.NAME))
    if share_payload:
        own.append(Button(context.localizer.plain("button-share"), ButtonKind.SHARE, share_payload))
    own += [*_contact(context.localizer), _press(context, "button-settings", CallbackAction.SETTINGS)]
    own.append(_press(context, "button-stop", CallbackAction.STOP, ButtonStyle.DANGER))
    # in a row of its own: whoever only wants to go back must not stop by mistake
    return (*_in_rows(own), (_press(context, "button-back", CallbackAction.BACK),))


# ── single buttons ───────────────────────────────────────────────────────────


def _press(context: CardContext, key: str, action: CallbackAction, style: ButtonStyle | None = None) -> Button:
    own = context.subscription.id if context.subscription else ""
    return callback_button(context.localizer.plain(key), action, own, style=style)


def _url(context: CardContext, key: str, url: str, style: ButtonStyle | None = None) -> Button:
    return Button(context.localizer.plain(key), ButtonKind.URL, url, style)


def _track_button(localizer: Localizer, package: Package, link: str) -> Button:
    key = "button-track" if package.total == 1 else "button-track-package"
    return Button(button_label(localizer.plain(key, n=package.n)), ButtonKind.URL, link)


def _copy(context: CardContext) -> Row:
    return copy_button(context.localizer, context.order)


def copy_button(localizer: Localizer, order: Order) -> Row:
    """Return the button that copies the order's number, if Telegram can copy it."""
    if not 0 < len(order.order_id) <= COPY_TEXT_CHARACTERS:
        return ()
    return (Button(localizer.plain("button-copy"), ButtonKind.COPY, order.order_id),)


def _contact(localizer: Localizer, style: ButtonStyle | None = None) -> Row:
    url = localizer.store.contact_page
    return (Button(localizer.plain("button-contact"), ButtonKind.URL, url, style),) if url else ()


def _primary(button: Button) -> Button:
    return Button(button.label, button.kind, button.value, ButtonStyle.PRIMARY)


def _in_rows(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[n : n + _A_ROW]) for n in range(0, len(buttons), _A_ROW))


def _rows(*rows: Row) -> Rows:
    return tuple(row for row in rows if row)
