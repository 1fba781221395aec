### Lo que solo lee el personal de la tienda. Los comentarios de cada mensaje están en inglés, en en/staff.ftl.

## Alertas

alert-key-refused =
    ⚠️ Pick and Pack rechaza nuestra clave de la API
    Mientras tanto no podemos consultar pedidos; los webhooks siguen llegando. Revisa PICKPACK_API_KEY.
alert-key-accepted =
    ✅ Pick and Pack acepta otra vez nuestra clave de la API
    Consultamos los pedidos como antes. No tienes que hacer nada.
alert-api-down =
    ⚠️ La API de Pick and Pack no responde
    Mientras tanto no podemos consultar pedidos; los webhooks siguen llegando. Por ahora no tienes que hacer nada.
alert-api-up =
    ✅ La API de Pick and Pack responde otra vez
    Consultamos los pedidos como antes. No tienes que hacer nada.
alert-unknown-status =
    ⚠️ El bot no conoce este estado: { $raw }
    Llegó con el pedido { $number }. Quienes lo siguen solo ven que pasó a otra etapa.
alert-unreadable-link =
    ⚠️ Este enlace de rastreo no se puede mostrar: { $raw }
    { $named ->
        [yes] Pedido { $number }, empresa de transporte: { $courier }.
       *[no] Pedido { $number }, sin nombre de la empresa de transporte.
    } Quienes lo siguen no ven ningún enlace hasta que llegue uno que funcione.
alert-other-account =
    ⚠️ El bot rechaza los webhooks de la cuenta { $raw }
    Solo acepta los de su propia cuenta y los de las cuentas que nombran sus pedidos. Si esta es tuya, revisa la clave en la configuración.
alert-aside =
    ⚠️ Un mensaje sobre el pedido { $number } no llegó
    Motivo: { $cause }. Para enviarlo otra vez: /resend
alert-backup-failed =
    ⚠️ Falló la copia de seguridad
    Motivo: { $reason }
alert-webhook-mismapped =
    ⚠️ No podemos leer un webhook sobre un pedido
    Trae estos campos: { $raw }. Los de Pick and Pack son orderId, oldStatus, newStatus y hostname, fuera de cualquier otro campo. Revisa la configuración del webhook; mientras tanto consultamos los pedidos en la API.
alert-not-received =
    ⚠️ Entregaron el pedido { $number }, pero alguien no lo tiene
    { $verified ->
        [yes] Lo sigue por el enlace de la tienda desde: { $since }.
       *[no] Lo sigue por el número desde: { $since }.
    } { $followers ->
        [one] Lo sigue { $followers } chat. Lo tienen: { $good }. No lo tienen: { $missing }.
       *[other] Lo siguen { $followers } chats. Lo tienen: { $good }. No lo tienen: { $missing }.
    }
alert-other =
    ⚠️ Algo necesita una revisión: { $raw }
    Los detalles están en el registro (log).

## Alertas que llegaron o terminaron

alert-webhooks-silent =
    ⚠️ No llegan webhooks
    Encontramos por nuestra cuenta novedades que ningún webhook trajo: { $lost }. Revisa el webhook en la configuración de Pick and Pack; mientras tanto, las novedades llegan más tarde.
alert-webhooks-refused =
    ⚠️ Rechazamos los webhooks de Pick and Pack
    { $secret ->
        [yes] Su secreto falta o no es correcto. Compáralo con WEBHOOK_SECRET en la configuración.
       *[no] No son como los esperamos. El registro (log) dice por qué.
    } Mientras tanto, las novedades llegan más tarde.
alert-webhooks-back =
    ✅ Los webhooks llegan otra vez
    Las novedades llegan enseguida, como antes. No tienes que hacer nada.
alert-webhooks-readable =
    ✅ Leemos otra vez los webhooks sobre pedidos
    Las novedades llegan enseguida, como antes. No tienes que hacer nada.
alert-nothing-found =
    ⚠️ Pick and Pack no encuentra ninguno de nuestros pedidos
    Consultamos { $count } números desde el inicio. Tal vez la clave sea de otra cuenta: revisa PICKPACK_API_KEY.
alert-found-again =
    ✅ Pick and Pack encuentra nuestros pedidos
    No tienes que hacer nada.
alert-disk-low =
    ⚠️ El disco está casi lleno
    Quedan { $free } MB libres donde está la base de datos. Libera espacio: sin él no podemos guardar novedades.
