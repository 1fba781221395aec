"""What people type for a number, and what it is taken for."""

import re

import pytest

from bot.understanding.numbers import MOST_CANDIDATES, candidates, find_numbers, leading_number

CARD = "4111111111111111"
KEY = "35261111222333000181550010001234561100456781"
LONG, OTHER = "1509750516095-01", "1509750516096-01"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("#1509750516095-01", LONG),
        ("1509750516095–01", LONG),
        ("1509750516095 01", LONG),
        ("1509750516095 - 01", LONG),
        ("1 509 750 516 095 - 01", LONG),
        ("1509 7505 1609 5 01", LONG),
        ("1.509.750.516.095-01", LONG),
        ("mi pedido es 1509 7505 16095", "1509750516095"),
        ("pedido nº1509750516095", "1509750516095"),
        ("N°1509750516095-01", LONG),
        ("No.1509750516095-01", LONG),
        ("Pedido:1509750516095-01.", LONG),
        ("order#1509750516095-01", LONG),
        ("number=1509750516095-01", LONG),
        ("MKT.v527103anml-01", "MKT.v527103anml-01"),
        ("where is A-1, please?", "A-1"),
        ("Pedido v527103anml-01\nTotal: S/ 50.00, 3 cajas, 14:30", "v527103anml-01"),
    ],
)
def test_a_number_is_read_as_it_is_meant(said: str, meant: str) -> None:
    assert find_numbers(said) == (meant,)


@pytest.mark.parametrize(
    "said", ["where are my 2 bags?", "it comes at 5pm", "I paid 50.00", "call +51 999 888 777", "12/05/2024", "1 2", ""]
)
def test_what_is_no_number_is_taken_for_none(said: str) -> None:
    assert find_numbers(said) == ()


@pytest.mark.parametrize("between", [" ", ", ", " y ", "\n"])
def test_numbers_side_by_side_are_each_meant(between: str) -> None:
    assert find_numbers(f"{LONG}{between}{OTHER}{between}{LONG}") == (LONG, OTHER)
    bare = [one.removesuffix("-01") for one in (LONG, OTHER)]
    assert find_numbers(between.join(bare)) == tuple(bare)


def test_a_phone_beside_a_number_is_not_meant() -> None:
    assert find_numbers("Pedido 1509750516095-01, tel. 999888777, RUC 20123456789") == (LONG,)


@pytest.mark.parametrize(
    "part",
    [
        " guión 02", " guion 02", " traço 02", " hífen 02", " dash 02", " raya 02", " barra 02", "_02", "*-02", "--02",
        "(02)", " (02)", " (2)", " 2", "/02", " parte 2", " part 2", " - 2", "-2", "\n02", " 02 gracias", " 02, ok",
        " - zero two", " guion cero dos", " traço zero dois", " dash 0 2", " guión dos, gracias",
    ],
)  # fmt: skip
def test_a_part_in_sight_is_read_however_it_is_said(part: str) -> None:
    for said in ("1509750516095{}", "pedido 1509750516095{}", "mi pedido es *1509750516095{}"):
        assert find_numbers(said.format(part)) == ("1509750516095-02",)
    assert leading_number(f"1509750516095{part}")[0] == "1509750516095-02"
    assert find_numbers(f"v527103anml{part}") == ("v527103anml-02",)


def test_a_quantity_or_a_day_behind_a_number_is_no_part() -> None:
    for rest in (
        "02 bolsas",
        "2 bolsas",
        "05 min",
        "- o que houve?",
        "05 de mayo",
        "- 2 bolsas",
        "- 12:30",
        "10 cajas",
    ):
        assert find_numbers(f"pedido 1509750516095 {rest}") == ("1509750516095",)
        assert leading_number(f"1509750516095 {rest}") == ("1509750516095", rest)


# ── a seller's prefix ────────────────────────────────────────────────────────

PREFIXED = [
    "XDE-1253881550433-01",
    "SLR-1509750516095-01",
    "MKT-v527103anml-01",
    "MKT-MKP-123456789-01",
    "00-1509750516095-01",
    "SLR-1509750516095",
]


@pytest.mark.parametrize("number", PREFIXED)
@pytest.mark.parametrize(
    "said",
    [
        "{}", "order {}", "Pedido {}", "pedido:{}", "N° {}", "Nº{}", "#{}", "*{}*", "¿({})?",
        "hi, my order is {}, any news?", "Pedido nº: {} - quando chega?", "{} card 4111 1111 1111 1111",
        "https://shop.example.com/orders/{}?x=y",
    ],
)  # fmt: skip
def test_a_sellers_prefix_is_a_part_of_the_number(number: str, said: str) -> None:
    assert find_numbers(said.format(number)) == (number,)
    assert leading_number(said.format(number))[0] == number


@pytest.mark.parametrize("dash", ["–", "—", "−", "‑", "－", " - ", " – ", " -", "- "])
@pytest.mark.parametrize("number", ["XDE-1253881550433-01", "MKT-v527103anml-01", "MKT-MKP-123456789-01"])
def test_a_prefix_is_one_whatever_its_dashes_are(number: str, dash: str) -> None:
    for said in ("{}", "Pedido {}", "my order is {}, thanks"):
        assert find_numbers(said.format(number.replace("-", dash))) == (number,)


