"""The words that say what a number beside them is, by language: data for `other_numbers`, without accents, small.

A word may be a phrase. Abbreviations of up to five letters are understood with dots as well ("C.P.F.", "tel.").
"""

from collections.abc import Iterable, Mapping

ByLanguage = Mapping[str, tuple[str, ...]]


def _list(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


# what people call an order
ORDER: ByLanguage = {
    "en": _list("order, orders, purchase, purchases"),
    "es": _list("pedido, pedidos, orden, ordenes, compra, compras"),
    "pt": _list("pedido, pedidos, ordem, ordens, compra, compras, encomenda, encomendas"),
}

# what else has a number
OTHER: Mapping[str, ByLanguage] = {
    "phone": {
        "en": _list(
            "phone, telephone, mobile, cell, cellphone, tel, ph, whatsapp, wa, sms, fax, call, call me, text me, "
            "reach me, ring, contact number, 📞, ☎"
        ),
        "es": _list(
            "telefono, telefonos, tel, tfno, celular, cel, movil, whatsapp, wasap, wsp, wpp, fono, llamar, llaman, "
            "llama, llamame, llamen, llamenme, marcar, escribime, escribeme"
        ),
        "pt": _list(
            "telefone, telefones, fone, tel, celular, cel, whatsapp, whats, wpp, zap, ligar, ligue, liga, ligam, "
            "liguem, chamar, chama, sac, duvidas"
        ),
    },
    "tax or identity": {
        "en": _list(
            "tax id, tax number, tax, ssn, ein, vat, vat id, passport, id card, license, licence, driver license, "
            "identity card"
        ),
        "es": _list(
            "ruc, rut, run, nit, cuit, cuil, rfc, curp, dni, nif, nie, ci, cc, ine, cedula, pasaporte, documento, "
            "identificacion, identidad, licencia, carnet, dpi, cui, nss"
        ),
        "pt": _list("cpf, cnpj, rg, cnh, ie, inscricao estadual, passaporte, documento, identidade"),
    },
    "place": {
        "en": _list("zip, zipcode, zip code, postcode, post code, postal code, postal"),
        "es": _list("codigo postal, cod postal, cp, cpa, postal"),
        "pt": _list("cep, codigo postal"),
    },
    "account": {
        "en": _list("account, acct, bank, bank account, iban, swift, bic, routing, sort code"),
        "es": _list("cuenta, cta, banco, iban, clabe, cbu, cvu, cci, alias"),
        "pt": _list("conta, banco, agencia, conta corrente, poupanca, pix, chave pix, iban"),
    },
    "card": {
        "en": _list(
            "card, credit card, debit card, visa, mastercard, amex, american express, maestro, diners, discover, "
            "paid with, paid using, ending in, ending with, ends in, 💳"
        ),
        "es": _list(
            "tarjeta, tarjeta de credito, tarjeta de debito, debito, tdc, visa, mastercard, amex, naranja, termina en, "
            "terminada en, terminado en"
        ),
        "pt": _list(
            "cartao, cartao de credito, cartao de debito, debito, visa, mastercard, amex, elo, hipercard, termina em, "
            "terminado em, terminada em"
        ),
    },
    "invoice": {
        "en": _list("invoice, receipt, bill, access key"),
        "es": _list("factura, boleta, comprobante, recibo, remito, clave de acceso, folio fiscal, uuid, cufe"),
        "pt": _list(
            "nota fiscal, nota, nf, nfe, nf-e, nfce, nfc-e, danfe, chave de acesso, chave, recibo, boleto, serie, "
            "protocolo de autorizacao"
        ),
    },
    "product": {
        "en": _list("barcode, bar code, ean, ean13, ean-13, gtin, upc, sku, serial, serial number, imei, isbn"),
        "es": _list(
            "codigo de barras, codigo barras, cod de barras, cod barras, ean, gtin, sku, articulo, serie, imei, isbn"
        ),
        "pt": _list(
            "codigo de barras, codigo barras, cod de barras, cod barras, ean, gtin, sku, produto, serie, imei, isbn"
        ),
    },
    "code": {
        "en": _list(
            "pickup code, pick-up code, pick up code, collection code, pin, pin code, cvv, cvc, otp, verification "
            "code, security code, coupon, voucher, promo code, ticket, case number, password"
        ),
        "es": _list(
            "codigo de retiro, codigo de recogida, codigo de entrega, codigo de seguridad, pin, clave, codigo de "
            "verificacion, cupon, ticket, contrasena, reclamo"
        ),
        "pt": _list(
            "codigo de retirada, codigo de coleta, codigo de entrega, codigo de seguranca, pin, senha, codigo de "
            "verificacao, cupom, protocolo, chamado, token"
        ),
    },
    "carrier": {
        "en": _list("tracking number, tracking code, tracking id, tracking no, waybill, awb"),
        "es": _list(
            "codigo de rastreo, numero de rastreo, codigo de seguimiento, numero de seguimiento, numero de guia, guia"
        ),
        "pt": _list("codigo de rastreio, codigo de rastreamento, codigo de postagem, numero de rastreio"),
    },
    "contact": {
        "en": _list("contact, courier, tracking, 📱"),
        "es": _list("contacto, repartidor"),
        "pt": _list("contato, entregador"),
    },
    "sum": {
        "en": _list("total, subtotal, price, amount, cost, costs, paid, sum"),
        "es": _list("total, subtotal, precio, monto, importe, costo, valor, pague, pagado"),
        "pt": _list("total, subtotal, preco, valor, montante, custo, paguei, pago"),
    },
    "time": {
        "en": _list("timestamp, time stamp, ts, date, year"),
        "es": _list("fecha, hora, ano"),
        "pt": _list("data, hora, horario, ano"),
    },
}

# of these a word says nothing of what has an order's whole shape
WEAK = frozenset({"contact", "sum", "time"})
# these say what the number before them is, with nothing between ("5511987654321 celular")
NOUNS_BEHIND: ByLanguage = {
    "en": _list("phone, phone number, telephone, mobile, cell, cellphone, whatsapp, tax id, barcode"),
    "es": _list("telefono, tel, celular, cel, movil, whatsapp, wsp, dni, ruc, curp, rfc, cuit, codigo de barras, ean"),
    "pt": _list("telefone, fone, tel, celular, cel, whatsapp, whats, zap, cpf, cnpj, codigo de barras, ean"),
}
# which of them it is
ADJECTIVES: ByLanguage = {
    "en": _list("new, other, own, personal, work, home, alternative, savings, checking"),
    "es": _list(
        "nuevo, nueva, otro, otra, personal, alternativo, alternativa, alterno, adicional, fijo, bancaria, bancario, "
        "ahorros, corriente, interbancaria"
    ),
    "pt": _list("novo, nova, outro, outra, pessoal, alternativo, alternativa, adicional, fixo, bancaria, corrente"),
}

# what may stand between a word for order and its number …
NUMBER_WORDS: ByLanguage = {
    "en": _list("number, numbers, no, nr, num, id, code, the"),
    "es": _list(
        "numero, numeros, nro, nros, no, num, n, id, codigo, cod, el, con numero, con el numero, con id, con codigo, "
        "de numero"
    ),
    "pt": _list("numero, numeros, nro, no, num, n, id, codigo, cod, o, com numero, de numero"),
}
COPULAS: ByLanguage = {
    "en": _list("is, was, are"),
    "es": _list("es, era, son"),
    "pt": _list("e, era, sao"),
}
# … and, besides these, between a word for something else and its number
FILLERS: ByLanguage = {
    "en": _list("my, your, our, me, us, at, on, in, to, ending, ends, with, of, for, a, credit, debit, this, and"),
    "es": _list(
        "mi, mis, tu, su, me, la, los, las, al, a, en, de, del, por, terminada, terminado, termina, que, este, esta, y"
    ),
    "pt": _list(
        "meu, minha, seu, sua, a, os, as, ao, em, na, de, do, da, por, para, final, terminado, termina, terminada, "
        "que, este, esta"
    ),
}
POSSESSIVES: ByLanguage = {
    "en": _list("my, our, her, his"),
    "es": _list("mi, su, mis"),
    "pt": _list("meu, minha, seu, sua"),
}
DETERMINERS: ByLanguage = {
    "en": _list("my, the, our, her, his, a"),
    "es": _list("mi, el, la, su, un, una"),
    "pt": _list("meu, minha, o, a, seu, sua"),
}
# whose state somebody asks for
ASKING: ByLanguage = {
    "en": _list("where is, where's, where are, status of, status, track, follow, any news of, news about, this one"),
    "es": _list("donde esta, donde anda, estado de, estado del, como va, rastrear, seguir, sigo"),
    "pt": _list("onde esta, cade, status de, status do, como esta, rastrear, seguir, acompanhar"),
}
# a dictated dash, and what else is said before a part
DASHES: ByLanguage = {
    "en": _list("dash, hyphen, minus, slash, underscore, part"),
    "es": _list("guion, guion medio, guion bajo, menos, raya, barra, parte"),
    "pt": _list("traco, hifen, menos, barra, parte, underline"),
}
# dictated digits
DIGITS: Mapping[str, str] = {
    word: str(digit)
    for digit, words in enumerate(
        ("zero, cero, oh, o", "one, uno, um", "two, dos, dois", "three, tres", "four, cuatro, quatro", "five, cinco",
         "six, seis", "seven, siete, sete", "eight, ocho, oito", "nine, nueve, nove")
    )
    for word in _list(words)
}  # fmt: skip
# behind digits: they are a quantity …
UNITS = _list(
    "hs, h, hrs, horas, hours, min, mins, minutos, minutes, am, pm, "
    "dia, dias, day, days, kg, g, gr, mg, ml, lt, cm, mm, un, ud, uds, unid, unidad, "
    "unidades, unidade, unit, units, item, items, itens, articulos, productos, produtos, products, bolsas, sacolas, "
    "bags, cajas, caixas, boxes, paquetes, pacotes, packages, personas, pessoas, people, botellas, garrafas, bottles, "
    "latas, cans, pizzas, pesos, reais, soles, dolares, dollars, euros, usd, mxn, ars, clp, brl"
)
# … or a day
MONTHS = _list(
    "de, of, do, jan, january, enero, janeiro, feb, february, febrero, fevereiro, mar, march, marzo, marco, apr, "
    "april, abril, may, mayo, maio, jun, june, junio, junho, jul, july, julio, julho, aug, august, agosto, sep, "
    "september, septiembre, setembro, oct, october, octubre, outubro, nov, november, noviembre, novembro, dec, "
    "december, diciembre, dezembro"
)
# in addresses of pages: the step or key before an order, and the steps before a product
ORDER_IN_LINKS = frozenset(
    _list(
        "order, orders, orderid, order_id, order-id, ordergroup, order_group, ordernumber, orderplaced, og, pedido, "
        "pedidos, orden, ordenes, compra, compras, numero, number, id"
    )
)
PRODUCT_IN_LINKS = frozenset(
    _list("p, product, products, produto, produtos, producto, productos, item, items, sku, ean, gtin")
)


def all_of(*tables: ByLanguage) -> frozenset[str]:
    """Return the words of all languages: a person who writes Spanish may have a Portuguese invoice."""
    return frozenset(word for table in tables for words in table.values() for word in words)


def one_of(words: Iterable[str]) -> str:
    """Give the pattern of any of these words or phrases, the longest first."""
    return "|".join(_pattern(word) for word in sorted(words, key=len, reverse=True))


def _pattern(word: str) -> str:
    if " " in word:
        return r"[\s.]+".join(_pattern(one) for one in word.split())
    if len(word) <= 5 and word.isalpha():
        return r"\.?".join(word) + r"\.?"
    return word.replace("-", "[- ]?")