alert-disk-free =
    ✅ Hay espacio en el disco otra vez
    Quedan { $free } MB libres.
alert-backup-made =
    ✅ La copia de seguridad de hoy está hecha
    No tienes que hacer nada.
alert-token-accepted =
    ✅ Telegram acepta otra vez nuestro token
    Lo rechazaba desde { $since } y no se envió nada. Lo que esperaba sale ahora.
alert-database-down =
    ⚠️ No podemos guardar nada
    Falla la base de datos, así que no entran ni salen novedades. Pick and Pack las envía otra vez más tarde. Revisa el disco de la máquina del bot.
alert-database-up =
    ✅ Guardamos novedades otra vez
    Lo que esperaba sale ahora. No tienes que hacer nada.
alert-stuck =
    ⚠️ El pedido { $number } no avanza
    { $why ->
        [courier] La empresa de transporte informa: { $reported }. Pick and Pack todavía dice: { $state }.
        [not-found] Pick and Pack ya no lo muestra. Su último estado, desde { $since }: { $state }.
        [unconfirmed] Un webhook y Pick and Pack dicen cosas distintas. El estado según Pick and Pack: { $state }.
        [in-turns] Va y vuelve: { $times } veces en 24 horas. Su estado ahora: { $state }.
       *[other] Su estado desde { $since }: { $state }.
    } Alguien lo espera.
alert-moves-again =
    ✅ El pedido { $number } avanza otra vez
    No tienes que hacer nada.
alert-received =
    ✅ El pedido { $number } apareció
    Ya lo tiene quien dijo que no le llegó.
alert-digest =
    ℹ️ <b>El día hasta { $time }</b>
    Pedidos con novedades: { $orders }
    Entregados: { $delivered }
    A alguien no le llegó: { $missing }
    No avanzan: { $stuck }
    Mensajes no entregados: { $undelivered }
    Novedades que el webhook perdió: { $lost }
done-by =
    { $known ->
        [no] Listo.
       *[other] Listo: { $name }
    }
over-since = Terminó a las { $time }.
muted-until = Silenciado en este chat hasta las { $time }.
button-mute = Silenciar 1 h
button-unmute = Dejar de silenciar
button-done = Listo
toast-muted = En este chat no avisamos de esto hasta las { $time }
toast-muted-already = Ya está silenciado en este chat, hasta las { $time }
toast-unmuted = Volvemos a avisar de esto en este chat
toast-not-muted = Ya no está silenciado en este chat
toast-alert-over = Ya terminó. No hay nada que hacer
toast-alert-done = Listo. Los demás ven que lo hiciste tú
toast-alert-already =
    { $by ->
        [you] Ya te encargaste tú
        [another] Ya se encargó { $name }
       *[unknown] Alguien ya se encargó
    }
toast-staff-old =
    { $named ->
        [yes] Este botón ya es viejo: /check { $number } muestra cómo está el pedido ahora
       *[no] Este botón ya es viejo: /help trae el panel como está ahora
    }

## /check
## /check: cómo va un pedido, de un vistazo

check-now = <b>Ahora</b>
check-trouble =
    Informa { $named ->
        [yes] { $courier }
       *[no] la empresa de transporte
    }: { $what }{ $total ->
        [1] {""}
       *[other] {" "}(paquete { $n } de { $total })
    }
check-state =
    { $timed ->
        [since] Estado: { $what }, desde { $clock }
        [seen] Estado: { $what }, visto { $clock }
       *[no] Estado: { $what }
    }
check-found =
    { $webhook ->
        [missed] lo vimos al consultar (su webhook no llegó)
       *[open] lo vimos al consultar
    }
check-unreachable = Pick and Pack no respondió ahora: esto es lo que sabíamos antes.
check-unknown-unreachable = Ahora no podemos consultar a Pick and Pack y todavía no sabemos nada del pedido { $number }.
check-apart-shown = Pick and Pack dice “{ $before }”, pero ya lo tiene la empresa de transporte: quienes lo siguen leen “{ $what }”.
check-apart-courier = La empresa de transporte informa “{ $what }”, pero Pick and Pack todavía dice “{ $before }”.
check-apart-behind = Pick and Pack dice “{ $what }”, pero la empresa de transporte todavía no lo informó.
check-apart-webhook = Un webhook dijo “{ $what }” ({ $clock }) y Pick and Pack todavía no lo confirmó.
check-apart-end = Un webhook dijo “{ $what }”, pero Pick and Pack todavía decía “{ $before }” ({ $clock }).
check-gone =
    { $count ->
        [one] Pick and Pack ya no lo encuentra: { $count } respuesta.
       *[other] Pick and Pack ya no lo encuentra: { $count } respuestas seguidas.
    }
