### Lo que el bot responde a las personas. Los comentarios de cada mensaje están en inglés, en en/chat.ftl.

## Comienzo

privacy =
    <b>Qué se guarda</b>
    El identificador, el idioma y la configuración de este chat, tus pedidos en seguimiento, los nombres que les diste y lo que te dijimos.
    <b>Por cuánto tiempo</b>
    { $days ->
        [one] Un pedido terminado se borra después de { $days } día.
       *[other] Un pedido terminado se borra después de { $days } días.
    }
    { $copies ->
        [yes] Las copias de seguridad diarias lo conservan siete días más.
       *[no] Si la tienda guarda copias propias, lo conservan mientras la tienda las guarde.
    }
    <b>Quién lo ve</b>
    { $named ->
        [yes] Solo el personal que maneja este bot en { $store }.
       *[no] Solo el personal de la tienda que maneja este bot.
    } Los mensajes viajan por Telegram.
    Con /export llega una copia, con /forget se borra todo.
    Para que nadie adivine números de pedidos, también contamos cuántos buscaste: por un día, sin tu nombre ni los números. /forget no borra esa cuenta.

order-usage = El número va detrás del comando: <code>/order { $example }</code>
group-hint = En los grupos, el número va detrás del comando: <code>/order { $example }</code>

## Lo que no se entendió

unknown-command = No conocemos este comando. En /help está lo que se puede hacer aquí.
not-a-number =
    No vemos un número de pedido en este mensaje. Basta con enviarlo como está en el correo de la tienda, por ejemplo <code>{ $example }</code>.

## Pedidos que no se pueden mostrar

not-there =
    ℹ️ El pedido { $order }: aún no vemos este número
    Un pedido nuevo puede tardar en aparecer. Conviene revisar el número o esperar; te avisaremos cuando aparezca.

awaiting-already =
    Ya esperamos el pedido { $order }, y te avisaremos cuando aparezca.

awaiting-limit =
    { $count ->
        [one] Ya esperamos { $count } número. Hay que quitarlo con /stop e intentar otra vez con este.
       *[other] Ya esperamos { $count } números. Hay que quitar uno con /stop e intentar otra vez con este.
    }

follow-limit =
    { $count ->
        [one] Ya hay { $count } pedido en seguimiento. Hay que quitarlo con /stop e intentar otra vez con este.
       *[other] Ya hay { $count } pedidos en seguimiento. Hay que quitar uno con /stop e intentar otra vez con este.
    }

wait =
    { $minutes ->
        [one] No encontramos varios números. Hay que esperar { $minutes } minuto antes del próximo intento.
       *[other] No encontramos varios números. Hay que esperar { $minutes } minutos antes del próximo intento.
    }

day-limit =
    { $count ->
        [one] Se puede seguir { $count } pedido nuevo por día con su número.
       *[other] Se pueden seguir { $count } pedidos nuevos por día con sus números.
    } { $hours ->
        [one] El próximo, en { $hours } hora, o abriendo el enlace que te envió la tienda.
       *[other] El próximo, en { $hours } horas, o abriendo el enlace que te envió la tienda.
    }

person-hidden =
    No podemos ver quién escribe aquí. Escribe con tu propio nombre, o envía el número en nuestro chat privado.

looking-up = Estamos buscando el pedido { $order }. Tarda un poco más de lo normal; la respuesta te llegará aquí.

look-up-limit =
    { $count ->
        [one] Todavía estamos buscando { $count } número. El siguiente se puede enviar en cuanto respondamos.
       *[other] Todavía estamos buscando { $count } números. El siguiente se puede enviar en cuanto respondamos.
    }

api-trouble =
    No podemos consultar el pedido { $order } en este momento. No hace falta hacer nada; te avisaremos aquí cuando podamos.

link-required =
    { $named ->
        [yes] Para seguir un pedido en { $store }, hay que abrir el enlace que te envió la tienda.
       *[no] Para seguir un pedido, hay que abrir el enlace que te envió la tienda.
    } Aquí no alcanza con el número.
link-bad = Este enlace no es válido. Hay que abrir el más nuevo que te envió la tienda, o pedirle otro.

## Seguimiento

