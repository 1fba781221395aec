### Lo que solo lee el personal de la tienda. Los comentarios de cada mensaje están en inglés, en en/staff.ftl.

## Alertas

alert-key-refused =
    ⚠️ Pick and Pack rechaza la clave de la API
    No se consultan pedidos hasta que la acepte; los webhooks siguen llegando. Conviene revisar PICKPACK_API_KEY.
alert-key-accepted =
    ✅ Pick and Pack acepta otra vez la clave de la API
    Los pedidos se consultan como antes.
alert-api-down =
    ⚠️ La API de Pick and Pack no responde
    No se consultan pedidos hasta que responda; los webhooks siguen llegando. Por ahora no hace falta hacer nada.
alert-api-up =
    ✅ La API de Pick and Pack responde otra vez
    Los pedidos se consultan como antes.
alert-unknown-status =
    ⚠️ Un estado para el que este bot no tiene palabra: { $raw }
    Llegó con el pedido { $number }. A quienes lo siguen se les dice que pasó a otro paso.
alert-unreadable-link =
    ⚠️ No es un enlace de seguimiento que se pueda mostrar: { $raw }
    Llegó de { $courier } con el pedido { $number }. A los seguidores no se les promete ningún enlace; uno que se pueda leer se muestra como siempre.
alert-other-account =
    ⚠️ Se rechazan los avisos de la cuenta { $raw }
    Solo se aceptan los de la cuenta de este bot y los de las cuentas que nombran sus pedidos. Si es tuya, revisa la clave en los ajustes.
alert-aside =
    ⚠️ No se pudo enviar un mensaje sobre el pedido { $number }
    Motivo: { $reason }. Para intentarlo otra vez: /resend
alert-backup-failed =
    ⚠️ Falló la copia de seguridad
    Motivo: { $reason }
alert-webhook-mismapped =
    ⚠️ Un webhook sobre un pedido no se puede leer
    Sus campos: { $raw }. Los de Pick and Pack son orderId, oldStatus, newStatus y hostname, sin estar dentro de otro campo. Revisa la configuración del webhook; mientras tanto se consultan los pedidos.
alert-not-received =
    ⚠️ El pedido { $number } figura como entregado, y alguien no lo tiene
    { $verified ->
        [yes] Lo sigue por enlace firmado desde: { $since }.
       *[no] Lo sigue por número desde: { $since }.
    } { $followers ->
        [one] { $followers } seguidor. Lo tienen: { $good }. No lo tienen: { $missing }.
       *[other] { $followers } seguidores. Lo tienen: { $good }. No lo tienen: { $missing }.
    }
alert-other =
    ⚠️ Algo necesita una revisión: { $raw }
    El registro dice más.

## /check

check-heading = <b>Pedido</b> { $number }
check-status = Estado: { $raw }
check-lifted = Se comunica como { $raw }, según un servicio de envío
check-courier-ahead = La empresa de transporte informa { $raw }, el pedido mismo no
check-divergence = Un webhook dijo { $raw } y la API no lo confirmó. Recibido: { $time }
check-differs = La API todavía muestra { $raw }, que según un webhook el pedido ya dejó. Consultado: { $time }
check-misses =
    { $count ->
        [one] No apareció en { $count } respuesta seguida
       *[other] No apareció en { $count } respuestas seguidas
    }
check-failures =
    { $count ->
        [one] Falló { $count } consulta
       *[other] Fallaron { $count } consultas seguidas
    }
check-since = Desde: { $time }
check-heard = Último webhook: { $time }
check-asked = Última respuesta válida de la API: { $time }
check-next = Próxima consulta: { $time }
check-service =
    Servicio { $n }: { $raw }, transportadora { $courier }, vehículo { $vehicle }{ $closed ->
        [yes] , la API ya no lo muestra
       *[no] {""}
    }
    Enlace: { $link }{ $shown ->
        [yes] , se muestra a quienes lo siguen
       *[no] , no se muestra a quienes lo siguen
    }
# The courier’s own, of the service above.
check-tracking = Número de rastreo: { $tracking }, estado del rastreo: { $raw }
check-no-services = Aún sin servicio de envío
check-followers = Lo siguen: { $followers }, en pausa: { $paused }, esperan este número: { $awaiting }
check-told = Comunicado { $time }: { $raw } ({ $reason })
check-nothing-told = Aún no se comunicó nada
check-history =
    { $count ->
        [1] { $time }: { $raw }
       *[other] { $time }: { $raw }, { $count } veces
    }
check-unknown = Aquí no se conoce el pedido { $number }, y la API no lo muestra.

## Otros comandos

staff-hint = Aquí eres parte del personal. Envía un número de pedido para seguirlo, o { $command } para ver todo lo que se sabe; el resto está en /help.
staff-usage = Se escribe así: { $command }
staff-not-admin = Solo quien administra este bot puede hacerlo.
staff-unknown-order = Aquí no se conoce el pedido { $number }.

stuck-heading = <b>Pedidos que no avanzan</b>
stuck-row = { $number }: { $raw }, desde { $time }
stuck-courier-ahead = { $number }: { $raw }, desde { $time }, pero la empresa de transporte informa { $service }
stuck-in-turns = { $number }: { $statuses } por turnos, { $count } veces en 24 horas
stuck-none = Todos los pedidos avanzan.

stats-heading = <b>Cifras desde { $time }</b>
stats-row = { $name }: { $value }
stats-name-orders = Pedidos seguidos
stats-name-chats = Chats
stats-name-sent = Mensajes enviados
stats-name-waiting = Mensajes en espera
stats-name-aside = Mensajes apartados
stats-name-perhaps = Mensajes que quizás llegaron
stats-name-delay = Segundos del hecho al mensaje, mediana
stats-name-good = Entregas confirmadas por la gente
stats-name-missing = Entregas que la gente no recibió
stats-name-found = Entregas que aparecieron después
stats-name-pauses = Pausas que pide Telegram, ahora
stats-name-longest-pause = Segundos que le quedan a la pausa más larga

who-heading =
    { $count ->
        [one] Al pedido { $number } lo sigue { $count } chat
       *[other] Al pedido { $number } lo siguen { $count } chats
    }
who-row =
    { $verified ->
        [yes] { $chat }: { $raw }, por enlace
       *[no] { $chat }: { $raw }, por número
    }
who-nobody = Nadie sigue el pedido { $number }.

resend-done =
    { $count ->
        [one] El pedido { $number } se comunica otra vez a { $count } chat.
       *[other] El pedido { $number } se comunica otra vez a { $count } chats.
    }
tell-confirm =
    { $count ->
        [one] Esto va a { $count } chat que sigue el pedido { $number }. ¿Enviarlo?
       *[other] Esto va a { $count } chats que siguen el pedido { $number }. ¿Enviarlo?
    }
tell-cancelled = No se envió nada.
tell-done =
    { $count ->
        [one] Enviado a { $count } chat que sigue el pedido { $number }.
       *[other] Enviado a { $count } chats que siguen el pedido { $number }.
    }
tell-too-long = Este texto es demasiado largo: tiene { $length } caracteres y caben { $limit } como máximo. Un emoji cuenta por dos o más.
button-send = Enviar
button-cancel = No enviar

link-made =
    Enlace al pedido { $number }:
    { $url }
link-too-long = El pedido { $number } no puede tener enlace: su número es demasiado largo.
link-no-secret = Los enlaces necesitan LINK_SECRET en la configuración.
