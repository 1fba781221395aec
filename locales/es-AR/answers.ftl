### Las respuestas a lo que la gente dice, de vos. Solo lo que difiere de es/answers.ftl.

## Qué es el bot

say-help =
    { $named ->
        [yes] Este es el bot de la tienda { $store }: aquí ves cada paso de tu pedido.
       *[no] Este es el bot de la tienda donde compraste: aquí ves cada paso de tu pedido.
    } En /help está todo lo que podés hacer.
how-to-begin =
    { $way ->
        [link] Para ver cómo va tu pedido, abrí el enlace que te mandó la tienda.
        [group] Para ver cómo va un pedido, escribí: <code>/order { $example }</code>
       *[number] Para ver cómo va tu pedido, mandá el número que está en el mail de la tienda, como <code>{ $example }</code>.
    }
how-to-follow-again =
    { $way ->
        [link] Para seguir un pedido otra vez, abrí el enlace que te mandó la tienda.
        [group] Para seguir un pedido otra vez, escribí: <code>/order { $example }</code>
       *[number] Para seguir un pedido otra vez, mandá su número.
    }
thanked = De nada. Aquí estamos si necesitás algo más.
say-privacy =
    Guardamos el identificador de este chat, tus pedidos y lo que ya te contamos de ellos. Solo lo ve el personal de la tienda. Los detalles están en /privacy; para borrar tus datos, mandá /forget.
say-languages = Escribimos en estos idiomas: { $languages }. ¿Cuál preferís?
language-missing = Ese idioma todavía no lo tenemos. Elegí uno de estos: { $languages }.
say-unsure = No entendimos bien qué necesitás. ¿Es una de estas cosas?
not-text =
    { $kind ->
        [voice] No podemos escuchar mensajes de voz.
        [picture] No podemos ver fotos ni archivos.
       *[other] Solo podemos leer texto.
    } { $way ->
        [link] Escribí en pocas palabras qué necesitás.
        [group] Escribí el número de pedido así: <code>/order { $example }</code>
       *[number] Escribí en pocas palabras qué necesitás o mandá el número de pedido.
    }

## Cómo va un pedido

say-which = ¿Qué pedido querés ver?
say-awaited =
    Pedido { $order }: todavía no aparece. Primera búsqueda: { $time }.
    Compará el número con el del mail de la tienda, por si hubo un error al copiarlo. Te avisamos aquí en cuanto aparezca.
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
        [several] Elegí tu pedido: si la empresa de transporte dio un enlace de rastreo, ahí lo encontrás.
       *[none] Todavía no lo sabemos. Si hay enlace de rastreo, lo vas a ver en el mensaje de tu pedido cuando vaya en camino.
    } { $named ->
        [yes] Para cualquier otra cosa, hablá con la tienda { $store }.
       *[no] Para cualquier otra cosa, hablá con la tienda.
    }
say-pickup =
    { $ready ->
        [yes] { $placed ->
            [yes] Tu pedido está listo en { $place }.
           *[no] Tu pedido está listo en el lugar que elegiste al comprar.
        }
        [part] Según la empresa de transporte, por ahora llegó solo una parte al lugar de retiro. Preguntale a la tienda antes de ir. { $placed ->
            [yes] Lugar: { $place }.
           *[no] Lugar: el que elegiste al comprar.
        }
        [unreported] La empresa de transporte todavía no informó que tu pedido llegó al lugar de retiro. Preguntale a la tienda antes de ir. { $placed ->
            [yes] Lugar: { $place }.
           *[no] Lugar: el que elegiste al comprar.
        }
        [way] Lo tiene la empresa de transporte y va en camino. Si elegiste retirarlo, te avisamos cuando esté listo.
       *[no] Cuando tu pedido esté listo, retiralo en el lugar que elegiste al comprar.
    } Llevá el número de pedido y el código de retiro, si te llegó uno por mail.
list-row-unknown = { $number } – aquí no lo seguís

## Lo que hace la tienda

way-to-store =
    { $contact ->
        [yes] { $named ->
            [yes] Tocá el botón para hablar con la tienda { $store }.
           *[no] Tocá el botón para hablar con la tienda.
        }
       *[no] { $named ->
            [yes] Hablá con la tienda { $store } y tené a mano el número de pedido.
           *[no] Hablá con la tienda donde compraste y tené a mano el número de pedido.
        }
    }
say-not-received =
    { $delivered ->
        [yes] Preguntá primero en casa o en portería. Si no aparece, la tienda puede averiguar dónde está.
        [one] Por lo que sabemos, tu pedido todavía no se entregó. Estado: { $state }. Si te dijeron otra cosa, la tienda puede averiguarlo.
        [ended] Por lo que sabemos, tu pedido no se entregó. Estado: { $state }. Si te dijeron otra cosa, la tienda puede averiguarlo.
        [several] Por lo que sabemos, todavía no se entregó ninguno de tus pedidos. Si te dijeron otra cosa, la tienda puede averiguarlo.
       *[unknown] Preguntá en casa o en portería. La tienda también puede averiguar dónde está.
    }
say-wrong = La tienda puede resolverlo con vos. Contale qué está mal o qué falta, con una foto si podés.
say-cancel =
    Solo la tienda puede cancelar un pedido. { $left ->
        [ended] Ya es tarde para eso, pero preguntale qué se puede hacer todavía.
        [yes] En esta etapa ya es difícil; preguntale qué se puede hacer todavía.
       *[no] Pedíselo antes de que salga.
    }
say-change =
    Solo la tienda puede cambiar un pedido o su dirección. { $left ->
        [ended] Ya es tarde para eso, pero preguntale qué se puede hacer todavía.
        [yes] En esta etapa ya es difícil; preguntale qué se puede hacer todavía.
       *[no] Pedíselo antes de que salga.
    }
say-store-hours =
    { $open ->
        [always] La tienda está abierta las 24 horas. Si necesitás la dirección, preguntale a la tienda.
        [yes] Horario de la tienda: { $hours }. Si necesitás la dirección, preguntale a la tienda.
       *[no] Aquí no tenemos el horario ni la dirección, pero la tienda te los da.
    }
say-note-reply = La tienda no ve lo que respondés aquí.

## Varios números en un mensaje

not-there-several =
    Todavía no aparecen: { $orders }.
    Los pedidos nuevos pueden tardar un poco. Revisá los números; si están bien, te avisamos aquí en cuanto aparezcan.
awaiting-already-several = Seguimos buscando estos números: { $orders }. Mientras tanto, revisalos; te avisamos aquí en cuanto aparezcan.
api-trouble-several =
    Ahora mismo no podemos consultar estos pedidos: { $orders }. No tenés que mandar los números otra vez: seguimos intentando y te respondemos aquí.
looking-up-several =
    Estamos buscando tus pedidos. Tarda un poco más de lo normal. No tenés que mandar los números otra vez: te respondemos aquí.
not-looked-up =
    { $count ->
        [one] Después, mandá otra vez este número: { $orders }.
       *[other] Después, mandá otra vez estos números: { $orders }.
    }
numbers-rest =
    { $count ->
        [one] Podemos buscar { $count } número por mensaje. Mandá los demás en otros mensajes: { $orders }.
       *[other] Podemos buscar { $count } números por mensaje. Mandá los demás en otros mensajes: { $orders }.
    }
stop-not-followed = Aquí no recibís avisos sobre { $orders }, así que no hay nada que quitar.
