"""What of a message may be kept for a while: zeros stand for numbers that must not be, and it is read as before."""

import time

import pytest

from bot.understanding.masking import masked
from bot.understanding.numbers import find_numbers, leading_number

CARD = "4111 1111 1111 1111"
ORDER = "1509750516095-01"
SIGNED = "/start 1509750516095-01AbCdEfGhIjKlMnOpQrSt0"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"{ORDER} paid with {CARD}", f"{ORDER} paid with 0000 0000 0000 0000"),
        ("４１１１１１１１１１１１１１１１", "0" * 16),
        ("my phone is +54 11 5555-1234", "my phone is +00 00 0000-0000"),
        ("/order " + ORDER + " 4111111111111111 gift", "/order " + ORDER + " 0000000000000000 gift"),
        (f"line one {ORDER}\n{CARD}", f"line one {ORDER}\n0000 0000 0000 0000"),
        ("/start 4111111111111111", "/start 0000000000000000"),
        ("/start 35261111222333000181550010001234561100456781", f"/start {'0' * 44}"),
        ("/start ES9121000418450200051332", "/start ES0000000000000000000000"),
        ("ES9121000418450200051332", "ES0000000000000000000000"),
        (f"{SIGNED} 4111111111111111", f"{SIGNED} 0000000000000000"),
        (f"  {SIGNED}\n{CARD}", f"{SIGNED}\n0000 0000 0000 0000"),
    ],
)
def test_numbers_that_are_never_orders_become_zeros_in_their_places(said: str, kept: str) -> None:
    assert masked(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hello",
        ORDER,
        f"where is {ORDER}?",
        "pedido 150",
        "XDE-1253881550433-01",
        SIGNED,
        "/start 1234567890AbCdEfGhIjKlMnOpQrStUv",
        "https://shop.example.com/orders/1509750516095-01",
        "on 24/12/2026 at 10:30",
        "\ud800",
    ],
)
def test_all_else_stays_as_it_is(said: str) -> None:
    assert masked(said) == said


@pytest.mark.parametrize(
    "said",
    [
        f"{ORDER} paid with {CARD}",
        f"card {CARD}, order {ORDER}",
        f"{CARD}\n{ORDER}\ntel 5551234567",
        f"my cpf 123.456.789-09, pedido #{ORDER}",
        f"1509750516095-01 and 1509750516096-01, {CARD}",
        CARD,
        "tel 5551234567",
        "1Z999AA10123456784",
        "ABCD900101XY3",
        "GARC900101HDFRRN09",
        "RR123456789BR",
        "550e8400-e29b-41d4-a716-446655440000",
        f"1Z999AA10123456784 y pedido {ORDER}",
        "pedido 1111 cpf12345678909 1Z999AA10123456784",
        "/órdenes ABCD900101XY3",
    ],
)
def test_the_same_orders_are_found_in_what_is_kept(said: str) -> None:
    kept = masked(said)
    assert kept.strip()  # what has no text would not be answered
    assert find_numbers(kept) == find_numbers(said)


@pytest.mark.parametrize(
    "words",
    ["1Z999AA10123456784", "ABCD900101XY3 gift", f"{ORDER} 1Z999AA10123456784", "1Z999AA10123456784 #150", CARD],
)
@pytest.mark.parametrize("command", ["/order", "/Stop@a_bot", " /check"])
def test_a_command_names_the_same_order_in_what_is_kept(command: str, words: str) -> None:
    kept = masked(f"{command} {words}").strip()
    assert kept.startswith(command.strip())
    assert leading_number(kept.removeprefix(command.strip()).strip())[0] == leading_number(words)[0]


@pytest.mark.parametrize(
    "said", ["4111 1111 1111 1111, pedido 1111", "order 111111 and 4111111111111111", "pedido 4111 y 4111111111111111"]
)
def test_an_order_whose_digits_are_in_a_card_uncovers_nothing_of_it(said: str) -> None:
    kept = masked(said)
    assert find_numbers(kept) == find_numbers(said)
    assert "1111 1111" not in kept
    assert "1111111" not in kept


@pytest.mark.parametrize(
    "part", ["1234 ", "4111 1111 1111 1111 ", "4111\n", "12 ", "1.2-3/4 ", "tel 123 de juan ", "1"]
)
def test_a_long_message_holds_nobody_up(part: str) -> None:
    took = []
    for _ in range(3):  # the collector of garbage may come in between
        began = time.process_time()
        masked(part * (4096 // len(part)))
        took.append(time.process_time() - began)
    assert min(took) < 0.5
