"""The words around numbers that name nothing themselves: data of the finder, small and without accents."""

from collections.abc import Iterable, Mapping

from bot.understanding.label_words import ORDER, OTHER, words_in

# what may stand between a word for order and its number …
NUMBER_WORDS = frozenset(
    words_in(
        "number, numbers, no, nr, num, id, code, nro, nros, numero, numeros, n, codigo, cod, con, com, nummer, numeri, "
        "the, el, la, los, las, o, a, os, as, un, una, um, uma, eh, is, was, are, es, era, son, fue, e, sao, foi, "
        "ist, est, "
        "please, pls, check, verify, revisar, verificar, porfa, porfavor, "
        "strong, b, de numero, hash, ref, reference, referencia"
    )
)
NUMBERS_OWN = frozenset(words_in("number, numbers, no, nr, num, id, nro, numero, numeros, n, codigo, cod"))
COPULAS = frozenset(words_in("eh, is, was, are, es, era, son, fue, e, sao, foi, ist, est"))
# … and, besides these, between a word for something else and its number
FILLERS = NUMBER_WORDS | frozenset(
    words_in(
        "my, your, our, me, us, at, on, in, to, ending, ends, with, of, for, a, this, and, new, other, own, personal, "
        "work, home, alternative, savings, checking, "
        "mi, mis, tu, tus, su, sus, me, al, en, de, del, por, terminada, terminado, termina, que, este, esta, "
        "y, nuevo, "
        "nueva, otro, otra, alternativo, alternativa, alterno, adicional, fijo, bancaria, bancario, ahorros, "
        "corriente, "
        "interbancaria, lo, le, esse, ese, that, isso, eso, esto, "
        "meu, minha, meus, seu, sua, ao, em, na, no, do, da, dos, das, para, final, novo, nova, outro, outra, pessoal, "
        "fixo, corrente, b, c"
    )
)
POSSESSIVES = frozenset(words_in("my, our, her, his, your, mi, su, mis, tu, tus, meu, minha, seu, sua, meus"))
ARTICLES = frozenset(words_in("the, el, la, los, las, o, a, os, as"))
# between a number and what it is after all: "… no, sorry, that's my phone"
TAKING_BACK = frozenset(
    words_in(
        "no, sorry, wait, oops, ops, uy, ah, ay, perdon, perdona, disculpa, disculpe, espera, mentira, nao, opa, "
        "desculpa, desculpe, perdao, pera, actually, not"
    )
)
OF = frozenset(words_in("de, del, do, da, dos, das, of, for, para, du, des, di"))
# what a message says besides, that is nothing but a number, politely
COURTESY = (
    NUMBERS_OWN.difference({"codigo", "cod"})
    | frozenset({"and", "y", "e", "or", "o", "ou"})
    | COPULAS
    | POSSESSIVES
    | frozenset(
        words_in(
            "hi, hello, hey, please, pls, plz, thanks, thank, you, thx, good, morning, afternoon, evening, day, dear, "
            "team, here, it, this, the, that, one, ok, okay, yes, yep, sure, where, status, of, track, any, "
            "news, about, "
            "follow, check, look, see, s, there, for, me, can, could, would, tell, eta, whats, what, on, "
            "happening, going, these, those, them, all, estos, esos, estas, esas, son, todos, todas, estes, "
            "esses, essas, "
            "with, update, updates, know, "
            "hola, buenas, buenos, buen, dias, dia, tardes, noches, por, favor, porfa, porfavor, gracias, muchas, aca, "
            "aqui, ahi, este, esta, el, la, lo, si, dale, va, ahi, donde, estado, rastrear, seguir, sigo, quiero, ver, "
            "saber, del, de, pf, x, te, paso, pueden, puede, podrias, podrian, me, decir, dicen, decime, "
            "info, novedades, "
            "algo, sobre, consultar, consulto, necesito, queria, quisiera, buscar, busco, revisar, que, pasa, "
            "paso, con, "
            "oi, ola, bom, boa, tarde, noite, obrigado, obrigada, obg, pfv, pfvr, segue, ai, esse, este, isso, o, a, "
            "sim, cade, onde, acompanhar, do, da, quero, como, anda, pode, podem, poderia, dizer, informar, "
            "informacao, "
            "noticias, gostaria, preciso, verificar, novidades, previsao, pro, pra, eh, tem, alguma"
        )
    )
)
# whose state somebody asks for
ASKING = words_in(
    "where is, where are, status of, status, track, follow, any news of, news about, this one, look, "
    "donde esta, donde anda, estado de, estado del, como va, rastrear, seguir, sigo, "
    "onde esta, cade, status de, status do, como esta, acompanhar"
)
# a dictated dash, and what else is said before a part
DASHES = words_in(
    "dash, hyphen, minus, slash, underscore, guion medio, guion bajo, guion, menos, raya, barra, traco, hifen, "
    "tracinho, underline"
)
PARTS = words_in("part, parte")
# dictated digits, and pairs of them
_DIGITS = (
    "zero, cero, oh",
    "one, uno, un, um, hum",
    "two, dos, dois, duas",
    "three, tres",
    "four, cuatro, quatro",
    "five, cinco",
    "six, seis, meia",
    "seven, siete, sete",
    "eight, ocho, oito",
    "nine, nueve, nove",
)
DIGITS: Mapping[str, str] = {word: str(digit) for digit, words in enumerate(_DIGITS) for word in words_in(words)}
_TEENS = (
    "ten, diez, dez",
    "eleven, once, onze",
    "twelve, doce, doze",
    "thirteen, trece, treze",
    "fourteen, catorce, catorze, quatorze",
    "fifteen, quince, quinze",
    "sixteen, dieciseis, dezesseis, dezasseis",
    "seventeen, diecisiete, dezessete",
    "eighteen, dieciocho, dezoito",
    "nineteen, diecinueve, dezenove",
)
TEENS: Mapping[str, str] = {word: str(digit) for digit, words in enumerate(_TEENS, 10) for word in words_in(words)}
_TENS = (
    "twenty, veinte, vinte",
    "thirty, treinta, trinta",
    "forty, cuarenta, quarenta",
    "fifty, cincuenta, cinquenta",
    "sixty, sesenta, sessenta",
    "seventy, setenta",
    "eighty, ochenta, oitenta",
    "ninety, noventa",
)
TENS: Mapping[str, str] = {word: str(digit) for digit, words in enumerate(_TENS, 2) for word in words_in(words)}
REPEATS: Mapping[str, int] = {"double": 2, "doble": 2, "triple": 3}

