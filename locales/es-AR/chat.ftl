### Lo que el bot responde a las personas, de vos. Solo lo que difiere de es/chat.ftl.

privacy =
    <b>Qué guardamos</b>
    El identificador, el idioma y la configuración de este chat. También los pedidos que seguís, los nombres que les diste y lo que ya te contamos.
    <b>Por cuánto tiempo</b>
    { $days ->
        [one] Borramos un pedido { $days } día después de que termina.
       *[other] Borramos un pedido { $days } días después de que termina.
    }
    { $copies ->
        [yes] En las copias de seguridad diarias queda siete días más.
       *[no] Si la tienda hace copias propias, tu pedido queda ahí hasta que las borre.
    }
    <b>Quién lo ve</b>
    { $named ->
        [yes] Solo el personal de la tienda { $store } que maneja este bot.
       *[no] Solo el personal de la tienda que maneja este bot.
    } Los mensajes viajan por Telegram.
    Para que nadie adivine pedidos probando números, contamos cuántos buscaste. Ese conteo dura un día, sin tu nombre ni los números.
    Con /export recibís una copia; con /forget borrás todo, menos ese conteo y lo que quede en las copias.
order-usage = Falta el número de pedido. Escribilo así: <code>/order { $example }</code>
group-hint = Para seguir un pedido en este grupo, escribí: <code>/order { $example }</code>

## Lo que no se entendió

unknown-command = Ese comando no existe aquí. En /help ves todo lo que podés hacer.
not-a-number =
    No encontramos un número de pedido en este mensaje. Copialo del mail de la tienda y mandalo aquí, así: <code>{ $example }</code>

## Pedidos que no se pueden mostrar

not-there =
    ℹ️ <b>Todavía no aparece</b> · Pedido { $order }
    Un pedido nuevo puede tardar un poco. Revisá el número; si está bien, te avisamos aquí en cuanto aparezca.
awaiting-already =
    Seguimos buscando el pedido { $order } y te avisamos aquí en cuanto aparezca. Mientras tanto, revisá el número, por si hubo un error al copiarlo.
awaiting-limit =
    { $count ->
        [one] Ya estamos buscando { $count } número, el máximo a la vez. Dejá de buscarlo con /stop y después intentalo otra vez.
       *[other] Ya estamos buscando { $count } números, el máximo a la vez. Dejá de buscar uno con /stop y después intentalo otra vez.
    }
follow-limit =
    { $count ->
        [one] Ya seguís { $count } pedido, el máximo a la vez. Dejá de seguirlo con /stop y después intentalo otra vez.
       *[other] Ya seguís { $count } pedidos, el máximo a la vez. Dejá de seguir uno con /stop y después intentalo otra vez.
    }
wait =
    { $minutes ->
        [one] Varios de los números que mandaste no aparecen. Revisalos en el mail de la tienda e intentalo otra vez en { $minutes } minuto.
       *[other] Varios de los números que mandaste no aparecen. Revisalos en el mail de la tienda e intentalo otra vez en { $minutes } minutos.
    }
day-limit =
    { $count ->
        [one] Llegaste al límite de { $count } pedido nuevo por día.
       *[other] Llegaste al límite de { $count } pedidos nuevos por día.
    } { $wait ->
        [one] Intentalo otra vez en { $wait } hora o abrí el enlace que te mandó la tienda.
       *[other] Intentalo otra vez en { $wait } horas o abrí el enlace que te mandó la tienda.
    }
person-hidden =
    Telegram no nos muestra quién escribe aquí. Escribí con tu propio perfil o mandá el número en nuestro chat privado.
looking-up = Estamos buscando el pedido { $order }. Tarda un poco más de lo normal. No tenés que mandar el número otra vez: te respondemos aquí.
look-up-limit =
    { $count ->
        [one] Todavía estamos buscando { $count } número. Cuando te llegue la respuesta, mandá este otra vez.
       *[other] Todavía estamos buscando { $count } números. Cuando te lleguen las respuestas, mandá este otra vez.
    }
api-trouble =
    Ahora mismo no podemos consultar el pedido { $order }. No tenés que mandar el número otra vez: seguimos intentando y te respondemos aquí.
link-required =
    { $named ->
        [yes] Para seguir un pedido de la tienda { $store }, abrí el enlace que te mandó.
       *[no] Para seguir un pedido, abrí el enlace que te mandó la tienda.
    } Aquí no es suficiente con el número.
link-bad =
    Este enlace no funciona. { $way ->
        [number] Abrí el último que te mandó la tienda o mandanos tu número de pedido.
       *[other] Abrí el último que te mandó la tienda o pedile uno nuevo.
    }

## Seguimiento

list-empty =
    Por ahora no seguís ningún pedido. { $way ->
        [link] Para seguir uno, abrí el enlace que te mandó la tienda.
        [group] Para seguir uno, escribí su número después de /order.
       *[number] Para seguir uno, mandá su número.
    }
stopped =
    Listo, ya no te avisamos del pedido { $order }. { $way ->
        [link] Si querés seguirlo otra vez, abrí el enlace que te mandó la tienda.
        [group] Si querés seguirlo otra vez, escribí su número después de /order.
       *[number] { $labelled ->
            [yes] Si querés seguirlo otra vez, mandá { $number }.
           *[no] Si querés seguirlo otra vez, mandá su número.
        }
    }
stopped-awaiting = Listo, ya no buscamos el pedido { $order }. Si cambiás de idea, en /help ves cómo seguirlo.
stop-which = ¿Qué pedido querés dejar de seguir?
stop-nothing = Aquí no seguís ningún pedido, así que no hay avisos que quitar.

## Configuración

settings = ¿Cuántos avisos querés recibir de tus pedidos? Ahora: { $level }.
settings-nights =
    { $quiet ->
        [yes] <b>Noches en silencio</b>: activadas. De 22:00 a 8:00, en la zona horaria de la tienda, todo llega sin sonido.
       *[no] <b>Noches en silencio</b>: desactivadas. Activalas para recibir todo sin sonido de 22:00 a 8:00, en la zona horaria de la tienda.
    }

## Ponerle nombre a un pedido

name-unclear = Ese nombre no sirve. Respondé otra vez a nuestra pregunta con unas palabras, como “Regalo de mamá”.

## Cuando algo falló de nuestro lado

apology = Perdón, algo falló de nuestro lado. Intentalo otra vez en un minuto.
flood = Llegaron muchos mensajes juntos y solo leímos los primeros. Mandá otra vez los que falten, unos pocos a la vez.
group-admins-only = Esto solo lo puede hacer un administrador del grupo. Pedíselo a uno.

## Respuestas cortas al tocar un botón

toast-too-soon = Lo acabamos de consultar. Intentalo otra vez en un minuto
toast-old = Este botón ya no funciona. Mandá /orders para ver tus pedidos
toast-apology = Perdón, algo falló de nuestro lado. Intentalo otra vez en un minuto
toast-flood = Fueron muchos toques juntos. Esperá un momento y tocá otra vez
