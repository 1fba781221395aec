"""Whatever cards, phones, tax numbers and keys are called or grouped in, none is an order; an order beside is found."""

from itertools import accumulate

from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.numbers import find

CARD_LABELS = ["", "card ", "tarjeta ", "cartão: ", "paid with "]
PHONE_LABELS = ["", "tel ", "my phone is ", "celular: ", "whatsapp "]
TAX_LABELS = ["", "CPF ", "cpf: ", "mi documento es ", "CNPJ "]
KEY_LABELS = ["", "chave de acesso ", "access key: ", "clave "]


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def _grouped(digits: str, sizes: list[int], sign: str) -> str:
    ends = list(accumulate(sizes))
    return sign.join(digits[end - size : end] for size, end in zip(sizes, ends, strict=True))


def _luhn(body: str) -> str:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in body[::-2]]
    return body + str(-(sum(doubled) + sum(map(int, body[-2::-2]))) % 10)


def _weighed(digits: str, weights: list[int]) -> str:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return str(0 if rest < 2 else 11 - rest)


def _cpf(body: str) -> str:
    for first in (10, 11):
        body += _weighed(body, list(range(first, 1, -1)))
    return body


def _cnpj(body: str) -> str:
    for weights in ([5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]):
        body += _weighed(body, weights)
    return body


@st.composite
def cards(draw: st.DrawFn) -> str:
    first, count, sizes = draw(st.sampled_from([("4", 16, [4] * 4), ("5", 16, [4] * 4), ("37", 15, [4, 6, 5])]))
    card = _luhn(first + draw(_digits(count - 1 - len(first))))
    return draw(st.sampled_from(CARD_LABELS)) + draw(
        st.sampled_from([card, *(_grouped(card, sizes, sign) for sign in (" ", "-", ".", "  "))])
    )


@st.composite
def phones(draw: st.DrawFn) -> str:
    rest = draw(_digits(8))
    shape = draw(
        st.sampled_from(
            [
                "+5511{}",
                "+54 9 11 {} {}",
                "+52 1 55 {} {}",
                "(11) 9{}-{}",
                "+57 310 {}{}",
                "+55 (11) 9{}-{}",
                "55119{}{}",
            ]
        )
    )
    parts = (rest[:4], rest[4:]) if shape.count("{}") == 2 else (rest,)
    return draw(st.sampled_from(PHONE_LABELS)) + shape.format(*parts)


@st.composite
def tax_numbers(draw: st.DrawFn) -> str:
    cpf, cnpj = _cpf(draw(_digits(9))), _cnpj(draw(_digits(12)))
    spelled = [
        cpf,
        f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}",
        f"{cpf[:9]}-{cpf[9:]}",
        cnpj,
        f"{cnpj[:2]}.{cnpj[2:5]}.{cnpj[5:8]}/{cnpj[8:12]}-{cnpj[12:]}",
    ]
    return draw(st.sampled_from(TAX_LABELS)) + draw(st.sampled_from(spelled))


@st.composite
def keys(draw: st.DrawFn) -> str:
    count = draw(st.sampled_from([44, 48, 49]))
    key = draw(_digits(count))
    sizes = [4] * (count // 4) + ([count % 4] if count % 4 else [])
    spelled = [key, _grouped(key, sizes, " "), _grouped(key, sizes, "-"), _grouped(key, sizes, ".")]
    return draw(st.sampled_from(KEY_LABELS)) + draw(st.sampled_from(spelled))


NOISE = st.one_of(cards(), phones(), tax_numbers(), keys())


@example(["+54 9 11 5512 3456", "4111111111111111"], ". ")
@example(["+54 9 11 5512 3456", "4111111111111111"], " ")
@example(["(11) 98123-4567", "4111111111111111"], ". ")
@example(["4000 0000 0000 0002", "000.000.000-00"], ". ")
@example(["4000 0000 0000 0002", "000000000-00"], "\n")
@given(st.lists(NOISE, min_size=1, max_size=4), st.sampled_from(["\n", ". ", ", ", "; "]))
def test_cards_phones_tax_numbers_and_keys_are_no_orders(noise: list[str], between: str) -> None:
    found = find(between.join(noise))
    assert (found.numbers, found.guesses) == ((), ())


@st.composite
def orders(draw: st.DrawFn) -> str:
    part = draw(st.integers(1, 99))
    purchase = f"1{draw(_digits(12))}"
    account = f"v{draw(st.integers(1000, 9999999))}{draw(st.sampled_from(['anml', 'store', 'tndalv']))}"
    prefix = draw(st.sampled_from(["", "", "SLR-", "XDE-"]))
    return f"{prefix}{draw(st.sampled_from([purchase, account]))}-{part:02}"


@given(st.lists(NOISE, max_size=3), orders(), st.lists(NOISE, max_size=3), st.sampled_from(["\n", ". ", "; "]))
def test_an_order_amid_them_is_found(before: list[str], order: str, behind: list[str], between: str) -> None:
    assert find(between.join([*before, order, *behind])).numbers == (order,)
