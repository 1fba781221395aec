### Lo que Telegram muestra del bot, de vos. Solo lo que difiere de es/commands.ftl.

cmd-privacy = Qué guardamos sobre vos
cmd-export = Recibir una copia de lo que guardamos sobre vos
cmd-help = Qué podés hacer aquí
bot-description =
    { $named ->
        [yes] Mirá cada paso de tu pedido de la tienda { $store }, desde que se registra hasta que llega a tus manos.
       *[no] Mirá cada paso de tu pedido, desde que se registra hasta que llega a tus manos.
    } { $by_link ->
        [yes] Abrí el enlace que te mandó la tienda. Eso es todo.
       *[no] Tocá INICIAR y mandá tu número de pedido. Eso es todo.
    }
bot-short-description =
    { $named ->
        [yes] Mirá cada paso de tu pedido de la tienda { $store }.
       *[no] Mirá cada paso de tu pedido.
    }
