### Lo que el bot responde a las personas. Los comentarios de cada mensaje están en inglés, en en/chat.ftl.

privacy =
    <b>Qué guardamos</b>
    El identificador, el idioma y la configuración de este chat. También los pedidos que sigues, los nombres que les diste y lo que ya te contamos.
    <b>Por cuánto tiempo</b>
    { $days ->
        [one] Borramos un pedido { $days } día después de que termine.
       *[other] Borramos un pedido { $days } días después de que termine.
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
    Con /export recibes una copia; con /forget borras todo, menos ese conteo y lo que quede en las copias.

order-usage = Falta el número de pedido. Escríbelo así: <code>/order { $example }</code>
group-hint = Para seguir un pedido en este grupo, escribe: <code>/order { $example }</code>

## Lo que no se entendió

unknown-command = Ese comando no existe aquí. En /help ves todo lo que puedes hacer.
not-a-number =
    No encontramos un número de pedido en este mensaje. Cópialo del correo de la tienda y envíalo aquí, así: <code>{ $example }</code>

## Pedidos que no se pueden mostrar

not-there =
    ℹ️ <b>Todavía no aparece</b> · Pedido { $order }
    Un pedido nuevo puede tardar un poco. Revisa el número; si está bien, te avisamos aquí en cuanto aparezca.

awaiting-already =
    Seguimos buscando el pedido { $order } y te avisamos aquí en cuanto aparezca. Mientras tanto, revisa el número, por si hubo un error al copiarlo.

awaiting-limit =
    { $count ->
        [one] Ya estamos buscando { $count } número, el máximo a la vez. Deja de buscarlo con /stop y luego inténtalo otra vez.
       *[other] Ya estamos buscando { $count } números, el máximo a la vez. Deja de buscar uno con /stop y luego inténtalo otra vez.
    }

follow-limit =
    { $count ->
        [one] Ya sigues { $count } pedido, el máximo a la vez. Deja de seguirlo con /stop y luego inténtalo otra vez.
       *[other] Ya sigues { $count } pedidos, el máximo a la vez. Deja de seguir uno con /stop y luego inténtalo otra vez.
    }

wait =
    { $minutes ->
        [one] Varios de los números que enviaste no aparecen. Revísalos en el correo de la tienda e inténtalo otra vez en { $minutes } minuto.
       *[other] Varios de los números que enviaste no aparecen. Revísalos en el correo de la tienda e inténtalo otra vez en { $minutes } minutos.
    }

day-limit =
    { $count ->
        [one] Llegaste al límite de { $count } pedido nuevo por día.
       *[other] Llegaste al límite de { $count } pedidos nuevos por día.
    } { $wait ->
        [one] Inténtalo otra vez en { $wait } hora o abre el enlace que te envió la tienda.
       *[other] Inténtalo otra vez en { $wait } horas o abre el enlace que te envió la tienda.
    }

person-hidden =
    Telegram no nos muestra quién escribe aquí. Escribe con tu propio perfil o envía el número en nuestro chat privado.

looking-up = Estamos buscando el pedido { $order }. Tarda un poco más de lo normal. No tienes que enviar el número otra vez: te respondemos aquí.

look-up-limit =
    { $count ->
        [one] Todavía estamos buscando { $count } número. Cuando te llegue la respuesta, envía este otra vez.
       *[other] Todavía estamos buscando { $count } números. Cuando te lleguen las respuestas, envía este otra vez.
    }

api-trouble =
    Ahora mismo no podemos consultar el pedido { $order }. No tienes que enviar el número otra vez: seguimos intentando y te respondemos aquí.

link-required =
    { $named ->
        [yes] Para seguir un pedido de la tienda { $store }, abre el enlace que te envió.
       *[no] Para seguir un pedido, abre el enlace que te envió la tienda.
    } Aquí no es suficiente con el número.
link-bad =
    Este enlace no funciona. { $way ->
        [number] Abre el último que te envió la tienda o envía tu número de pedido.
       *[other] Abre el último que te envió la tienda o pídele uno nuevo.
    }

## Seguimiento

list-heading = <b>Tus pedidos</b>
list-row = { $number } – { $state }
list-row-labelled = “{ $label }” { $number } – { $state }
list-row-awaited = { $number } – todavía no aparece
list-empty =
    Por ahora no sigues ningún pedido. { $way ->
        [link] Para seguir uno, abre el enlace que te envió la tienda.
        [group] Para seguir uno, escribe su número después de /order.
       *[number] Para seguir uno, envía su número.
    }

stopped =
    Listo, ya no te avisamos del pedido { $order }. { $way ->
        [link] Si quieres seguirlo otra vez, abre el enlace que te envió la tienda.
        [group] Si quieres seguirlo otra vez, escribe su número después de /order.
       *[number] { $labelled ->
            [yes] Si quieres seguirlo otra vez, envía { $number }.
           *[no] Si quieres seguirlo otra vez, envía su número.
        }
    }
stopped-awaiting = Listo, ya no buscamos el pedido { $order }. Si cambias de idea, en /help ves cómo seguirlo.
stopped-all = Listo, ya no te avisamos de ningún pedido.
stop-which = ¿Qué pedido quieres dejar de seguir?
stop-nothing = Aquí no sigues ningún pedido, así que no hay avisos que quitar.

## Idioma

language-choose = ¿En qué idioma te escribimos?
language-changed = Listo, desde ahora te escribimos en español.

## Configuración

settings = ¿Cuántos avisos quieres recibir de tus pedidos? Ahora: { $level }.
settings-levels =
    <b>Pasos principales</b>: un mensaje en cada paso principal. Los pasos menores se ven en el último mensaje del pedido.
    <b>Cada paso</b>: un mensaje por cada paso, con sonido solo en lo clave.
    <b>Solo lo clave</b>: un mensaje cuando sale, está listo para retirar, se entrega o tiene un problema. Lo demás se ve en el último mensaje.
settings-nights =
    { $quiet ->
        [yes] <b>Noches en silencio</b>: activadas. De 22:00 a 8:00, en la zona horaria de la tienda, todo llega sin sonido.
       *[no] <b>Noches en silencio</b>: desactivadas. Actívalas para recibir todo sin sonido de 22:00 a 8:00, en la zona horaria de la tienda.
    }

level-name-main = Pasos principales
level-name-every = Cada paso
level-name-key = Solo lo clave
button-quiet-nights = Silenciar de noche
button-loud-nights = Oír avisos de noche

## Ponerle nombre a un pedido

name-unclear = Ese nombre no sirve. Responde otra vez a nuestra pregunta con unas palabras, como “Regalo de mamá”.

## Datos personales

export-ready = Aquí está todo lo que guardamos sobre este chat.
export-empty = Por ahora no guardamos pedidos ni configuración de este chat. En /help ves cómo empezar.
forget-confirm =
    Esto borra lo que guardamos aquí: pedidos, nombres y configuración. En la tienda no se cancela nada, pero ya no te llegarán novedades. ¿Lo borramos?
forget-done = Listo, borramos los pedidos, los nombres y la configuración de este chat. En /privacy ves qué se conserva un tiempo más.
forget-cancelled = De acuerdo, no borramos nada.

## Cuando algo falló de nuestro lado

apology = Perdón, algo falló de nuestro lado. Inténtalo otra vez en un minuto.
flood = Llegaron muchos mensajes juntos y solo leímos los primeros. Envía otra vez los que falten, unos pocos a la vez.
not-yours-to-stop = Solo quien sigue este pedido aquí, o un administrador del grupo, puede quitar los avisos.
group-admins-only = Esto solo lo puede hacer un administrador del grupo. Pídeselo a uno.

## Respuestas cortas al tocar un botón

toast-refreshed = Listo, ya lo consultamos
toast-too-soon = Lo acabamos de consultar. Inténtalo otra vez en un minuto
toast-stopped = Listo, ya no te avisamos de este pedido
toast-old = Este botón ya no funciona. Envía /orders para ver tus pedidos
toast-not-yours = Este botón es para otra persona del grupo
toast-apology = Perdón, algo falló de nuestro lado. Inténtalo otra vez en un minuto
toast-flood = Fueron muchos toques juntos. Espera un momento y toca otra vez
toast-saved = Listo
toast-trouble = Ahora no podemos consultarlo. Lo nuevo se verá aquí en cuanto podamos
toast-noted = Anotado. Gracias por contarnos
toast-moment = Un momento, ya llega un mensaje nuevo

## Botones: hasta 20 caracteres

button-forget = Borrar todo
button-keep = Conservar todo
button-stop-all = Dejar de seguir todo
