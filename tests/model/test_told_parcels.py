"""The model's own rules about packages can be broken: one that nothing breaks would prove nothing."""

import pytest

from tests.model.told_parcels import ToldParcels

Card = tuple[dict[str, str], dict[str, str], float]  # what it shows of the packages, what it tells of them, when
FIRST_SHOWN: Card = ({"#1": "", "#2": ""}, {}, 0.0)


def delivered(*packages: str, at: float = 1.0) -> Card:
    return dict.fromkeys(packages, "DELIVERED"), dict.fromkeys(packages, "delivered"), at


def told(what: str, shown: str, at: float) -> Card:
    return {"#1": shown}, {"#1": what}, at


@pytest.mark.parametrize(
    ("cards", "was", "wrong"),
    [
        ([delivered("#1")], {"one": {"DELIVERED"}}, None),
        (
            [delivered("#1"), delivered("#2")],
            {"one": {"DELIVERED"}, "two": {"ASSIGNED"}},
            "more packages delivered than there are",
        ),
        ([delivered("#1"), delivered("#2")], {"one": {"DELIVERED"}, "two": {"DELIVERED"}}, None),
        ([delivered("#1"), delivered("#2")], {"one": {"DELIVERED", "NOT DELIVERED"}, "two": {"ASSIGNED"}}, None),
        ([delivered("id-one")], {"one": {"ASSIGNED"}}, "never true of this package"),
        ([delivered("#1"), delivered("#1")], {"one": {"DELIVERED"}}, "told of a package twice in a row"),
        ([({"#1": "DELIVERED"}, {}, 1.0), delivered("#1")], {"one": {"DELIVERED"}}, "told of a package twice in a row"),
        ([told("not-delivered", "", 1.0)], {"one": {"DELIVERED"}}, "an end taken back that was not told"),
        ([told("incident-solved", "", 1.0)], {"one": {"INCIDENT"}}, "solved what was no trouble"),
        (
            [delivered("#1"), told("not-delivered", "", 2000.0), delivered("#1", at=2100.0)],
            {"one": {"DELIVERED", "NOT DELIVERED"}},
            None,
        ),
        (
            [told("incident", "INCIDENT", 1.0), told("incident-solved", "", 2.0), told("incident", "INCIDENT", 602.0)],
            {"one": {"INCIDENT"}},
            None,
        ),
        (
            [told("incident", "INCIDENT", 1.0), told("incident-solved", "", 2.0), told("incident", "INCIDENT", 300.0)],
            {"one": {"INCIDENT"}},
            "a stream of messages",
        ),
    ],
)
def test_what_is_wrong_with_what_a_chat_was_told(
    cards: list[Card], was: dict[str, set[str]], wrong: str | None
) -> None:
    known, found = ToldParcels(), None
    for shown, news, at in [FIRST_SHOWN, *cards]:
        assert found is None, found
        found = next((one for package, what in news.items() if (one := known.judge(package, what, was, at))), None)
        known.card("ON_ROUTE", shown, news, at)
    assert wrong == found or (wrong is not None and found is not None and found.startswith(wrong))