check-failing =
    { $count ->
        [one] Pick and Pack no respondió la última vez que preguntamos por él.
       *[other] Pick and Pack no respondió las últimas { $count } veces que preguntamos por él.
    }
check-webhook-at = Último webhook: { $clock }
check-no-webhook = Todavía sin webhooks de este pedido
check-answered-at = Última respuesta de Pick and Pack: { $clock }

check-courier = <b>Transporte</b>
check-no-courier = Todavía no se nombra a nadie
check-link-shown = quienes lo siguen ven su enlace
check-link-seen = ven su enlace: { $count } de { $total } chats
check-link-kept = tiene enlace, ahora no se muestra
check-link-unreadable = su enlace no se puede mostrar
check-link-awaited = todavía sin enlace
check-link-none = sin enlace
check-tracking-id = Número de rastreo: { $tracking }
check-more-packages =
    { $count ->
        [one] Y { $count } paquete más
       *[other] Y { $count } paquetes más
    }

check-told-to = <b>Avisos</b>
check-followed =
    { $count ->
        [0] Nadie lo sigue: no se avisa a nadie
        [one] Lo sigue { $count } chat
       *[other] Lo siguen { $count } chats
    }{ $staff ->
        [0] {""}
       *[other] , del personal: { $staff }
    }
check-cannot-write = No podemos escribirles: { $count } ({ $why })
check-waited =
    { $count ->
        [one] { $count } chat espera este número
       *[other] { $count } chats esperan este número
    }
check-not-received =
    Dicen que no lo tienen: { $count }{ $timed ->
        [yes] {""} (desde: { $clock })
       *[no] {""}
    }{ $by ->
        [somebody] ; se ocupa { $name }
        [unknown] ; alguien del personal se ocupa
        [told] ; alerta al personal: { $alerted }
        [later] ; alerta al personal, prevista: { $alerted }
       *[nobody] ; no hubo alerta al personal
    }
check-not-told = Sin avisar: { $what }, { $count } ({ $why })
check-stopped =
    { $count ->
        [one] { $count } chat dejó de seguirlo: { $clock }
       *[other] { $count } chats dejaron de seguirlo, el último: { $clock }
    }
check-received = Dicen que lo tienen: { $count }
check-card-private =
    { $count ->
        [one] En { $count } chat privado se lee:
       *[other] En { $count } chats privados se lee:
    }
check-card-group =
    { $count ->
        [one] En { $count } grupo se lee:
       *[other] En { $count } grupos se lee:
    }
check-card-new = Quien empiece a seguirlo leería:
check-other-cards =
    { $count ->
        [one] En { $count } chat más se lee otra cosa
       *[other] En { $count } chats más se lee otra cosa
    }
check-no-card =
    { $count ->
        [one] { $count } chat todavía no tiene su tarjeta
       *[other] { $count } chats todavía no tienen su tarjeta
    }
check-event = { $clock } { $what }, { $clauses }
check-span = { $first }–{ $last }
check-to =
    { $count ->
        [one] a { $count } chat
       *[other] a { $count } chats
    }
check-messages =
    { $count ->
        [one] { $messages } mensajes a { $count } chat
       *[other] { $messages } mensajes a { $count } chats
    }
check-silent =
    { $all ->
        [yes] sin sonido
       *[no] { $count } sin sonido
    }
check-undelivered =
    { $count ->
        [one] { $count } no entregado: { $why }
       *[other] { $count } no entregados: { $why }
    }
check-maybe =
    { $count ->
        [one] { $count } tal vez entregado
       *[other] { $count } tal vez entregados
    }
check-pending =
    { $count ->
        [one] { $count } por enviar
       *[other] { $count } por enviar
    }
check-pending-until =
    { $held ->
        [yes] { $count } por enviar: Telegram nos pidió esperar hasta { $clock }
       *[no] { $count } por enviar, no antes de { $clock }
    }
check-pending-tried =
    { $count ->
        [one] { $count } por enviar: Telegram todavía no lo recibió
       *[other] { $count } por enviar: Telegram todavía no los recibió
    }
