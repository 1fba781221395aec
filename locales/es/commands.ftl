### Lo que Telegram muestra del bot: su menú de comandos, su nombre y su página. Texto sin etiquetas.

cmd-orders = Ver tus pedidos
cmd-order = Seguir o ver un pedido: /order NÚMERO
cmd-stop = Dejar de seguir un pedido
cmd-language = Elegir el idioma
cmd-settings = Cambiar los avisos
cmd-privacy = Qué guardamos sobre ti
cmd-forget = Borrar lo que guardamos aquí
cmd-export = Recibir una copia de lo que guardamos sobre ti
cmd-help = Qué puedes hacer aquí

cmd-check = Todo lo que sabemos de un pedido
cmd-stuck = Pedidos y mensajes por revisar
cmd-stats = Las cifras de hoy y de los últimos 7 días
cmd-who = Quién sigue un pedido
cmd-resend = Volver a decir el estado de un pedido
cmd-tell = Escribir a quienes siguen un pedido
cmd-link = Crear un enlace firmado a un pedido

bot-name =
    { $named ->
        [yes] { $store }: tus pedidos
       *[no] Tus pedidos
    }

bot-description =
    { $named ->
        [yes] Mira cada paso de tu pedido de la tienda { $store }, desde que se registra hasta que llega a tus manos.
       *[no] Mira cada paso de tu pedido, desde que se registra hasta que llega a tus manos.
    } { $by_link ->
        [yes] Abre el enlace que te envió la tienda. Eso es todo.
       *[no] Toca INICIAR y envía tu número de pedido. Eso es todo.
    }
bot-short-description =
    { $named ->
        [yes] Mira cada paso de tu pedido de la tienda { $store }.
       *[no] Mira cada paso de tu pedido.
    }
