### Respuestas a lo que la gente dice con palabras. Los comentarios de cada mensaje están en inglés, en en/answers.ftl.

## Qué es el bot

say-greeting =
    { $named ->
        [yes] Hola. Aquí la tienda { $store } te muestra cada paso de tu pedido.
       *[no] Hola. Aquí la tienda te muestra cada paso de tu pedido.
    } { $follows ->
        [none] En este chat aún no sigues ninguno.
        [one] Así va el tuyo:
       *[several] Así van los tuyos:
    }

say-help =
    { $named ->
        [yes] Este bot es de la tienda { $store } y te muestra cada paso de tu pedido.
       *[no] Este bot es de la tienda donde compraste y te muestra cada paso de tu pedido.
    } En /help está todo lo que se hace aquí.

how-to-begin =
    { $way ->
        [link] Para ver cómo va tu pedido, abre el enlace que te envió la tienda.
        [group] Para ver cómo va un pedido, escribe su número detrás del comando: <code>/order { $example }</code>
       *[number] Para ver cómo va tu pedido, envía su número. Está en el correo de la tienda, por ejemplo <code>{ $example }</code>.
    }

thanked = De nada.

say-privacy =
    Guardamos el identificador de este chat, tus pedidos y lo que te dijimos de ellos; solo lo ve el personal de la tienda. En /privacy están los detalles, con /forget se borra todo.

language-missing = Aún no escribimos en ese idioma. Tenemos: { $languages }.

say-unsure = No sabemos bien qué necesitas. ¿Es una de estas cosas?

not-text =
    { $kind ->
        [voice] No podemos escuchar mensajes de voz.
        [picture] No podemos ver imágenes ni archivos.
       *[other] Solo leemos texto.
    } { $way ->
        [link] Escribe en pocas palabras qué necesitas.
        [group] Escribe el número de pedido detrás del comando: <code>/order { $example }</code>
       *[number] Escribe en pocas palabras qué necesitas, o envía el número de pedido.
    }

## Cómo va un pedido

say-which = ¿De qué pedido hablas?

say-awaited =
    Pedido { $order }: aún no vemos este número. Lo buscamos desde { $time }.
    Compáralo con el correo de la tienda: puede haber un dígito mal. Te avisaremos cuando aparezca.

say-when =
    No nos informan el día ni la hora de la entrega. { $link ->
        [yes] La página de la empresa de transporte puede decir más.
       *[no] Aquí ves cada paso.
    }

say-courier =
    { $courier ->
        [link] La página de la empresa de transporte muestra dónde está el paquete.
        [several] Abre el pedido: ahí está el enlace de seguimiento cuando va en camino.
       *[none] El enlace de seguimiento está en el mensaje del pedido en cuanto la empresa de transporte lo da.
    } { $named ->
        [yes] Para todo lo demás, pregunta en la tienda { $store }.
       *[no] Para todo lo demás, pregunta en la tienda.
    }

say-pickup =
    { $ready ->
        [yes] Está listo en el lugar elegido al comprar.
       *[no] Un pedido se retira en el lugar elegido al comprar, cuando está listo.
    } Lleva el número de pedido y, si la tienda te envió por correo un código de retiro, también el código.

list-row-unknown = { $number } – no lo sigues aquí

## Lo que hace la tienda

way-to-store =
    { $contact ->
        [yes] { $named ->
            [yes] El botón te lleva a la tienda { $store }.
           *[no] El botón te lleva a la tienda.
        }
       *[no] { $named ->
            [yes] Pregunta en la tienda { $store } y ten a mano el número de pedido.
           *[no] Pregunta en la tienda donde compraste y ten a mano el número de pedido.
        }
    }

say-not-received =
    { $delivered ->
        [yes] Lo sentimos. Pregunta en casa y en la portería; la tienda puede averiguar dónde está.
        [one] Tu pedido no figura como entregado: { $state }. Si te dijeron otra cosa, la tienda puede averiguarlo.
        [several] Ninguno de tus pedidos figura como entregado todavía. Si te dijeron otra cosa, la tienda puede averiguarlo.
       *[unknown] La tienda puede averiguar dónde está. Pregunta también en casa y en la portería.
    }
say-wrong = De eso se ocupa la tienda. Cuéntale qué está mal y, si es posible, envía una foto.
say-cancel =
    Solo la tienda puede cancelar un pedido. { $left ->
        [ended] Ya es tarde para eso: el pedido ya terminó. La tienda puede decirte qué es posible todavía.
        [yes] Ya salió, así que no es fácil detenerlo. Pregunta qué se puede hacer todavía.
       *[no] Pídelo antes de que salga.
    }
say-change =
    Solo la tienda puede cambiar un pedido o su dirección. { $left ->
        [ended] Ya es tarde para eso: el pedido ya terminó. La tienda puede decirte qué es posible todavía.
        [yes] Ya salió, así que no es fácil cambiarlo. Pregunta qué se puede hacer todavía.
       *[no] Pídelo antes de que salga.
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
        [always] La tienda está abierta las 24 horas. Por la dirección, pregunta en la tienda.
        [yes] El horario de la tienda: { $hours }. Por la dirección, pregunta en la tienda.
       *[no] Aquí no conocemos el horario ni la dirección de la tienda.
    }

say-note-reply = La tienda no lee las respuestas de este chat.

## Varios números en un mensaje

not-there-several =
    Aún no vemos estos números: { $orders }.
    Los pedidos nuevos pueden tardar en aparecer. Revisa los números o espera; te avisaremos cuando aparezcan.
awaiting-already-several = Ya esperamos estos, y te avisaremos cuando aparezcan: { $orders }.
api-trouble-several =
    Ahora no podemos consultar estos pedidos: { $orders }. No hace falta nada de tu parte; te avisaremos aquí en cuanto podamos.
looking-up-several =
    Estamos buscando tus pedidos. Tarda un poco más que de costumbre; las respuestas llegan aquí solas.
not-looked-up = Sin buscar: { $orders }.

numbers-rest =
    { $count ->
        [one] Tomamos el primero. Envía otra vez estos: { $orders }.
       *[other] Tomamos los primeros { $count }. Envía otra vez estos: { $orders }.
    }

guess-which =
    { $count ->
        [one] ¿Es este el número?
       *[other] ¿Es uno de estos números?
    }

stop-not-followed = Aquí no sigues: { $orders }. No llega nada sobre eso.

## Botones: como máximo 20 caracteres

button-ask-where = ¿Dónde está?
button-ask-wrong = Algo está mal
button-ask-store = Hablar con la tienda
button-stop-looking = Dejar de buscar