check-earlier =
    { $count ->
        [one] { $count } aviso anterior está en “Ver detalles”
       *[other] { $count } avisos anteriores están en “Ver detalles”
    }
check-what-asked = { $what } (lo pidieron)
check-what-again = { $what } (enviado otra vez)
check-what-reminder = recordatorio de retiro
check-what-late = tarda más de lo habitual
check-what-solved = problema resuelto
check-what-package-delivered = un paquete entregado
check-what-package-returned = un paquete volvió a la tienda
check-what-note =
    { $named ->
        [yes] mensaje de la tienda, de { $author }
       *[no] mensaje de la tienda
    }{ $known ->
        [yes] : “{ $text }”
       *[no] {""}
    }
check-what-never-seen = el número no apareció
check-what-archived = mucho tiempo sin novedades
check-why-blocked = bot bloqueado
check-why-removed = quitaron el bot del grupo
check-why-deleted = la cuenta o el grupo ya no existe
check-why-no-right = el bot no puede escribir allí
check-why-too-long = texto demasiado largo
check-why-message-gone = el mensaje ya no está
check-why-topic-gone = el tema del grupo está cerrado o ya no existe
check-why-format = Telegram no entiende su formato
check-why-button = Telegram rechaza uno de sus botones
check-why-busy = Telegram nos pidió esperar
check-why-no-answer = Telegram no respondió
check-why-quoted = Telegram dice “{ $text }”
check-why-other = Telegram da otro motivo
check-awaited = Pick and Pack todavía no muestra el pedido { $number }.
check-waited-since =
    { $count ->
        [one] { $count } chat lo espera desde { $clock }. Le avisaremos cuando aparezca.
       *[other] { $count } chats lo esperan, el primero desde { $clock }. Les avisaremos cuando aparezca.
    }
check-next-ask = Próxima consulta: { $clock }
check-their-message = Lo que se les dijo:

write-ask = Responde a este mensaje con lo que deben leer quienes siguen el pedido { $number }.
write-number =
    ¿Para qué pedido es este texto? Responde a este mensaje con su número.
    { $text }
toast-asked-already = Esa pregunta ya está arriba: respóndela
toast-below = Ya está más abajo
toast-asking = Consultamos a Pick and Pack. La tarjeta mostrará lo que diga
button-details = Ver detalles
button-later = Más recientes
button-earlier = Anteriores
button-resend = Reenviar
button-write = Escribir
button-followers = Ver quién lo sigue
button-link = Enlace + QR
toast-admins-only = Esto solo lo puede hacer quien administra el bot
toast-unreachable = Pick and Pack no respondió

## /check: los datos sin traducir, detrás del botón de detalles

check-heading = <b>Pedido</b> { $number }
details-none = sin dato
check-status = Estado: { $raw }
check-lifted = Quienes lo siguen ven { $raw }, que informa la empresa de transporte
check-courier-ahead = La empresa de transporte informa { $raw }; el pedido todavía no
check-divergence = Un webhook informó { $raw } y la API todavía no lo confirmó. Recibido: { $time }
check-differs = La API todavía muestra { $raw }, pero según un webhook el pedido ya avanzó. Consultado: { $time }
check-misses =
    { $count ->
        [one] No apareció en { $count } respuesta de la API
       *[other] No apareció en { $count } respuestas seguidas de la API
    }
check-failures =
    { $count ->
        [one] Falló { $count } consulta
       *[other] Fallaron { $count } consultas seguidas
    }
check-since = Desde: { $time }
check-heard = Último webhook: { $time }
check-asked = Última respuesta útil de la API: { $time }
check-next = Próxima consulta: { $time }
check-service =
    Servicio { $n }: { $raw }, empresa de transporte { $courier }, vehículo { $vehicle }{ $closed ->
        [yes] , la API ya no lo muestra
       *[no] {""}
    }
    Enlace: { $link }{ $shown ->
        [yes] , se muestra a quienes lo siguen
       *[no] , no se muestra a quienes lo siguen
    }
# The courier’s own, of the service above.
check-tracking = Número de rastreo: { $tracking }, estado del rastreo: { $raw }
check-no-services = Todavía sin servicio de envío
check-followers = Lo siguen: { $followers }, en pausa: { $paused }, esperan este número: { $awaiting }
details-history = <b>Historial</b>
check-nothing-told = Todavía no avisamos nada
check-history =
    { $count ->
        [1] { $time }: { $what }
       *[other] { $time }: { $what }, { $count } veces
    }
