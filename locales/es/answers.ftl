### Respuestas a lo que la gente dice con palabras. Los comentarios de cada mensaje están en inglés, en en/answers.ftl.

## Qué es el bot

say-greeting =
    { $named ->
        [yes] Hola, este es el bot de la tienda { $store }. Aquí ves cada paso de tu pedido.
       *[no] Hola. Aquí ves cada paso de tu pedido.
    } { $follows ->
        [none] ¿Empezamos?
        [one] Así va el tuyo:
       *[several] Así van tus pedidos:
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

how-to-follow-again =
    { $way ->
        [link] Para seguir un pedido otra vez, abre el enlace que te envió la tienda.
        [group] Para seguir un pedido otra vez, escribe: <code>/order { $example }</code>
       *[number] Para seguir un pedido otra vez, envía su número.
    }
thanked = De nada. Aquí estamos si necesitas algo más.

say-privacy =
    Guardamos el identificador de este chat, tus pedidos y lo que ya te contamos de ellos. Solo lo ve el personal de la tienda. Los detalles están en /privacy; para borrar tus datos, envía /forget.

say-languages = Escribimos en estos idiomas: { $languages }. ¿Cuál prefieres?
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
    Pedido { $order }: todavía no aparece. Primera búsqueda: { $time }.
    Compara el número con el del correo de la tienda, por si hubo un error al copiarlo. Te avisamos aquí en cuanto aparezca.

say-when =
    No tenemos el día ni la hora de la entrega. { $link ->
        [yes] Quizá los muestre la página de la empresa de transporte.
       *[no] Aquí ves cada paso del pedido.
    }

say-courier =
    { $courier ->
        [link] { $known ->
            [yes] Viaja con la empresa de transporte { $carrier }. En su página ves dónde está el paquete.
            [named] Viaja con varias empresas de transporte: { $carrier }. En la página de cada una ves dónde está su paquete.
            [several] La página de la empresa de transporte muestra dónde está el paquete.
           *[no] No sabemos qué empresa de transporte es, pero su página muestra dónde está el paquete.
        }
        [awaited] { $known ->
            [yes] Viaja con la empresa de transporte { $carrier }. El enlace de rastreo aparece aquí en cuanto lo envíe.
            [named] Viaja con varias empresas de transporte: { $carrier }. Cada enlace de rastreo aparece aquí en cuanto lo recibamos.
            [several] Va en camino. El enlace de rastreo aparece aquí en cuanto lo envíe la empresa de transporte.
           *[no] Va en camino, pero no sabemos con qué empresa de transporte. El enlace de rastreo aparece aquí en cuanto lo recibamos.
        }
        [several] Elige tu pedido: si la empresa de transporte dio un enlace de rastreo, ahí lo encuentras.
       *[none] Todavía no lo sabemos. Si hay enlace de rastreo, lo verás en el mensaje de tu pedido cuando vaya en camino.
    } { $named ->
        [yes] Para cualquier otra cosa, habla con la tienda { $store }.
       *[no] Para cualquier otra cosa, habla con la tienda.
    }

say-pickup =
    { $ready ->
        [yes] { $placed ->
            [yes] Tu pedido está listo en { $place }.
           *[no] Tu pedido está listo en el lugar que elegiste al comprar.
        }
        [part] Según la empresa de transporte, por ahora llegó solo una parte al lugar de retiro. Pregúntale a la tienda antes de ir. { $placed ->
            [yes] Lugar: { $place }.
           *[no] Lugar: el que elegiste al comprar.
        }
        [unreported] La empresa de transporte todavía no informó que tu pedido llegó al lugar de retiro. Pregúntale a la tienda antes de ir. { $placed ->
            [yes] Lugar: { $place }.
           *[no] Lugar: el que elegiste al comprar.
        }
        [way] Lo tiene la empresa de transporte y va en camino. Si elegiste retirarlo, te avisamos cuando esté listo.
       *[no] Cuando tu pedido esté listo, retíralo en el lugar que elegiste al comprar.
    } Lleva el número de pedido y el código de retiro, si te llegó uno por correo.

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
        [yes] Pregunta primero en casa y en la recepción del edificio. Si no aparece, la tienda puede averiguar dónde está.
        [one] Por lo que sabemos, tu pedido todavía no se entregó. Estado: { $state }. Si te dijeron otra cosa, la tienda puede averiguarlo.
        [ended] Por lo que sabemos, tu pedido no se entregó. Estado: { $state }. Si te dijeron otra cosa, la tienda puede averiguarlo.
        [several] Por lo que sabemos, todavía no se entregó ninguno de tus pedidos. Si te dijeron otra cosa, la tienda puede averiguarlo.
       *[unknown] Pregunta en casa y en la recepción del edificio. La tienda también puede averiguar dónde está.
    }
