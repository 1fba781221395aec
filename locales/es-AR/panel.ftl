### Lo que solo lee el equipo de la tienda, de vos. Solo lo que difiere de es/panel.ftl.

## El panel: /start y /help

panel =
    <b>Para el equipo</b>
    Las alertas llegan a este chat. Tocá un botón o mandá un comando con un número de pedido:
    /check – todo lo que sabemos de un pedido
    /who – quién lo sigue
    /resend – volver a decir su estado
    /tell – escribir a quienes lo siguen
    /link – crear un link firmado
    Un número de pedido solo lo sigue, como lo hacen los clientes.
panel-search = ¿Qué pedido? Respondé a este mensaje con su número.
panel-write = Respondé a este mensaje con el número de pedido y, después, lo que deben leer quienes lo siguen. Lo ves una vez más antes de que salga.
panel-search-unclear = Ahí no hay ningún número de pedido. Tocá Buscar pedido en /help y probá otra vez.
panel-settings =
    { $admin ->
        [yes] Sos administrador: también podés escribir a quienes siguen un pedido y volver a decir su estado.
       *[no] Podés verlo todo. Escribir a quienes siguen un pedido es cosa de los administradores (ADMIN_IDS).
    } { $open ->
        [yes] Las alertas que pueden esperar llegan cuando la tienda está abierta: { $hours }.
       *[other] {""}
    }

## Lo que falla ahora

open-database =
    { $how ->
        [down] No se puede guardar nada desde { $time }. Los webhooks se rechazan hasta que funcione otra vez; revisá el disco.
        [failing] Falla el guardado desde { $time }. Revisá el disco.
       *[limited] A veces no se puede guardar, desde { $time }. Revisá el disco.
    }