list-heading = <b>Tus pedidos en seguimiento</b>
list-row = { $number } – { $state }
list-row-labelled = “{ $label }” { $number } – { $state }
list-row-awaited = { $number } – aún no aparece
list-empty =
    No hay pedidos en seguimiento. { $way ->
        [link] Para seguir uno, basta con abrir el enlace que te envió la tienda.
        [group] Para seguir uno, su número va detrás de /order.
       *[number] Para seguir uno, basta con enviar su número.
    }

stopped =
    Dejaste de seguir el pedido { $order }. { $way ->
        [link] Para seguirlo otra vez, basta con abrir el enlace que te envió la tienda.
        [group] Para seguirlo otra vez, su número va detrás de /order.
       *[number] Para seguirlo otra vez, basta con enviar su número.
    }
stopped-awaiting = Ya no esperamos el pedido { $order }.
stopped-all =
    { $count ->
        [one] Dejaste de seguir { $count } pedido.
       *[other] Dejaste de seguir { $count } pedidos.
    }
stop-which = ¿Qué pedido dejamos de seguir?
stop-nothing = No hay pedidos en seguimiento, así que no hay nada que quitar.

## Idioma

language-choose = ¿En qué idioma te escribimos?
language-changed = Desde ahora escribimos en español.

## Configuración

settings = ¿Cuántos avisos te enviamos sobre tus pedidos? Ahora: { $level }.
settings-levels =
    <b>Pasos principales</b>: un mensaje en cada etapa; lo demás se ve en el último mensaje del pedido.
    <b>Cada paso</b>: un mensaje en cada paso; los de rutina llegan sin sonido.
    <b>Solo lo clave</b>: un mensaje cuando sale, está listo para retirar, termina o tiene un problema; lo demás se ve en el último.
settings-nights =
    { $quiet ->
        [yes] Las <b>noches en silencio</b> están activadas: de 22:00 a 8:00, hora de la tienda, todo llega sin sonido.
       *[no] Las <b>noches en silencio</b> están desactivadas. Actívalas y todo llegará sin sonido de 22:00 a 8:00, hora de la tienda.
    }

level-name-main = Pasos principales
level-name-every = Cada paso
level-name-key = Solo lo clave
button-quiet-nights = Silenciar noches
button-loud-nights = Sonar de noche

## Ponerle nombre a un pedido

name-unclear = Eso no puede ser un nombre. Responde otra vez a nuestra pregunta con unas palabras, como “Regalo de mamá”.

## Datos personales

export-ready = Este archivo contiene todo lo guardado sobre este chat.
export-empty = No hay nada guardado sobre este chat.
forget-confirm =
    Esto borra todo lo guardado sobre este chat: pedidos, nombres, configuración. Ya no llegarán novedades de tus pedidos. ¿Borrar todo?
forget-done = Todo lo guardado sobre este chat quedó borrado.
forget-cancelled = No se borró nada.

## Cuando algo falló de nuestro lado

apology = Perdón, algo falló de nuestro lado. En un minuto se puede intentar otra vez.
flood = Llegaron muchos mensajes a la vez y solo leímos los primeros. Lo que falte se puede enviar otra vez, de a poco.
not-yours-to-stop = Solo quien siguió este pedido aquí puede dejar de seguirlo.
group-admins-only = Solo un administrador de este grupo puede hacer esto.

## Respuestas cortas al tocar un botón

toast-refreshed = Está al día
toast-too-soon = Recién consultado. En un minuto se puede consultar otra vez
toast-stopped = Dejaste de seguir este pedido
toast-old = Este botón ya no está vigente. Los pedidos están en /orders
toast-not-yours = Este botón es del mensaje de otra persona
toast-apology = Perdón, algo falló de nuestro lado. En un minuto se puede intentar otra vez
toast-flood = Demasiado a la vez. En un momento se puede intentar otra vez
toast-saved = Guardado
toast-trouble = No podemos consultar en este momento. Te avisaremos cuando podamos
# Somebody has said whether they have what was delivered.
toast-noted = Anotado, gracias
# A new card is just being sent.
toast-moment = Un momento, por favor

## Botones: hasta 20 caracteres

button-forget = Borrar todo
button-keep = Conservar todo
button-stop-all = Dejar de seguir todo