# behind digits: they are a quantity …
UNITS = words_in(
    "hs, h, hrs, hr, horas, hours, hour, hora, min, mins, minutos, minutes, am, pm, dia, dias, day, days, week, weeks, "
    "semana, semanas, mes, meses, month, months, year, years, ano, anos, kg, g, gr, grs, mg, ml, l, lt, lts, cm, mm, "
    "m, km, un, ud, uds, und, unid, unids, unidad, unidades, unidade, unit, units, item, items, itens, articulos, "
    "productos, produtos, products, bolsas, sacolas, bags, cajas, caixas, boxes, paquetes, pacotes, packages, "
    "personas, pessoas, people, clientes, customers, botellas, garrafas, bottles, latas, cans, pizzas, pcs, pz, pzas, "
    "pesos, reais, real, soles, dolares, dollars, euros, usd, mxn, ars, cop, clp, brl, vezes, veces, times, cuotas, "
    "parcelas, x, off, puntos, pontos, points, de entrega"
)
# … or a day
MONTHS = words_in(
    "de, of, do, jan, january, enero, janeiro, feb, february, febrero, fevereiro, mar, march, marzo, marco, apr, "
    "april, abril, may, mayo, maio, jun, june, junio, junho, jul, july, julio, julho, aug, august, agosto, sep, "
    "september, septiembre, setembro, oct, october, octubre, outubro, nov, november, noviembre, novembro, dec, "
    "december, diciembre, dezembro"
)
CURRENCIES = words_in("r$, us$, u$s, u$d, mx$, ar$, $, s/, s/., €, £, usd, brl, mxn, ars, cop, clp, bs, q")

# what people put before a number with a dash, and is no seller's prefix
_ORDINARY = words_in(
    "buenas, buenos, hola, ola, oi, hi, hey, hello, si, yes, sim, ok, mom, mama, papa, dad, mum, mae, pai, "
    "ref, re, fw, "
    "fwd, enc, res, nr, nro, num, no, de, del, do, da, of, el, la, lo, es, my, mi, meu, status, estado, ver, urgente, "
    "urgent, info, help, ayuda, ajuda, gracias, thanks, favor, please, este, esse, this, id, web, order id, vip, sos, "
    "wsp, att, para, por, com, con, for, the, and, y, e, bom, boa, dia, tarde, total, ahi, aca, aqui, here, numero, "
    "number, numbers, code, codigo, n, quero, quiero, pra, cade, donde, onde, where, track"
)
NO_PREFIXES = frozenset(
    word for words in (ORDER, *OTHER.values(), _ORDINARY) for phrase in words for word in phrase.split()
)

# in addresses of pages: the step or key before an order, those that say so only beside them, and those of products
ORDER_IN_LINKS = frozenset(
    words_in(
        "order, orders, orderid, order_id, order-id, ordergroup, order_group, ordernumber, order_number, orderplaced, "
        "orderform, og, pedido, pedidos, numeropedido, idpedido, orden, ordenes, compra, compras, mispedidos, "
        "meuspedidos, rastrear-pedido, seguimiento-pedido, purchase, purchases"
    )
)
NUMBER_IN_LINKS = frozenset(words_in("id, number, numero, code, codigo, n, num, q, v"))


def one_of(words: Iterable[str]) -> str:
    """Give the pattern of any of these words or phrases, the longest first."""
    escaped = (r"[\s.-]+".join(map(_escaped, word.split())) for word in sorted(words, key=len, reverse=True))
    return "|".join(escaped)


def _escaped(word: str) -> str:
    return "".join(sign if sign.isalnum() else rf"\{sign}" for sign in word)
