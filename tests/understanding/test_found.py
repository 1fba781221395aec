"""What the finder gives besides numbers: payloads of start links, hidden links, reasons; and its bounds."""

import time

import pytest

from bot.understanding.found import Link, links_of
from bot.understanding.masking import masked
from bot.understanding.numbers import MOST_FOUND, find, order_arguments

LONG, OTHER = "1509750516095-01", "1509750516096-01"
SIGNATURE = "JGa6e7sIQcld3Zu6n9BspA"


# ── links ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said",
    [
        "https://t.me/StoreBot?start={}",
        "t.me/StoreBot?start={}",
        "tg://resolve?domain=StoreBot&start={}",
        "look: https://telegram.me/StoreBot/?start={}&x=1",
        "https://t.me/share/url?url=https%3A%2F%2Ft.me%2FStoreBot%3Fstart%3D{}",
        "/start {}",
        "{}",
    ],
)
def test_a_signed_link_is_handed_on_as_a_payload_and_names_its_order(said: str) -> None:
    found = find(said.format(LONG + SIGNATURE))
    assert found.payloads == (LONG + SIGNATURE,)
    assert found.numbers == (LONG,)


def test_a_signed_link_of_an_id_in_base64_names_it_too() -> None:
    found = find(f"https://t.me/StoreBot?start=_MTUwOTc1MDUxNjA5NS0wMQ{SIGNATURE}")
    assert found.payloads == (f"_MTUwOTc1MDUxNjA5NS0wMQ{SIGNATURE}",)
    assert found.numbers == (LONG,)


def test_a_signed_link_of_what_nobody_can_read_is_a_payload_only() -> None:
    found = find(f"https://t.me/StoreBot?start=_!!!!{SIGNATURE}")
    assert found.numbers == ()


def test_links_behind_words_stand_where_their_words_do() -> None:
    text = "🛒 first, second"
    entities = [
        {"type": "text_link", "offset": 3, "length": 5, "url": f"https://shop.example.com/orders/{LONG}"},
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "text_link", "offset": 10, "length": 6, "url": f"https://shop.example.com/orders/{OTHER}"},
    ]
    links = links_of(text, entities)
    assert [text[link.start : link.end] for link in links] == ["first", "second"]
    assert find(text, links).numbers == (LONG, OTHER)
    assert find(f"{OTHER} x", [Link(f"https://x.example.com/orders/{LONG}", 0, 1)]).numbers[0] == LONG


@pytest.mark.parametrize(
    "entity",
    [
        {}, {"type": "text_link"}, {"type": "text_link", "url": None, "offset": 0, "length": 1},
        {"type": "text_link", "url": 5}, {"type": "text_link", "url": " ", "offset": 0, "length": 1}, "nonsense", None,
    ],
)  # fmt: skip
def test_entities_that_are_nonsense_are_skipped(entity: object) -> None:
    assert links_of("text", [entity]) == ()  # type: ignore[list-item]  # what is not even an object


@pytest.mark.parametrize(
    "place", [{"offset": -5, "length": 3}, {"offset": "x", "length": 3}, {"offset": 10**9, "length": 10**9}, {}]
)
def test_a_link_whose_place_is_nonsense_counts_all_the_same(place: dict[str, object]) -> None:
    url = f"https://shop.example.com/orders/{LONG}"
    assert find("text", links_of("text", [{"type": "text_link", "url": url, **place}])).numbers == (LONG,)


# ── what is guessed, and why ─────────────────────────────────────────────────


def test_letters_for_digits_are_offered_and_not_looked_up() -> None:
    for said in ("15O975O516095-O1", "1509750516095-O1", "l509750516095-0l", "order 1509750516095 - o1"):
        found = find(said)
        assert (found.numbers, found.guesses) == ((), (LONG,))


def test_a_number_that_is_found_is_no_guess_besides() -> None:
    found = find(f"{LONG} (or 15O975O516095-01?)")
    assert (found.numbers, found.guesses) == ((LONG,), ())


