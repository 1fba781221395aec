### El primer minuto: lo que lee quien acaba de abrir el bot. Los comentarios de cada mensaje están en inglés, en en/start.ftl.

## Saludo

start =
    { $named ->
        [yes] Hola, este es el bot de la tienda { $store }. Envíanos tu número de pedido y aquí verás cada paso.
       *[no] Hola. Envíanos tu número de pedido y aquí verás cada paso.
    }
    Está en el correo con el que la tienda confirma tu pedido, y es como este: <code>{ $example }</code>.

start-by-link =
    { $named ->
        [yes] Hola, este es el bot de la tienda { $store }. Aquí ves cada paso de tu pedido.
       *[no] Hola. Aquí ves cada paso de tu pedido.
    } Para empezar, abre el enlace que te envió la tienda.

group-hello =
    { $named ->
        [yes] Hola. En este grupo todos pueden seguir un pedido de la tienda { $store }.
       *[no] Hola. En este grupo todos pueden seguir un pedido.
    } { $way ->
        [link] Responde a este mensaje con el enlace que te envió la tienda.
       *[group] Escribe el número del pedido después del comando: <code>/order { $example }</code>
    }

## Dónde está el número

where-number =
    { $way ->
        [link] El enlace está en el correo o el mensaje de la tienda sobre tu pedido. Ábrelo y tu pedido aparece aquí.
            ¿No lo encuentras? Pídeselo a la tienda y ten a mano tu número de pedido.
        [group] Busca el correo con el que la tienda confirmó tu pedido: el número está en el asunto o al comienzo. También está en tu cuenta de la tienda, en “Mis pedidos”.
            Suele terminar en un guion y dos dígitos, como <code>{ $example }</code>. Aquí, escríbelo después de /order.
       *[number] Busca el correo con el que la tienda confirmó tu pedido: el número está en el asunto o al comienzo. También está en tu cuenta de la tienda, en “Mis pedidos”.
            Suele terminar en un guion y dos dígitos, como <code>{ $example }</code>. ¿No lo encuentras? La tienda te lo puede dar.
    }

example-sent =
    { $way ->
        [link] Ese número es solo un ejemplo. Para ver tu pedido, abre el enlace que te envió la tienda.
        [group] Ese número es solo un ejemplo. El tuyo está en el correo de la tienda: escríbelo después de /order.
       *[number] Ese número es solo un ejemplo. El tuyo está en el correo de la tienda: envíanoslo.
    }

## Ayuda

help =
    <b>Seguir un pedido</b>
    { $way ->
        [link] Abre el enlace que te envió la tienda. Después, pregunta con tus palabras: “¿Dónde está?” o “No me llegó”.
        [group] Escribe su número después del comando: <code>/order { $example }</code>
       *[number] Envía su número como mensaje. Está en el correo de la tienda y es como este: <code>{ $example }</code>. O pregunta con tus palabras: “¿Dónde está?” o “No me llegó”.
    }

    <b>Comandos</b>
    /orders – tus pedidos y cómo van
    /order – { $way ->
        [link] un pedido que sigues: escribe su número después del comando
        [group] un pedido: escribe su número después del comando
       *[number] un pedido: escribe su número después del comando y, si quieres, un nombre
    }
    /stop – dejar de seguir un pedido
    /settings – cambiar los avisos
    /language – elegir el idioma
    /privacy – qué guardamos sobre ti
    /export – recibir una copia de lo que guardamos sobre ti
    /forget – borrar lo que guardamos aquí

    { $named ->
        [yes] ¿Algo más sobre tu pedido? Habla con la tienda { $store }.
       *[no] ¿Algo más sobre tu pedido? Habla con la tienda.
    }

## Botones: 20 caracteres como máximo

button-where-number = Encontrar mi número
button-where-link = Encontrar mi enlace
button-follow = Seguir pedido
button-private-chat = Abrir chat privado
