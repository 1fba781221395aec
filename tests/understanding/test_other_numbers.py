"""Numbers that are not orders, however they are written, are neither found, looked up nor stored."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.check_digits import passes_card_check
from bot.understanding.numbers import candidates, find_numbers, is_never_an_order, leading_number
from bot.understanding.other_numbers import without_other_numbers
from tests.hostile.searching import searching

CARD = "4111111111111111"
KEY = "35261111222333000181550010001234561100456781"
LONG = "1509750516095-01"

# ── what is no order's number ────────────────────────────────────────────────


@pytest.mark.parametrize(
    "other",
    [
        CARD, "4111 1111 1111 1111", "4111-1111-1111-1111", "4111.1111.1111.1111", "4111  1111  1111  1111",
        "４１１１１１１１１１１１１１１１", "٤١١١١١١١١١١١١١١١", "4111\u200b1111\u200b1111\u200b1111",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111 1111\n1111 1111", "41111111 11111111", "378282246310005", "3782 822463 10005", "30569309025904",
        "6304000000000000000"[:16] + "0000", "5500000000000004", KEY,
        "3526 1111 2223 3300 0181 5500 1000 1234 5611 0045 6781",
        "+57 310 555 0142", "+5511987654321", "(11) 98765-4321", "0800 591 2117", "1-800-555-0199", "11 5555-1234",
        "55 11 98765 4321", "3105550142", "999888777", "123.456.789-09", "123456789-09", "12345678909",
        "11.222.333/0001-81", "11222333000181", "30-71234567-1", "12.345.678-5", "12345678-K", "30.123.456",
        "VECJ880326XXX", "04538-133", "1234-567", "62704-1234", "C1424CEP", "AA123456785BR", "1Z999AA10123456784",
        "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "GB29 NWBK 6016 1331 9268 19",
        "032180000118359719", "2850590940090418135201", "12/05/2024", "2024-05-12",
        "20.11.2026",
        "14:30", "18h30", "50.00", "1.299,90", "9f86d081884c7d659a2feaa0c55ad015",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "ana.99@example.com", "wa.me/5511987654321", "https://wa.me/5511987654321",
        "https://x.example.com/?ts=1763677927000",
        "cpf12345678909", "tel:5511987654321", "EAN-13: 7891000100103", "000.123.456",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "said", ["{}", "look: {}", "{} is what I have", f"{LONG} {{}}", f"{{}}\n{LONG}", f"Pedido {LONG}, {{}}, ok"]
)
def test_what_its_form_says_is_something_else_is_none(said: str, other: str) -> None:
    text = said.format(other)
    assert find_numbers(text) == ((LONG,) if LONG in text else ())


SAYS_SO = [
    "my phone is {}", "call me at {}", "mobile: {}", "WhatsApp {}", "tax id {}", "passport no. {}", "SSN: {}",
    "zip code {}",
    "account number {}", "paid with card {}", "Visa ending in {}", "invoice #{}", "barcode {}", "EAN-13 {}",
    "pickup code: {}",
    "mi teléfono es {}", "cel. {}", "me pueden llamar al {}?", "CUIT {}", "R.U.C. {}", "rut: {}", "NIT {}",
    "RFC {}", "D.N.I. {}",
    "C.I. {}", "código postal {}", "CP {}", "cuenta {}", "CLABE: {}", "CBU {}", "tarjeta de crédito número {}",
    "tarjeta terminada en {}",
    "factura nº {}", "código de barras {}", "código de retiro {}", "mi pasaporte es el {}", "número de guía {}",
    "meu telefone é {}", "celular: {}", "me chama no zap {}", "CPF {}", "meu cpf é {}", "CNPJ: {}", "CEP {}",
    "conta {}",
    "chave pix {}", "cartão final {}", "NF-e nº {}", "chave de acesso:\n{}", "DANFE\n{}", "código de retirada {}",
    "{} (celular)",
    "{} é o meu whatsapp", "{} is my tax number", "{} es mi DNI", "código de rastreio {}", "IBAN {}",
    "{} es mi número de whatsapp", "{} phone", "{} meu celular", "{} es mi nuevo celular", "{}\nTeléfono",
    "tel. de contacto: {}", "teléfono alternativo {}", "cel de Juan {}", "cuenta de ahorros {}",
    "cuenta bancaria nro. {}", "CLABE interbancaria {}", "contacto {}", "contato: {}", "contact: {}", "repartidor {}",
    "📞 {}", "☎️ {}", "📱{}", "💳 {}", "débito {}", "paid using {}", "DPI {}", "CUI: {}", "NSS {}", "CUFE {}", "ISBN {}",
    "tracking {}", "número de seguimiento {}", "número de rastreio: {}",
]  # fmt: skip


@pytest.mark.parametrize("said", SAYS_SO)
@pytest.mark.parametrize(
    "number", ["1509750516095", "4222222222222", "3105550142", "70530116", "48217", "AB12345", CARD]
)
def test_what_a_word_beside_it_calls_something_else_is_none(said: str, number: str) -> None:
    text = said.format(number)
    assert find_numbers(text) == ()
    assert find_numbers(f"Pedido {LONG}. {text}") == find_numbers(f"{text}\nPedido {LONG}") == (LONG,)


def test_thirteen_digits_are_an_order_though_they_pass_a_cards_check_unless_they_are_called_a_card() -> None:
    assert passes_card_check("4222222222222")
    for said in ("4222222222222", "order 4222222222222", "my card was refused for order 4222222222222"):
        assert find_numbers(said) == ("4222222222222",)
    for said in ("card 4222222222222", "mi tarjeta es 4222222222222", "4222222222222 é meu cartão"):
        assert find_numbers(said) == ()
    assert find_numbers("4222222222222-01 card 5500000000000004") == ("4222222222222-01",)


def test_digits_are_a_number_alone_or_where_they_are_called_an_order() -> None:
    for said in (
        "70530116",
        "#70530116",
        "is order no. 70530116 ready?",
        "mi pedido es el 70530116",
        "70530116 é meu pedido",
        "Número do pedido:\n70530116",
        "the order I placed yesterday is 70530116",
    ):
        assert [one.strip("#") for one in find_numbers(said)] == ["70530116"]
    assert find_numbers("pedidos 70530116 y 70530117") == find_numbers("70530116\n70530117") == ("70530116", "70530117")
    for said in (
        "somos 25000 clientes",
        "Springfield 62704",
        "order 2 pizzas",
        "el total de mi pedido es 45900",
        "order 2026",
    ):
        assert find_numbers(said) == ()


@pytest.mark.parametrize(
    "said",
    [
        "compra con 4242", "order, 78704", "pedido 52998224725", "pedido 11987654321", "order 1000 mg", "order 1000mg",
        "my wifi is Casa2024", "pass: Hunter22", "la patente es AF123CD", "quiero una PS5", "tienen vitamina B12?",
        "a capa do iPhone15", "G-482913 is your code",
    ],
)  # fmt: skip
def test_a_word_with_digits_in_a_sentence_about_something_else_is_none(said: str) -> None:
    assert find_numbers(said) == ()


def test_in_the_address_of_a_page_only_what_stands_where_orders_stand_counts() -> None:
    assert find_numbers("https://shop.example.com/checkout/?og=1509750516095&session=17636779270001") == (
        "1509750516095",
    )
    assert find_numbers("https://courier.example.com/t/8Kd2x9") == ()
    assert find_numbers("https://shop.example.com/p/7891000100103") == ()
    assert find_numbers(f"https://t.me/StoreBot?start={LONG}JGa6e7sIQcld3Zu6n9BspA") == (LONG,)


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 2000,
        "tel n. " * 600,
        "4111 1111 " * 400,
        "a-" * 2000,
        "9" * 4096,
        "ﷺ" * 4096,
        "*" * 4096,
        "1509750516095-01, " * 330,
        ". " * 2000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.perf_counter()
    find_numbers(text), leading_number(text), without_other_numbers(text[:400])
    assert time.perf_counter() - began < 2


def test_what_is_kept_as_a_name_holds_no_such_number() -> None:
    for said in ("Mom's gift", "for 24/12 at 14:30", "2 bags", "A-1"):
        assert without_other_numbers(said) == said
    for other in (CARD, "4111 1111 1111 1111", KEY, "+57 310 555 0142", "123.456.789-09", "04538-133", "AA123456785BR"):
        assert without_other_numbers(f"gift {other} Mom") == "gift Mom"
    assert without_other_numbers("tel 55512 Mom") == "tel Mom"
    for other in ("+5491133334444", "5491133334444 (celular)", "123-45-6789", "**** 4242", "**4242", "xxxx-4242"):
        assert not re.search("[0-9]", without_other_numbers(f"gift {other} Mom"))
    for other in ("termina en 4242", "cvv 123", "tel 5511987654321", "card 4222222222222"):
        assert not re.search("[0-9]", without_other_numbers(f"Mom {other}"))


@pytest.mark.parametrize(
    "said",
    [
        "4111111111111111-12", "4111111111111111 - 12", "378282246310005-09", "MKT-4111111111111111-12",
        "Tel: 5215512345678 - 10 a 18 hs", "EAN 7891000315507 - 12 unid", "Cod. barras 7891000315507-02",
        "factura 1234567890123-01", "TEL-5511987654321-01", "cuenta 1234567890123-01", "guia 1234567890123-01",
        "tarjeta 4222222222222-12", "+5491133334444 - 09", "1234567890123-01 é meu celular",
        "tel 5511987650000, 4222222222229", "EAN 7891000315507, 7891000100103", "ean 7891000315507 7891000100103",
        "521 55 9876 5432", "549 11 5555 1234", "5511 98765 4321", "521.55.1234.5678",
    ],
)  # fmt: skip
def test_a_label_or_a_form_wins_over_a_part_and_over_a_list(said: str) -> None:
    assert find_numbers(said) == ()
    assert leading_number(said)[0] is None
    assert find_numbers(f"{said}\nPedido {LONG}") == (LONG,)


@pytest.mark.parametrize(
    "said",
    [
        "pedido {}, 5511987654321 é meu celular", "{}\n5491155551234 (whatsapp)",
        "pedido {} 7501031311309 (código de barras)", "Pedido | Tel | CPF\n{} | 11987654321",
        "{} 5215512345678", "{}, 5491155551234", "total {}", "paid for {}", "factura de {}",
        "{} e o telefone?", "{} - factura por favor",
        "repartidor {}", "{} (pagado con tarjeta)", "tracking: {}", "llamen por el pedido {}",
    ],
)  # fmt: skip
def test_what_stands_beside_an_order_is_not_another(said: str) -> None:
    assert find_numbers(said.format(LONG)) == (LONG,)


# ── whatever surrounds it ────────────────────────────────────────────────────


@st.composite
def cards(draw: st.DrawFn) -> str:
    digits = draw(st.text("0123456789", min_size=15, max_size=15))
    return next(f"{digits}{last}" for last in range(10) if passes_card_check(f"{digits}{last}"))


surroundings = st.one_of(
    st.text(max_size=30),
    st.text(" -.,:#/+()abvXnN°0123456789\n", max_size=30),
    st.sampled_from(
        ["order ", "pedido nº ", f"{LONG} ", "SLR-", "tel ", "/order ", "https://x.example.com/orders/", "v", "A-1 "]
    ),
)
known = st.one_of(
    st.from_regex(r"\A[1-9][0-9]{12}-[0-9]{2}\Z"),
    st.from_regex(r"\Av[0-9]{4,9}[a-z]{3,8}-[0-9]{2}\Z"),
    st.from_regex(r"\A(?:SLR|XDE|MKT|MKT-MKP)-[1-9][0-9]{12}-[0-9]{2}\Z"),
)
A_PART = re.compile(r"\s?-\s?[0-9]{2}(?![0-9])|\s0[0-9]")


@searching(400)
@given(before=surroundings, card=cards(), after=surroundings)
def test_no_card_is_ever_found_or_asked_for(before: str, card: str, after: str) -> None:
    if not before[-1:].isdigit() and not after[:1].isdigit() and not A_PART.match(after):
        text = f"{before}{card}{after}"
    else:  # with these it would be another number, or one with a part
        text = f"{before}\n{card}\n,{after}"
    for number in (*find_numbers(text), *filter(None, leading_number(text)[:1])):
        assert all(card not in re.sub(r"\W", "", one) for one in (number, *candidates(number)))
    assert is_never_an_order(card)
    assert candidates(card) == ()
    assert card not in without_other_numbers(f"{before} {card} {after}")


@searching(400)
@given(before=surroundings, number=known, after=surroundings)
def test_an_order_of_a_known_shape_is_always_found(before: str, number: str, after: str) -> None:
    found = find_numbers(f"{before.replace(LONG, '')}\n{number}\n{after}")
    assert number in found
    assert not is_never_an_order(number)
    assert candidates(number)[0] == number
