"""The model's own rules about packages can be broken: one that nothing breaks would prove nothing.

Each is red too where the product is broken so: "more packages delivered" where `service_identity` pairs services that
nothing tells apart by their place in the list.
"""

import pytest

from tests.model.parcels import MOST_IN_STREAM, ToldParcels

NOTHING_WRONG = None
TO_AND_FRO = {"one": {"DELIVERED", "NOT DELIVERED", "INCIDENT", "ASSIGNED"}}


@pytest.mark.parametrize(
    ("told", "was", "wrong"),
    [
        ([("delivered", "#1")], {"one": {"DELIVERED"}}, NOTHING_WRONG),
        (
            [("delivered", "#1"), ("delivered", "#2")],
            {"one": {"DELIVERED"}, "two": {"ASSIGNED"}},
            "more packages delivered than there are",
        ),
        ([("delivered", "#1"), ("delivered", "#2")], {"one": {"DELIVERED"}, "two": {"DELIVERED"}}, NOTHING_WRONG),
        (
            [("delivered", "#1"), ("delivered", "#2")],
            {"one": {"DELIVERED", "NOT DELIVERED"}, "two": {"ASSIGNED"}},
            NOTHING_WRONG,
        ),
        ([("delivered", "id-one")], {"one": {"ASSIGNED"}}, "never true of this package"),
        ([("delivered", "#1")] * 2, {"one": {"DELIVERED"}}, "told of a package twice in a row"),
        (
            [("returned", "#1"), ("not-delivered", "#1")],
            {"one": {"RETURNED", "ASSIGNED"}},
            "not-delivered after returned",
        ),
        ([("delivered", "#1"), ("not-delivered", "#1"), ("delivered", "#1")], TO_AND_FRO, NOTHING_WRONG),
        ([("hold", "#1"), ("incident-solved", "#1")], {"one": {"ON_HOLD", "INCIDENT"}}, "incident-solved after hold"),
        (
            [*[("incident", "#1"), ("incident-solved", "#1")] * MOST_IN_STREAM, ("incident", "#1")],
            TO_AND_FRO,
            "a stream of news about a package",
        ),
    ],
)
def test_what_is_wrong_with_what_a_chat_was_told(
    told: list[tuple[str, str]], was: dict[str, set[str]], wrong: str | None
) -> None:
    known = ToldParcels()
    *before, last = told
    for kind, package in before:
        assert known.news(kind, package, was, now=1.0) is NOTHING_WRONG
    assert known.news(*last, was, now=1.0) == wrong
