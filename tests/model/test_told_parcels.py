"""The model's own rules about packages can be broken: one that nothing breaks would prove nothing.

Each is red too where the product is broken so: "more packages delivered" where `service_identity` pairs services that
nothing tells apart by their place in the list.
"""

import pytest

from tests.model.parcels import ToldParcels

NOTHING_WRONG = None


@pytest.mark.parametrize(
    ("told", "was", "wrong"),
    [
        ([("parcel-delivered", "#1")], {"one": {"DELIVERED"}}, NOTHING_WRONG),
        (
            [("parcel-delivered", "#1"), ("parcel-delivered", "#2")],
            {"one": {"DELIVERED"}, "two": {"ASSIGNED"}},
            "more packages delivered than there are",
        ),
        (
            [("parcel-delivered", "#1"), ("parcel-delivered", "#2")],
            {"one": {"DELIVERED"}, "two": {"DELIVERED"}},
            NOTHING_WRONG,
        ),
        (
            [("parcel-delivered", "#1"), ("parcel-delivered", "#2")],
            {"one": {"DELIVERED", "NOT DELIVERED"}, "two": {"ASSIGNED"}},
            NOTHING_WRONG,
        ),
        ([("parcel-delivered", "id-one")], {"one": {"ASSIGNED"}}, "never true of this package"),
        ([("parcel-delivered", "#1")] * 2, {"one": {"DELIVERED"}}, "told of a package twice in a row"),
        ([("assigned", "#1"), ("parcel-mistaken", "#1")], {"one": {"ASSIGNED"}}, "an end taken back that was not told"),
        (
            [("parcel-delivered", "#1"), ("parcel-mistaken", "#1"), ("parcel-delivered", "#1")],
            {"one": {"DELIVERED", "NOT DELIVERED", "ASSIGNED"}},
            NOTHING_WRONG,
        ),
        (
            [("parcel-delivered", "#1"), ("incident", "#1"), ("parcel-delivered", "#1")],
            {"one": {"DELIVERED", "NOT DELIVERED", "INCIDENT"}},
            NOTHING_WRONG,
        ),
        (
            [("hold", "#1"), ("parcel-delivered", "#1"), ("parcel-mistaken", "#1"), ("hold", "#1")],
            {"one": {"ON_HOLD", "DELIVERED", "NOT DELIVERED", "ASSIGNED"}},
            NOTHING_WRONG,
        ),
        (
            [("hold", "#1"), ("parcel-delivered", "#1"), ("hold", "#1")],
            {"one": {"ON_HOLD", "DELIVERED", "NOT DELIVERED", "ASSIGNED"}},
            "told of a package twice in a row",
        ),
    ],
)
def test_what_is_wrong_with_what_a_chat_was_told(
    told: list[tuple[str, str]], was: dict[str, set[str]], wrong: str | None
) -> None:
    known = ToldParcels()
    *before, last = told
    for kind, package in before:
        assert known.message(kind, package, was) is NOTHING_WRONG
    assert known.message(*last, was) == wrong
