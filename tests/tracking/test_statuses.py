"""That one status has one name, however it is spelled."""

import pytest

from bot.tracking.statuses import SHIPMENT_ENDS, TABLE, TROUBLES, normalise

NAMES = sorted({*TABLE, *TROUBLES, *SHIPMENT_ENDS, "CREATED", "ASSIGNED", "PICKED", "TRANSFER"})
SPELLINGS = [
    str.lower,
    str.title,
    str.swapcase,
    lambda name: name.replace("_", "-").lower(),
    lambda name: name.replace("_", " ").capitalize(),
    lambda name: name.replace("_", "  "),
    lambda name: name.replace("_", "."),
    lambda name: name.replace("_", "").lower(),
    lambda name: name.title().replace("_", ""),
    lambda name: name[0].lower() + name.title().replace("_", "")[1:],
    lambda name: f" \u200b{name}\n",
    lambda name: f"'{name}'",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_known_status_is_known_in_any_spelling(name: str) -> None:
    assert {normalise(spell(name)) for spell in SPELLINGS} == {name}  # type: ignore[no-untyped-call] # lambdas


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("IDLE (Inactive)", "IDLE"),
        ("Inactive", "IDLE"),
        ("` Idle`", "IDLE"),
        ("CANCELLED", "CANCELED"),
        ("cancelled", "CANCELED"),
        ("Ready for invoicing", "READY_FOR_INVOICING"),
        ("ready-for-handling", "READY_FOR_HANDLING"),
        ("Beamed up", "BEAMED_UP"),
        ("beamed-up", "BEAMED_UP"),
        ("BeamedUp", "BEAMED_UP"),
        ("ON_ROUTE_AGAIN", "ON_ROUTE_AGAIN"),
        ("____", "____"),
    ],
)
def test_other_spellings_of_a_status(raw: str, name: str) -> None:
    assert (normalise(raw), normalise(name)) == (name, name)
