"""The words that say what a number beside them is, by kind and language: data, small and without accents.

A word may be a phrase; a hyphen or a dot within it is written as a blank ("nf e"). French, Italian and German stand
only where pasted e-mails bring them.
"""

from collections.abc import Iterable, Mapping

ORDER_KIND = "order"
CUSTOMER_KIND = "customer"


def words_in(listing: str) -> tuple[str, ...]:
    """Return the words of a list that commas part."""
    return tuple(word.strip() for word in listing.split(",") if word.strip())


# what people call an order
ORDER = words_in(
    # en
    "order, orders, purchase, purchases, order id, orderid, order number, ordernumber, order no, order ref, "
    "order confirmation, order group, ordergroup, "
    # es
    "pedido, pedidos, orden, ordenes, compra, compras, orden de compra, oc, o c, nro pedido, nropedido, pedido web, "
    "pedido online, orden web, compra online, compra web, confirmacion de pedido, "
    # pt
    "ordem, ordens, encomenda, encomendas, ped, pedido de venda, pedido no site, pedido do site, "
    "confirmacao de pedido, "
    # fr, it, de
    "commande, commandes, ordine, ordini, bestellung, bestellungen, bestellnummer, bestellnr, auftragsnummer"
)

PLURALS = frozenset(
    words_in("orders, purchases, pedidos, ordenes, compras, ordens, encomendas, commandes, bestellungen")
)

