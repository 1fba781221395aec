"""What people type for a number, and what it is taken for."""

import pytest

from bot.tracking.numbers import find_numbers

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
        ("77", "77"),
        ("my order is #77", "#77"),
        ("where is A-1, please?", "A-1"),
        ("this one: CAP7", "CAP7"),
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
