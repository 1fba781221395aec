"""The buttons below a message about an order."""

from collections.abc import Iterable

from bot.tracking.model import Order, Subscription
from bot.tracking.statuses import look_up
from bot.words.callbacks import CallbackAction, callback_button
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import clean, truncate
from bot.words.limits import BUTTON_LABEL_UNITS, COPY_TEXT_CHARACTERS
from bot.words.messages.packages import Package
from bot.words.texts import Button, ButtonKind

Rows = tuple[tuple[Button, ...], ...]


def order_buttons(
    localizer: Localizer,
    order: Order,
    subscription: Subscription | None,
    *,
    status: str,
    packages: Iterable[Package] = (),
) -> Rows:
    """Return rows of buttons: each courier's page; copy and contact; refresh and stop unless the order is finished."""
    tracking = track_buttons(localizer, packages)
    general = (*_copy_button(localizer, order), *_contact_button(localizer))
    own = _subscription_buttons(localizer, subscription) if subscription and not look_up(status).final else ()
    return tuple(row for row in (*tracking, general, own) if row)


def track_buttons(localizer: Localizer, packages: Iterable[Package]) -> Rows:
    """Return a row for each courier's page."""
    return tuple((_track_button(localizer, package, package.link),) for package in packages if package.link)


def contact_buttons(localizer: Localizer) -> Rows:
    """Return the row of the button that leads to the store; no row if the store has no contact address."""
    row = _contact_button(localizer)
    return (row,) if row else ()


def button_label(*names: str | None) -> str:
    """Return the first name that is visible, as long as a phone shows it; else a dash.

    People may name orders with invisible characters, and Telegram refuses a button without a label.
    """
    labels = (truncate(clean(name), BUTTON_LABEL_UNITS) for name in names if name)
    return next(filter(None, labels), "–")


def _track_button(localizer: Localizer, package: Package, link: str) -> Button:
    if package.total == 1:
        label = localizer.plain("button-track")
    else:
        courier = package.shipment.courier
        label = localizer.plain("button-track-package", n=package.n, courier=courier, known=bool(courier))
    return Button(button_label(label), ButtonKind.URL, link)


def _copy_button(localizer: Localizer, order: Order) -> tuple[Button, ...]:
    if not 0 < len(order.order_id) <= COPY_TEXT_CHARACTERS:
        return ()
    return (Button(localizer.plain("button-copy"), ButtonKind.COPY, order.order_id),)


def _contact_button(localizer: Localizer) -> tuple[Button, ...]:
    url = localizer.store.contact_page
    return (Button(localizer.plain("button-contact"), ButtonKind.URL, url),) if url else ()


def _subscription_buttons(localizer: Localizer, subscription: Subscription) -> tuple[Button, ...]:
    return (
        callback_button(localizer.plain("button-refresh"), CallbackAction.REFRESH, subscription.id),
        callback_button(localizer.plain("button-stop"), CallbackAction.STOP, subscription.id),
    )