# what else has a number
OTHER: Mapping[str, tuple[str, ...]] = {
    "phone": words_in(
        "phone, telephone, mobile, cell, cellphone, tel, ph, whatsapp, wa, sms, fax, call, call me, call us, text me, "
        "reach me, reach us, ring, contact number, phone number, 📞, ☎, 📱, "
        "telefono, telefonos, tfno, celular, celu, cel, movil, wasap, wsp, wpp, fono, llamar, llaman, llama, llamame, "
        "llamen, llamenme, marcar, escribime, escribeme, numero de telefono, numero de celular, numero de contacto, "
        "telefone, telefones, fone, whats, zap, ligar, ligue, liga, ligam, liguem, chamar, chama, sac, duvidas, "
        "atencion, atendimento, telephone portable, portable, cellulare, telefon, handy, handynummer, telefonnummer"
    ),
    "identity": words_in(
        "tax id, tax number, tax, ssn, ein, vat, vat id, passport, id card, license, licence, driver license, "
        "identity card, member, member id, membership, "
        "ruc, rut, run, nit, cuit, cuil, rfc, curp, dni, nif, nie, ci, cc, ine, cedula, pasaporte, documento, "
        "identificacion, identidad, licencia, carnet, dpi, cui, nss, ingresos brutos, ing brutos, iibb, "
        "cpf, cnpj, rg, cnh, ie, inscricao estadual, passaporte, identidade, pis, nis, titulo de eleitor, "
        "codice fiscale, partita iva, p iva, siret, siren, steuernummer, ust id"
    ),
    "customer": words_in(
        "customer, client, customer id, customer number, user, user id, loyalty, rewards, store, "
        "cliente, numero de cliente, nro de cliente, socio, usuario, usuaria, tienda, sucursal, loja, codigo do "
        "cliente, kundennummer, numero client, codice cliente"
    ),
    "place": words_in(
        "zip, zipcode, zip code, postcode, post code, postal code, postal, po box, apt, apartment, suite, unit, floor, "
        "street, avenue, ave, road, locker, room, building, gate, "
        "codigo postal, cod postal, cp, cpa, c p, casillero, apto, depto, departamento, piso, calle, cra, carrera, "
        "avenida, av, ruta, km, lote, manzana, torre, "
        "cep, ap, apartamento, andar, rua, quadra, qd, lt, bloco, armario, box, "
        "code postal, cap, plz, postleitzahl"
    ),
    "account": words_in(
        "account, acct, bank, bank account, account number, iban, swift, bic, routing, sort code, "
        "cuenta, cta, banco, clabe, cbu, cvu, cci, alias, "
        "conta, agencia, conta corrente, poupanca, pix, chave pix, codigo pix, pix copia e cola"
    ),
    "card": words_in(
        "card, credit card, debit card, visa, mastercard, amex, american express, maestro, diners, discover, "
        "paid with, paid using, ending in, ending with, ends in, 💳, "
        "tarjeta, tarjeta de credito, tarjeta de debito, debito, tdc, naranja, termina en, terminada en, terminado en, "
        "cartao, cartao de credito, cartao de debito, elo, hipercard, termina em, terminado em, terminada em"
    ),
    "payment": words_in(
        "authorization, authorization code, authorisation, auth, auth code, transaction, transaction id, payment id, "
        "approval code, nsu, tid, "
        "autorizacion, codigo de autorizacion, aut, transaccion, id de transaccion, operacion, numero de operacion, "
        "autorizacao, codigo de autorizacao, transacao, id da transacao, cv, linha digitavel, nosso numero"
    ),
    "invoice": words_in(
        "invoice, invoice number, receipt, bill, access key, "
        "factura, boleta, comprobante, comp, recibo, remito, clave de acceso, folio, folio fiscal, uuid, cufe, cude, "
        "cae, punto de venta, certificado, resolucion, "
        "fatura, faturas, nota fiscal, nota, nf, nfe, nf e, nfce, nfc e, danfe, chave de acesso, chave, boleto, serie, "
        "cupom fiscal, "
        "protocolo de autorizacao, facture, fattura, rechnung, rechnungsnummer"
    ),
    "product": words_in(
        "barcode, bar code, ean, ean13, gtin, upc, sku, serial, serial number, imei, isbn, item, product, model, "
        "part number, sn, s n, lot, batch, "
        "codigo de barras, codigo barras, cod de barras, cod barras, articulo, numero de serie, producto, modelo, "
        "produto, cod do produto, codigo do produto, modelo, lote"
    ),
    "code": words_in(
        "pickup code, pick up code, collection code, delivery code, pin, pin code, cvv, cvc, otp, "
        "verification code, security code, coupon, voucher, promo, promo code, gift card, password, pass, wifi, "
        "codigo de retiro, codigo de recogida, codigo de entrega, codigo de seguridad, clave, codigo de "
        "verificacion, cupon, contrasena, token, "
        "codigo de retirada, codigo de coleta, codigo de seguranca, senha, codigo de verificacao, cupom, vale, "
        "vale compra, vale de compra, "
        "cartao presente, orden de pago, orden de servicio, orden de trabajo, "
        "ordem de servico, ordem de pagamento"
    ),
    "ticket": words_in(
        "ticket, ticket number, case, case number, claim, incident, complaint, reservation, booking, flight, "
        "reclamo, queja, caso, incidencia, turno, reserva, vuelo, tramite, solicitud, "
        "protocolo, numero de protocolo, chamado, atendimento, ocorrencia, reclamacao, voo"
    ),
    "carrier": words_in(
        "tracking number, tracking code, tracking id, tracking no, waybill, awb, ups, usps, fedex, dhl, trk, "
        "codigo de rastreo, numero de rastreo, codigo de seguimiento, numero de seguimiento, numero de guia, guia, "
        "nro de guia, correo argentino, andreani, oca, estafeta, servientrega, coordinadora, interrapidisimo, "
        "chilexpress, starken, bluexpress, redpack, paquetexpress, ot, "
        "codigo de rastreio, codigo de rastreamento, codigo de postagem, numero de rastreio, rastreio, rastreamento, "
        "objeto, correios, sedex, jadlog, loggi, total express, azul cargo"
    ),
    "vehicle": words_in("plate, license plate, licence plate, patente, placa, matricula, placas"),
    "contact": words_in("contact, courier, tracking, contacto, repartidor, contato, entregador"),
    "sum": words_in(
        "total, subtotal, price, amount, cost, costs, paid, sum, tax, shipping, discount, "
        "precio, monto, importe, costo, valor, pague, pagado, envio, descuento, minimo, "
        "preco, montante, custo, paguei, pago, frete, desconto, parcela, parcelas, cuota, cuotas"
    ),
    "time": words_in(
        "timestamp, time stamp, ts, date, year, order date, fecha, hora, ano, fecha de pedido, data, horario, "
        "vencimento, vencimiento, vto"
    ),
}
# of these a word says nothing of what has an order's whole form
WEAK = frozenset({"contact", "sum", "time", "customer", "place", "ticket", "vehicle"})
# these say what the number before them is, with nothing between ("5511987654321 celular")
NOUNS_BEHIND = frozenset({"phone", "identity", "product", "carrier"})


def kinds() -> Iterable[tuple[str, str]]:
    """Give each word with its kind."""
    yield from ((word, ORDER_KIND) for word in ORDER)
    yield from ((word, kind) for kind, words in OTHER.items() for word in words)