details-kind =
    { $kind ->
        [heard] webhook
        [chain] varios webhooks juntos
        [seen] respuesta de Pick and Pack
        [unseen] pasos que ningún webhook trajo
        [repeat] webhook repetido
        [held] webhook en espera de la respuesta
        [doubtful] webhook que no encaja
        [stale] respuesta anterior al último webhook
        [differs] respuesta que dice otra cosa
        [missed] Pick and Pack no lo encuentra
        [service] paquete
        [link] enlace de rastreo
        [receipt] respuesta de un cliente
       *[other] { $raw }
    }
check-unknown = No conocemos el pedido { $number } y Pick and Pack no lo muestra. Revisa el número.
under-a-second = menos de un segundo

## Otros comandos

staff-hint = Aquí eres parte del equipo. Envía un número para seguir el pedido o { $command } para ver todo lo que sabemos de él. El resto está en /help.
staff-usage = Escríbelo así: { $command }
staff-test =
    Esto es una prueba
    Los avisos del bot para el personal llegan a este chat. No tienes que hacer nada.
staff-not-admin = Esto solo lo puede hacer quien administra el bot.

who-heading =
    { $count ->
        [one] Al pedido { $number } lo sigue { $count } chat
       *[other] Al pedido { $number } lo siguen { $count } chats
    }
who-row =
    { $chat }: { $told ->
        [yes] último aviso: { $what } ({ $clock })
       *[no] todavía sin avisos
    }, { $verified ->
        [yes] por enlace
       *[no] por número
    }{ $paused ->
        [yes] {" "}– no podemos escribirle ({ $why })
       *[no] {""}
    }
who-nobody = Nadie sigue el pedido { $number }.
who-unreachable =
    { $count ->
        [one] Al pedido { $number } lo sigue { $count } chat, pero no podemos escribirle ({ $why }): no se puede enviar nada.
       *[other] Al pedido { $number } lo siguen { $count } chats, pero no podemos escribir a ninguno ({ $why }): no se puede enviar nada.
    }
who-rest =
    { $count ->
        [one] A { $count } chat más que lo sigue no podemos escribirle ({ $why }).
       *[other] A { $count } chats más que lo siguen no podemos escribirles ({ $why }).
    }

resend-done =
    { $count ->
        [0] No enviamos nada: no se puede escribir a nadie que siga el pedido { $number }.
        [one] Contamos otra vez cómo va el pedido { $number } a { $count } chat.
       *[other] Contamos otra vez cómo va el pedido { $number } a { $count } chats.
    }
resend-just-now = El pedido { $number } ya se contó otra vez a las { $time }. Se puede repetir un minuto después.
toast-resent-already = Ya se contó otra vez a las { $time }. Se puede repetir un minuto después
tell-confirm =
    { $count ->
        [one] Esto va a { $count } chat que sigue el pedido { $number }. ¿Lo enviamos?
       *[other] Esto va a { $count } chats que siguen el pedido { $number }. ¿Lo enviamos?
    }
tell-cancelled = De acuerdo, no enviamos nada.
tell-done =
    { $count ->
        [0] No enviamos nada: no se puede escribir a nadie que siga el pedido { $number }.
        [one] Enviado a { $count } chat que sigue el pedido { $number }.
       *[other] Enviado a { $count } chats que siguen el pedido { $number }.
    }
toast-sent-already =
    { $by ->
        [you] Ya lo enviaste tú, a las { $time }
       *[another] Ya lo envió otra persona, a las { $time }
    }
toast-draft-gone = Este texto ya no espera a ser enviado. Si todavía hace falta, escríbelo de nuevo
tell-too-long = El texto es demasiado largo: tiene { $length } caracteres y caben { $limit }. Acórtalo y envíalo otra vez; un emoji cuenta por dos o más.
button-send = Enviar
button-cancel = No enviar

link-made =
    Enlace al pedido { $number }:
    { $url }
link-unseen =
    { $known ->
        [yes] Pick and Pack todavía no muestra este pedido. Si el número es correcto, el enlace funcionará cuando aparezca.
       *[no] Ahora no podemos consultar a Pick and Pack y todavía no conocemos este pedido. Si el número es correcto, el enlace funciona.
    }
link-too-long = El número { $number } es demasiado largo para un enlace.
link-no-secret = Para crear enlaces, pon primero LINK_SECRET en la configuración.
