### Lo que solo lee el equipo de la tienda, de vos. Solo lo que difiere de es/staff.ftl.

## Alertas

alert-key-refused =
    ⚠️ Pick and Pack rechaza nuestra clave de la API
    Mientras tanto no podemos consultar pedidos; los webhooks siguen llegando. Revisá PICKPACK_API_KEY.
alert-key-accepted =
    ✅ Pick and Pack acepta otra vez nuestra clave de la API
    Consultamos los pedidos como antes. No tenés que hacer nada.
alert-api-down =
    ⚠️ La API de Pick and Pack no responde
    Mientras tanto no podemos consultar pedidos; los webhooks siguen llegando. Por ahora no tenés que hacer nada.
alert-api-up =
    ✅ La API de Pick and Pack responde otra vez
    Consultamos los pedidos como antes. No tenés que hacer nada.
alert-other-account =
    ⚠️ El bot rechaza los webhooks de la cuenta { $raw }
    Solo acepta los de su propia cuenta y los de las cuentas que nombran sus pedidos. Si esta es tuya, revisá la clave en la configuración.
alert-aside =
    ⚠️ Un mensaje sobre el pedido { $number } no llegó
    Motivo: { $cause }. Para mandarlo otra vez: /resend
alert-webhook-mismapped =
    ⚠️ No podemos leer un webhook sobre un pedido
    Trae estos campos: { $raw }. Los de Pick and Pack son orderId, oldStatus, newStatus y hostname, fuera de cualquier otro campo. Revisá la configuración del webhook; mientras tanto consultamos los pedidos en la API.

## Alertas que llegaron o terminaron

alert-webhooks-silent =
    ⚠️ No llegan webhooks
    Encontramos por nuestra cuenta novedades que ningún webhook trajo: { $lost }. Revisá el webhook en la configuración de Pick and Pack; mientras tanto, las novedades llegan más tarde.
alert-webhooks-refused =
    ⚠️ Rechazamos los webhooks de Pick and Pack
    { $secret ->
        [yes] Su secreto falta o no es correcto. Comparalo con WEBHOOK_SECRET en la configuración.
       *[no] No son como los esperamos. El registro (log) dice por qué.
    } Mientras tanto, las novedades llegan más tarde.
alert-webhooks-back =
    ✅ Los webhooks llegan otra vez
    Las novedades llegan enseguida, como antes. No tenés que hacer nada.
alert-webhooks-readable =
    ✅ Leemos otra vez los webhooks sobre pedidos
    Las novedades llegan enseguida, como antes. No tenés que hacer nada.
alert-nothing-found =
    ⚠️ Pick and Pack no encuentra ninguno de nuestros pedidos
    Consultamos { $count } números desde el inicio. Tal vez la clave sea de otra cuenta: revisá PICKPACK_API_KEY.
alert-found-again =
    ✅ Pick and Pack encuentra nuestros pedidos
    No tenés que hacer nada.
alert-disk-low =
    ⚠️ El disco está casi lleno
    Quedan { $free } MB libres donde está la base de datos. Liberá espacio: sin él no podemos guardar novedades.
alert-backup-made =
    ✅ La copia de seguridad de hoy está hecha
    No tenés que hacer nada.
alert-database-down =
    ⚠️ No podemos guardar nada
    Falla la base de datos, así que no entran ni salen novedades. Pick and Pack las manda otra vez más tarde. Revisá el disco de la máquina del bot.
alert-database-up =
    ✅ Guardamos novedades otra vez
    Lo que esperaba sale ahora. No tenés que hacer nada.
alert-moves-again =
    ✅ El pedido { $number } avanza otra vez
    No tenés que hacer nada.
toast-alert-done = Listo. Los demás ven que lo hiciste vos

## /check

check-unknown = No conocemos el pedido { $number } y Pick and Pack no lo muestra. Revisá el número.

write-ask = Respondé a este mensaje con lo que deben leer quienes siguen el pedido { $number }.

## Otros comandos

staff-hint = Acá sos parte del equipo. Mandá un número para seguir el pedido o { $command } para ver todo lo que sabemos de él. El resto está en /help.
staff-usage = Escribilo así: { $command }
staff-test =
    Esto es una prueba
    Los avisos del bot para el personal llegan a este chat. No tenés que hacer nada.

write-number =
    ¿Para qué pedido es este texto? Respondé a este mensaje con su número.
    { $text }
toast-asked-already = Esa pregunta ya está arriba: respondela
toast-draft-gone = Este texto ya no espera a ser enviado. Si todavía hace falta, escribilo de nuevo
tell-too-long = El texto es demasiado largo: tiene { $length } caracteres y caben { $limit }. Acortalo y mandalo otra vez; un emoji cuenta por dos o más.
link-no-secret = Para crear links, poné primero LINK_SECRET en la configuración.