def test_the_reasons_show_no_number_that_is_no_order() -> None:
    found = find(f"Order {LONG}, card 4111 1111 1111 1111, tel 5511987654321, CPF 123.456.789-09")
    assert found.numbers == (LONG,)
    assert len(found.why) == 4
    assert not any(piece in " ".join(found.why) for piece in ("4111", "98765", "123.456"))


# ── behind a command ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "numbers", "label"),
    [
        (LONG, (LONG,), ""),
        (f"{LONG} Mom's groceries", (LONG,), "Mom's groceries"),
        (f"{LONG} {OTHER}", (LONG, OTHER), ""),
        (f"{LONG}, {OTHER} for Mom", (LONG, OTHER), "for Mom"),
        (f"{LONG} y {OTHER}", (LONG, OTHER), ""),
        (f"{LONG}\n{OTHER}", (LONG, OTHER), ""),
        ("1509750516095-01 y -02 casa", (LONG, "1509750516095-02"), "casa"),
        ("10452 15 boxes", ("10452",), "15 boxes"),
        ("10452 705301", ("10452", "705301"), ""),
        ("10452 24680 boxes", ("10452",), "24680 boxes"),
        ("10452 2nd try", ("10452",), "2nd try"),
        (f"10452 {LONG}", ("10452", LONG), ""),
        ("A-1 one\ntwo", ("A-1",), "one\ntwo"),
        ("XDE – 1253881550433 – 01 Mom's gift", ("XDE-1253881550433-01",), "Mom's gift"),
        ("1509 7505 16095 gift", ("1509750516095",), "gift"),
        ("1509750516095 guion cero dos", ("1509750516095-02",), ""),
        (f"#{LONG} – birthday", (LONG,), "– birthday"),
        (f"pedido {LONG} gift", (LONG,), ""),
        ("77", ("77",), ""),
        ("hello", (), ""),
        ("", (), ""),
        ("4111 1111 1111 1111", (), ""),
        ("card 4222222222222", (), ""),
        ("+57 310 555 0142", (), ""),
        ("2 pizzas", (), ""),
    ],
)
def test_what_stands_behind_a_command_is_numbers_and_then_a_name(
    said: str, numbers: tuple[str, ...], label: str
) -> None:
    assert order_arguments(said) == (numbers, label)


# ── bounds ───────────────────────────────────────────────────────────────────


def test_as_many_as_there_are_are_found_within_a_bound() -> None:
    many = [f"{1509750510000 + number}-01" for number in range(80)]
    assert find(" ".join(many[:20])).numbers == tuple(many[:20])
    assert find("\n".join(many)).numbers == tuple(many[:MOST_FOUND])


HOSTILE = [
    "9", "1 ", "12 ", "1234 ", "4111\n", "-", "- ", " ", "a-", "A1-", "v1", "v1a", "1.", "1.2-3/4 ", "order number is ",
    "*", "(1", "+1", "#12345 ", "12345, ", "one ", "o ", "0O", "OIl", "O1-", "<a ", "http://", "https://a.b/", "%25",
    "a@", "a.", "=\n", "1|", "\t1", "$1", "1,", "2026-", "1:", "·", "x", "f", "0a", "00020101", "1/1/", "1 de ", "SLR-",
    "1509 7505 16095 ", "1é", "A-1 ", "-01 y -02 ", "1509750516095-01 y -02 ", "ﷺ", "1.1.1 ", "tel n. ",
    "tel 123 de juan ",
]  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE)
def test_no_text_takes_longer_than_its_length_makes_it(part: str) -> None:
    """Twice as much takes about twice as long: what grows with the square takes four times, and more."""
    short, long = (part * 6000)[:1500], (part * 6000)[:6000]
    for read in (find, masked, order_arguments):
        assert _seconds(read, long) < 12 * _seconds(read, short) + 0.05


def _seconds(read: object, text: str) -> float:
    assert callable(read)
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        read(text)
        best = min(best, time.process_time() - began)
    return best
