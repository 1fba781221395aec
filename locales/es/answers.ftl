### Respuestas a lo que la gente dice con palabras. Los comentarios de cada mensaje están en inglés, en en/answers.ftl.

## Qué es el bot

say-greeting =
    { $named ->
        [yes] Hola, aquí la tienda { $store } te muestra cada paso de tu pedido.
       *[no] Hola, aquí la tienda te muestra cada paso de tu pedido.
    } { $follows ->
        [none] ¿Empezamos?
        [one] Así va el tuyo:
       *[several] Así van los tuyos:
    }

say-help =
    { $named ->
        [yes] Este es el bot de la tienda { $store }: aquí ves cada paso de tu pedido.
       *[no] Este es el bot de la tienda donde compraste: aquí ves cada paso de tu pedido.
    } En /help está todo lo que puedes hacer.

how-to-begin =
    { $way ->
        [link] Para ver cómo va tu pedido, abre el enlace que te envió la tienda.
        [group] Para ver cómo va un pedido, escribe: <code>/order { $example }</code>
       *[number] Para ver cómo va tu pedido, envía el número que está en el correo de la tienda, como <code>{ $example }</code>.
    }

thanked = De nada. Aquí estamos si necesitas algo más.

say-privacy =
    Guardamos el identificador de este chat, tus pedidos y lo que ya te contamos de ellos. Solo lo ve el personal de la tienda. Los detalles están en /privacy; para borrarlo todo, envía /forget.

language-missing = Ese idioma todavía no lo tenemos. Elige uno de estos: { $languages }.

say-unsure = No entendimos bien qué necesitas. ¿Es una de estas cosas?

not-text =
    { $kind ->
        [voice] No podemos escuchar mensajes de voz.
        [picture] No podemos ver fotos ni archivos.
       *[other] Solo podemos leer texto.
    } { $way ->
        [link] Escribe en pocas palabras qué necesitas.
        [group] Escribe el número de pedido así: <code>/order { $example }</code>
       *[number] Escribe en pocas palabras qué necesitas o envía el número de pedido.
    }

## Cómo va un pedido

say-which = ¿Qué pedido quieres ver?

say-awaited =
    Pedido { $order }: todavía no aparece. Lo buscamos desde { $time }.
    Compáralo con el correo de la tienda, por si hay un dígito cambiado. Te avisamos aquí en cuanto aparezca.

say-when =
    No tenemos el día ni la hora de la entrega. { $link ->
        [yes] Quizá la página de la empresa de transporte los muestre.
       *[no] Aquí ves cada paso del pedido.
    }

say-courier =
    { $courier ->
        [link] La página de la empresa de transporte muestra dónde está el paquete.
        [several] Abre el pedido: cuando va en camino, ahí está el enlace de seguimiento.
       *[none] El enlace de seguimiento aparece en el mensaje del pedido en cuanto la empresa de transporte lo envía.
    } { $named ->
        [yes] Para cualquier otra cosa, habla con la tienda { $store }.
       *[no] Para cualquier otra cosa, habla con la tienda.
    }

say-pickup =
    { $ready ->
        [yes] Tu pedido está listo en el lugar que elegiste al comprar.
       *[no] Cuando tu pedido está listo, lo retiras en el lugar que elegiste al comprar.
    } Lleva el número de pedido y el código de retiro, si la tienda te envió uno por correo.

list-row-unknown = { $number } – aquí no lo sigues

## Lo que hace la tienda

way-to-store =
    { $contact ->
        [yes] { $named ->
            [yes] Toca el botón para hablar con la tienda { $store }.
           *[no] Toca el botón para hablar con la tienda.
        }
       *[no] { $named ->
            [yes] Habla con la tienda { $store } y ten a mano el número de pedido.
           *[no] Habla con la tienda donde compraste y ten a mano el número de pedido.
        }
    }

say-not-received =
    { $delivered ->
        [yes] Lo sentimos. Pregunta en casa y en la portería; si no está ahí, la tienda puede averiguar dónde está.
        [one] Por lo que sabemos, tu pedido todavía no se entregó: { $state }. Si te dijeron otra cosa, la tienda puede averiguarlo.
        [several] Por lo que sabemos, ninguno de tus pedidos se entregó todavía. Si te dijeron otra cosa, la tienda puede averiguarlo.
       *[unknown] La tienda puede averiguar dónde está. Pregunta también en casa y en la portería.
    }
say-wrong = Eso lo resuelve la tienda. Cuéntale qué está mal y, si puedes, envíale una foto.
say-cancel =
    Solo la tienda puede cancelar un pedido. { $left ->
        [ended] Ya es tarde para eso, pero puede decirte qué es posible todavía.
        [yes] En esta etapa ya es más difícil; pregúntale qué es posible todavía.
       *[no] Pídeselo antes de que salga.
    }
say-change =
    Solo la tienda puede cambiar un pedido o su dirección. { $left ->
        [ended] Ya es tarde para eso, pero puede decirte qué es posible todavía.
        [yes] En esta etapa ya es más difícil; pregúntale qué es posible todavía.
       *[no] Pídeselo antes de que salga.
    }
say-refund = De los cambios, las devoluciones y los reembolsos se ocupa la tienda.
say-payment = De los pagos, los comprobantes y los cupones se ocupa la tienda; aquí no los vemos.
say-complaint = Entendemos que esto molesta. Una persona de la tienda puede ayudarte.
say-person =
    { $open ->
        [always] Una persona de la tienda puede ayudarte, las 24 horas.
        [yes] Una persona de la tienda puede ayudarte. Horario: { $hours }.
       *[no] Una persona de la tienda puede ayudarte.
    }
say-store-hours =
    { $open ->
        [always] La tienda está abierta las 24 horas. La dirección te la da la tienda.
        [yes] Horario de la tienda: { $hours }. La dirección te la da la tienda.
       *[no] Aquí no tenemos el horario ni la dirección, pero la tienda te los da.
    }

say-note-reply = La tienda no ve lo que respondes aquí.

## Varios números en un mensaje

not-there-several =
    Todavía no aparecen: { $orders }.
    Los pedidos nuevos pueden tardar un poco. Revisa los números; si están bien, te avisamos aquí en cuanto aparezcan.
awaiting-already-several = Ya estamos buscando estos pedidos y te avisamos aquí en cuanto aparezcan: { $orders }.
api-trouble-several =
    Ahora mismo no podemos consultar estos pedidos: { $orders }. No tienes que enviarlos otra vez: te avisamos aquí en cuanto podamos.
looking-up-several =
    Estamos buscando tus pedidos. Tarda un poco más de lo normal; las respuestas te llegan aquí solas.
not-looked-up = Estos todavía no los buscamos: { $orders }.

numbers-rest =
    { $count ->
        [one] Empezamos por el primero. Envía otra vez lo que falta: { $orders }.
       *[other] Empezamos por los primeros { $count }. Envía otra vez lo que falta: { $orders }.
    }

guess-which =
    { $count ->
        [one] ¿Es este el número?
       *[other] ¿Es uno de estos números?
    }

stop-not-followed = Aquí no sigues { $orders }, así que no hay avisos que quitar.

## Botones: como máximo 20 caracteres

button-ask-where = ¿Dónde está?
button-ask-wrong = Algo está mal
button-ask-store = Hablar con la tienda
button-stop-looking = Dejar de buscar