def test_a_prefix_in_small_letters_is_one_and_asked_for_in_large_ones_first() -> None:
    for said in (
        "slr-1509750516095-01",
        "my seller says slr-1509750516095-01",
        "slr - 1509750516095 - 01",
        "pedido slr – 1509750516095-01",
    ):
        assert find_numbers(said) == ("slr-1509750516095-01",)
    assert candidates("slr-1509750516095-01") == (f"SLR-{LONG}", LONG, f"slr-{LONG}")


@pytest.mark.parametrize(
    "said",
    [
        "order-{}",
        "Pedido - {}",
        "hola - {}",
        "Mom – {}",
        "nro.{}",
        "n°-{}",
        "1 - {}",
        "pedido{}",
        "x{}",
        "VER {}",
        "QUERO VER {}",
        "PRA {}",
    ],
)
def test_a_word_before_a_number_is_no_prefix(said: str) -> None:
    assert find_numbers(said.format(LONG)) == (LONG,)


@pytest.mark.parametrize(
    "said",
    [
        "SLR_{}-01",
        "SLR.{}-01",
        "SLR_{}_01",
        "SLR.{}.01",
        "SLR-{}_01",
        "SLR {}-01",
        "pedido SLR {} 01",
        "pedido SLR_{}-01",
    ],
)
def test_what_parts_a_prefix_is_a_dash_however_it_is_typed(said: str) -> None:
    assert find_numbers(said.format("1509750516095")) == (f"SLR-{LONG}",)


@pytest.mark.parametrize("grown", ["CPF 52998224725", "tel", "tel 5511987654321", "Tel: 99", "celular"])
def test_a_label_may_have_grown_onto_a_number(grown: str) -> None:
    assert find_numbers(f"{LONG}{grown}") == (LONG,)
    assert find_numbers(f"pedido SLR-{LONG}{grown}") == (f"SLR-{LONG}",)


def test_the_number_without_its_prefix_is_tried_second() -> None:
    for number in PREFIXED[:-1]:
        assert candidates(number)[:2] == (number, re.sub(r"\A(?:[A-Z]+-|00-)+", "", number))
    assert candidates("SLR-1509750516095") == (f"SLR-{LONG}", LONG, "SLR-1509750516095")


def test_each_candidate_costs_a_call_so_there_are_few_and_no_prefix_comes_twice() -> None:
    assert candidates(LONG) == (LONG,)
    assert candidates(LONG, ("SLR-", "00-")) == (LONG, f"SLR-{LONG}", f"00-{LONG}")
    assert candidates("1509750516095") == (LONG, "1509750516095")
    assert candidates(f"SLR-{LONG}", ("SLR-", "00-")) == (f"SLR-{LONG}", LONG)
    assert candidates(f"shop-{LONG}", ("shop-",)) == (f"shop-{LONG}", LONG)
    assert candidates(f"SHOP-{LONG}", ("shop-",)) == (f"shop-{LONG}", LONG)
    assert candidates("v3613574JRSA-01") == ("v3613574JRSA-01", "v3613574jrsa-01")
    assert candidates("V527103ANML-01")[0] == "v527103anml-01"
    assert candidates("v527103anml")[0] == "v527103anml-01"
    many = tuple(f"P{number}-" for number in range(20))
    assert len(candidates("A-1", many)) == len(candidates(LONG, many)) == MOST_CANDIDATES


# ── behind a command ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "number", "rest"),
    [
        ("XDE – 1253881550433 – 01 Mom's gift", "XDE-1253881550433-01", "Mom's gift"),
        ("1 509 750 516 095 - 01", LONG, ""),
        ("1509 7505 16095 gift", "1509750516095", "gift"),
        ("A-1 one\ntwo", "A-1", "one\ntwo"),
        ("70530116 2 bags", "70530116", "2 bags"),
        (f"pedido {LONG} gift", LONG, ""),
        ("hello", None, ""),
        ("", None, ""),
        *(
            (one, None, "")
            for one in (CARD, KEY, "4111 1111 1111 1111", "310 555 0142", "+57 310 555 0142", "(11) 98765-4321")
        ),
        *(
            (one, None, "")
            for one in ("card 4222222222222", "cpf 123.456.789-09", "AA123456785BR", "04538-133", "3105550142")
        ),
        (f"4111 1111 1111 1111 {LONG}", LONG, ""),
    ],
)
def test_a_command_names_the_number_that_it_begins_with(said: str, number: str | None, rest: str) -> None:
    assert leading_number(said) == (number, rest)


STORY = "hola buenas, les cuento lo que pasó ayer con la entrega. " * 65


@pytest.mark.parametrize("said", ["1509750516095-01", "mi pedido es el 70530116", "v527103anml-01", "pedido 60218847"])
@pytest.mark.parametrize("at", [0, len(STORY) // 2, len(STORY)], ids=["first", "amid", "last"])
def test_a_number_is_found_wherever_it_stands_in_a_long_text(said: str, at: int) -> None:
    found = find_numbers(f"{STORY[:at]} {said} {STORY[at:]}")
    assert found == find_numbers(f"Hola. {said} Gracias por todo, la verdad.") != ()


def test_numbers_far_from_each_other_are_all_found_in_their_order() -> None:
    named = ("1509750516095-01", "v527103anml-02", "1302984417765-01")
    assert find_numbers(f" {STORY[:1200]} ".join(["", *named, ""])) == named


def test_a_number_that_is_said_in_words_is_found_at_the_end_of_a_long_text() -> None:
    said = "one five zero nine seven five zero five one six zero nine five dash zero one"
    assert find_numbers(f"{STORY} {said}") == ("1509750516095-01",)
