### El primer minuto, de vos. Solo lo que difiere de es/start.ftl.

## Saludo

start =
    { $named ->
        [yes] Hola, este es el bot de la tienda { $store }. Mandanos tu número de pedido y aquí verás cada paso.
       *[no] Hola. Mandanos tu número de pedido y aquí verás cada paso.
    }
    Está en el mail con el que la tienda confirma tu pedido, y es como este: <code>{ $example }</code>.
start-by-link =
    { $named ->
        [yes] Hola, este es el bot de la tienda { $store }. Aquí ves cada paso de tu pedido.
       *[no] Hola. Aquí ves cada paso de tu pedido.
    } Para empezar, abrí el enlace que te mandó la tienda.
group-hello =
    { $named ->
        [yes] Hola. En este grupo todos pueden seguir un pedido de la tienda { $store }.
       *[no] Hola. En este grupo todos pueden seguir un pedido.
    } { $way ->
        [link] Respondé a este mensaje con el enlace que te mandó la tienda.
       *[group] Escribí el número del pedido después del comando: <code>/order { $example }</code>
    }

## Dónde está el número

where-number =
    { $way ->
        [link] El enlace está en el mail o el mensaje de la tienda sobre tu pedido. Abrilo y tu pedido aparece aquí.
            ¿No lo encontrás? Pedíselo a la tienda y tené a mano tu número de pedido.
        [group] Buscá el mail con el que la tienda confirmó tu pedido: el número está en el asunto o al comienzo. También está en tu cuenta de la tienda, en “Mis pedidos”.
            Suele terminar en un guion y dos dígitos, como <code>{ $example }</code>. Aquí, escribilo después de /order.
       *[number] Buscá el mail con el que la tienda confirmó tu pedido: el número está en el asunto o al comienzo. También está en tu cuenta de la tienda, en “Mis pedidos”.
            Suele terminar en un guion y dos dígitos, como <code>{ $example }</code>. ¿No lo encontrás? La tienda te lo puede dar.
    }
example-sent =
    { $way ->
        [link] Ese número es solo un ejemplo. Para ver tu pedido, abrí el enlace que te mandó la tienda.
        [group] Ese número es solo un ejemplo. El tuyo está en el mail de la tienda: escribilo después de /order.
       *[number] Ese número es solo un ejemplo. El tuyo está en el mail de la tienda: mandanoslo.
    }

## Ayuda

help =
    <b>Seguir un pedido</b>
    { $way ->
        [link] Abrí el enlace que te mandó la tienda. Después, preguntá con tus palabras: “¿Dónde está?” o “No me llegó”.
        [group] Escribí su número después del comando: <code>/order { $example }</code>
       *[number] Mandá su número como mensaje. Está en el mail de la tienda y es como este: <code>{ $example }</code>. O preguntá con tus palabras: “¿Dónde está?” o “No me llegó”.
    }

    <b>Comandos</b>
    /orders – tus pedidos y cómo van
    /order – { $way ->
        [link] un pedido que seguís: escribí su número después del comando
        [group] un pedido: escribí su número después del comando
       *[number] un pedido: escribí su número después del comando y, si querés, un nombre
    }
    /stop – dejar de seguir un pedido
    /settings – cambiar los avisos
    /language – elegir el idioma
    /privacy – qué guardamos sobre vos
    /export – recibir una copia de lo que guardamos sobre vos
    /forget – borrar lo que guardamos aquí

    { $named ->
        [yes] ¿Algo más sobre tu pedido? Hablá con la tienda { $store }.
       *[no] ¿Algo más sobre tu pedido? Hablá con la tienda.
    }