say-wrong = La tienda puede resolverlo contigo. Cuéntale qué está mal o qué falta, con una foto si puedes.
say-cancel =
    Solo la tienda puede cancelar un pedido. { $left ->
        [ended] Ya es tarde para eso, pero pregúntale qué se puede hacer todavía.
        [yes] En esta etapa ya es difícil; pregúntale qué se puede hacer todavía.
       *[no] Pídeselo antes de que salga.
    }
say-change =
    Solo la tienda puede cambiar un pedido o su dirección. { $left ->
        [ended] Ya es tarde para eso, pero pregúntale qué se puede hacer todavía.
        [yes] En esta etapa ya es difícil; pregúntale qué se puede hacer todavía.
       *[no] Pídeselo antes de que salga.
    }
say-refund = De los cambios, las devoluciones y los reembolsos se ocupa la tienda. Ahí te dicen cómo hacerlo.
say-payment = De los pagos, los comprobantes y los cupones se ocupa la tienda; aquí no los vemos.
say-complaint = Entendemos tu molestia. Una persona de la tienda puede ayudarte.
say-person =
    { $open ->
        [always] Una persona de la tienda puede ayudarte las 24 horas.
        [yes] Una persona de la tienda puede ayudarte. Horario: { $hours }.
       *[no] Una persona de la tienda puede ayudarte.
    }
say-store-hours =
    { $open ->
        [always] La tienda está abierta las 24 horas. Si necesitas la dirección, pregúntale a la tienda.
        [yes] Horario de la tienda: { $hours }. Si necesitas la dirección, pregúntale a la tienda.
       *[no] Aquí no tenemos el horario ni la dirección, pero la tienda te los da.
    }
open-all-day = 24 horas

say-note-reply = La tienda no ve lo que respondes aquí.

## Varios números en un mensaje

not-there-several =
    Todavía no aparecen: { $orders }.
    Los pedidos nuevos pueden tardar un poco. Revisa los números; si están bien, te avisamos aquí en cuanto aparezcan.
awaiting-already-several = Seguimos buscando estos números: { $orders }. Mientras tanto, revísalos; te avisamos aquí en cuanto aparezcan.
api-trouble-several =
    Ahora mismo no podemos consultar estos pedidos: { $orders }. No tienes que enviar los números otra vez: seguimos intentando y te respondemos aquí.
looking-up-several =
    Estamos buscando tus pedidos. Tarda un poco más de lo normal. No tienes que enviar los números otra vez: te respondemos aquí.
not-looked-up =
    { $count ->
        [one] Después, envía otra vez este número: { $orders }.
       *[other] Después, envía otra vez estos números: { $orders }.
    }

numbers-rest =
    { $count ->
        [one] Podemos buscar { $count } número por mensaje. Envía los demás en otros mensajes: { $orders }.
       *[other] Podemos buscar { $count } números por mensaje. Envía los demás en otros mensajes: { $orders }.
    }

guess-which =
    { $count ->
        [one] ¿Es este el número?
       *[other] ¿Es uno de estos números?
    }

stop-not-followed = Aquí no recibes avisos sobre { $orders }, así que no hay nada que quitar.

## Botones: como máximo 20 caracteres

button-ask-where = ¿Dónde está?
button-ask-wrong = Hay un problema
button-ask-store = Hablar con la tienda
button-stop-looking = Dejar de buscar
