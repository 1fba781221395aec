### Lo que Telegram muestra del bot: su menú de comandos y su página. Texto sin etiquetas.

cmd-orders = Tus pedidos en seguimiento
cmd-order = Seguir o ver un pedido: /order NÚMERO
cmd-stop = Dejar de seguir un pedido
cmd-language = Elegir el idioma
cmd-settings = Elegir cuántos avisos llegan
cmd-privacy = Qué se guarda sobre este chat
cmd-forget = Borrar lo guardado sobre este chat
cmd-export = Recibir lo guardado sobre este chat
cmd-help = Qué se puede hacer aquí

cmd-check = Todo lo que se sabe de un pedido
cmd-stuck = Pedidos que no avanzan
cmd-stats = Cifras del último día
cmd-who = Quién sigue un pedido
cmd-resend = Volver a decir el estado de un pedido
cmd-tell = Escribir a quienes siguen un pedido
cmd-link = Crear un enlace firmado a un pedido

bot-description =
    { $named ->
        [yes] Aquí se siguen tus pedidos en { $store }.
       *[no] Aquí se siguen tus pedidos en la tienda.
    } { $by_link ->
        [yes] Basta con abrir el enlace que te envió la tienda, y te mostraremos cada paso hasta que el pedido esté en tus manos.
       *[no] Basta con enviar un número de pedido, y te mostraremos cada paso hasta que esté en tus manos.
    }
bot-short-description =
    { $named ->
        [yes] Aquí se siguen tus pedidos en { $store }.
       *[no] Aquí se siguen tus pedidos en la tienda.
    }
