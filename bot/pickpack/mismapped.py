"""Guess whether a webhook that can't be read was meant as an order's event, so that its sender is told what to change.

A store's admin sets up by hand which fields are sent, and other systems of VTEX send other shapes: everything inside of
`data`, `order_id`, the Orders hook's `{"OrderId", "State"}`. Guessed is only that; nothing of it moves an order.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from bot.pickpack import values
from bot.pickpack.values import fold_name
from bot.tracking.statuses import TABLE, normalise

EXPECTED = 'expected is one JSON object with the strings "orderId", "oldStatus", "newStatus" and "hostname"'
OTHER_IDS = frozenset({"worksheetid", "returnid"})
ORDER_STATUS = "ORDER_STATUS"

_DEEPEST = 4
_MOST_FIELDS = 60
_SHOWN_FIELDS, _SHOWN_LENGTH = 12, 40
_ORDER = frozenset({"order", "pedido", "orden"})
_ORDER_IDS = _ORDER | {
    "orderid", "idorder", "ordernumber", "orderno", "ordernum", "ordercode", "orderref", "pedidoid", "idpedido",
    "numeropedido", "numerodepedido", "ordenid", "idorden",
}  # fmt: skip
_IDS = frozenset({"id", "number", "code", "numero", "value"})  # inside of an object called `order`
_STATUSES = frozenset(
    f"{kind}{word}"
    for word in ("status", "state", "estado")
    for kind in ("new", "old", "order", "fulfillment", "current", "last", "previous", "to", "from", "nuevo", "novo")
) | {"statusnew", "statusold", "ordernewstatus", "orderoldstatus", "estadonuevo", "estadoanterior"}
_PERHAPS_STATUSES = frozenset({"status", "state", "estado", "new", "to", "situacao"})  # if the value is one
_NAMES_OF_STATUS = frozenset({"name", "code", "value", "id"})  # inside of an object called `status`
_ACCOUNTS = frozenset({"hostname", "host", "account", "accountname"})
_KINDS = frozenset({"type", "event", "kind", "topic", "eventtype"})
_OTHER_KINDS = frozenset({"INVOICING", "WORKSHEET_STATUS", "RETURN_STATUS", "WORKSHEET", "RETURN"})
_FORM = re.compile(rb"\s*[\w.%\[\]-]{1,80}=")


def fields_of_order_event(value: Any) -> str | None:
    """Return the names of the fields, if an order's id and a status can be guessed among them; else None.

    `oldStatus` alone, where it belongs, is an event that lacks a field, and none with other names.
    """
    found = list(_leaves(_without_old_status(values.opened(value)), (), _DEEPEST))[:_MOST_FIELDS]
    if any(_tells_another_kind(path[-1], one) for path, one in found if path):
        return None
    has_id = any(_is_order_id(path) and _says_something(one) for path, one in found)
    names = {path[-1] for path, _ in found if path}
    is_orders_hook = {"domain", "orderid", "state"} <= names
    if has_id and (is_orders_hook or any(_is_status(path, one) for path, one in found if path)):
        return _shown(value)
    return None


def names_account_otherwise(event: dict[str, Any]) -> bool:
    """Return whether the account is there, under another name than `hostname`."""
    return "hostname" not in event and not _ACCOUNTS.isdisjoint(map(fold_name, event))


def is_of_another_shape(event: dict[str, Any]) -> bool:
    """Return whether the account is missing, or a field where it belongs holds a number, a list or an object."""
    given = [event[name] for name in ("orderId", "oldStatus", "newStatus", "hostname") if name in event]
    return "hostname" not in event or any(not isinstance(one, str) and not values.is_empty(one) for one in given)


def _without_old_status(value: Any) -> Any:
    return {name: one for name, one in value.items() if name != "oldStatus"} if isinstance(value, dict) else value


def form_fields(body: bytes) -> dict[str, str] | None:
    """Return the fields of a form, where the body is one."""
    if not _FORM.match(body):
        return None
    try:
        return dict(parse_qsl(body.decode("ascii", "replace"), max_num_fields=_MOST_FIELDS))
    except ValueError:  # more fields than that
        return None


def _leaves(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each plain value with the folded names that lead to it."""
    if isinstance(value, dict | list) and depth:
        named = value.items() if isinstance(value, dict) else (("", entry) for entry in value[:2])
        for name, inner in named:
            further = (*path, fold_name(name)) if name else path
            yield from _leaves(values.opened(inner), further, depth - 1)
    elif path:
        yield path, value


def _tells_another_kind(name: str, value: Any) -> bool:
    if name in OTHER_IDS:
        return not values.is_empty(value)
    return name in _KINDS and isinstance(value, str) and normalise(value) in _OTHER_KINDS


def _is_order_id(path: tuple[str, ...]) -> bool:
    return path[-1] in _ORDER_IDS or (path[-1] in _IDS and path[-2:-1] != () and path[-2] in _ORDER_IDS)


def _is_status(path: tuple[str, ...], value: Any) -> bool:
    if not isinstance(value, str) or not _says_something(value):
        return False
    name = path[-2] if len(path) > 1 and path[-1] in _NAMES_OF_STATUS else path[-1]
    return name in _STATUSES or (name in _PERHAPS_STATUSES and normalise(value[:200]) in TABLE)


def _says_something(value: Any) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, str) and value.strip() != "")


def _shown(value: Any) -> str:
    """Return the names as they were written; never a value, and no sign that could be misread in a message."""
    names = list(dict.fromkeys(_written(values.opened(value), "", _DEEPEST)))
    short = [re.sub(r"[^\w.\[\]$-]", "?", name)[:_SHOWN_LENGTH] for name in names[:_SHOWN_FIELDS]]
    return ", ".join(short) + (", …" if len(names) > _SHOWN_FIELDS else "")


def _written(value: Any, before: str, depth: int) -> Iterator[str]:
    if isinstance(value, list) and depth:
        for entry in value[:2]:
            yield from _written(values.opened(entry), f"{before}[]", depth - 1)
    elif isinstance(value, dict) and value and depth:
        for name, inner in list(value.items())[:_MOST_FIELDS]:
            yield from _written(values.opened(inner), f"{before}.{name}" if before else name, depth - 1)
    elif before:
        yield before
