### Lo que solo lee el equipo de la tienda: su panel, los pedidos por revisar, las cifras de los días.

## El panel: /start y /help

panel =
    <b>Para el equipo</b>
    Las alertas llegan a este chat. Toca un botón o envía un comando con un número de pedido:
    /check – todo lo que sabemos de un pedido
    /who – quién lo sigue
    /resend – volver a decir su estado
    /tell – escribir a quienes lo siguen
    /link – crear un enlace firmado
    Un número de pedido solo lo sigue, como lo hacen los clientes.

button-panel-search = Buscar pedido
button-panel-stuck = Pedidos detenidos
button-panel-today = Hoy
button-panel-write = Escribir a clientes
button-panel-alerts = Alertas
button-panel-settings = Configuración
button-panel-home = Volver al panel

panel-search = ¿Qué pedido? Responde a este mensaje con su número.
panel-write = Responde a este mensaje con el número de pedido y, después, lo que deben leer quienes lo siguen. Lo ves una vez más antes de que salga.
panel-search-unclear = Ahí no hay ningún número de pedido. Toca Buscar pedido en /help e inténtalo otra vez.
panel-settings =
    { $admin ->
        [yes] Eres administrador: también puedes escribir a quienes siguen un pedido y volver a decir su estado.
       *[no] Puedes verlo todo. Escribir a quienes siguen un pedido es cosa de los administradores (ADMIN_IDS).
    } { $open ->
        [yes] Las alertas que pueden esperar llegan cuando la tienda está abierta: { $hours }.
       *[other] {""}
    }

## Lo que falla ahora

open-heading = <b>Alertas abiertas</b>
open-none = Ahora no falla nada.
open-muted =
    { $count ->
        [one] Silenciado en este chat: { $count } tipo de aviso, hasta las { $time }
       *[other] Silenciados en este chat: { $count } tipos de avisos, hasta las { $time } como máximo
    }
button-unmute-all = Avisar de todo
open-database =
    { $how ->
        [down] No se puede guardar nada desde { $time }. Los webhooks se rechazan hasta que funcione otra vez; revisa el disco.
        [failing] Falla el guardado desde { $time }. Revisa el disco.
       *[limited] A veces no se puede guardar, desde { $time }. Revisa el disco.
    }
open-telegram =
    { $how ->
        [down] Telegram no acepta nuestros mensajes desde { $time }. Quedan en espera y no se pierde nada.
        [failing] Las llamadas a Telegram fallan desde { $time }. Los mensajes quedan en espera y no se pierde nada.
       *[limited] Telegram responde, pero no como debe, desde { $time }. Los detalles están en el registro.
    }
open-pickpack =
    { $how ->
        [down] No se puede consultar Pick and Pack desde { $time }. Los webhooks siguen llegando.
        [failing] Las consultas a Pick and Pack fallan desde { $time }. Los webhooks siguen llegando.
       *[limited] Pick and Pack responde, pero no siempre, desde { $time }. Los webhooks siguen llegando.
    }

## /stuck

stuck-heading = <b>Por revisar</b>
stuck-none = Todos los pedidos avanzan, ninguna empresa de transporte informa problemas y todos los mensajes del último día llegaron.
stuck-section-trouble = <b>La empresa de transporte informa un problema</b> ({ $count })
stuck-section-slow = <b>No avanzan</b> ({ $count })
stuck-section-courier = <b>La empresa de transporte dice otra cosa</b> ({ $count })
stuck-section-failed = <b>Mensajes no entregados</b> ({ $count })
stuck-more = … y { $count } más
stuck-trouble =
    { $number }: { $what }, hace { $lasted }{ $named ->
        [yes] {" "}({ $courier })
       *[no] {""}
    }
stuck-slow =
    { $number }: { $state }, hace { $lasted }{ $own ->
        [yes] . Nueve de cada diez tardan { $usual } como máximo
       *[no] {""}
    }
stuck-not-found = { $number }: { $state }, y Pick and Pack ya no lo muestra
stuck-unconfirmed = { $number }: { $state }. Un webhook y Pick and Pack dicen cosas distintas
stuck-in-turns =
    { $count ->
        [one] { $number }: va y viene, { $count } vez en 24 horas
       *[other] { $number }: va y viene, { $count } veces en 24 horas
    }
stuck-courier-ahead = { $number }: { $state }, hace { $lasted }, pero la empresa de transporte informa: { $reported }
stuck-no-number = Sin pedido
stuck-failed =
    { $count ->
        [one] { $number }: { $count } mensaje, { $time }. Motivo: { $why }
       *[other] { $number }: { $count } mensajes, el último { $time }. Motivo: { $why }
    }
stuck-perhaps =
    { $count ->
        [one] { $number }: { $count } mensaje que tal vez llegó, { $time }. Telegram no respondió
       *[other] { $number }: { $count } mensajes que tal vez llegaron, el último { $time }. Telegram no respondió
    }
stuck-failed-alert =
    { $count ->
        [one] { $count } alerta al equipo, { $time }. Motivo: { $why }
       *[other] { $count } alertas al equipo, la última { $time }. Motivo: { $why }
    }

## /stats

stats-heading = <b>Hoy</b> · últimos 7 días
stats-row = { $name }: <b>{ $today }</b> · { $week }
stats-name-orders = Pedidos nuevos
stats-name-delivered = Entregados
stats-name-late = Con demora en una etapa
stats-name-told = Mensajes a clientes
stats-name-not-delivered = No entregados
stats-name-perhaps = Tal vez entregados
stats-name-good = Clientes que ya lo tienen
stats-name-missing = “No me llegó”
stats-name-found = Aparecieron después
stats-name-lost = Novedades sin webhook
stats-name-median = Del hecho al mensaje, la mitad en
stats-name-p99 = Del hecho al mensaje, 99 de 100 en
stats-none = todavía nada
stats-kept =
    { $days ->
        [one] Los pedidos terminados se guardan { $days } día: la segunda cifra no abarca más.
       *[other] Los pedidos terminados se guardan { $days } días: la segunda cifra no abarca más.
    }
stats-stages = <b>Tiempo por etapa, últimos 7 días</b>
stats-stage =
    { $count ->
        [one] { $state }: { $median } ({ $count } pedido)
       *[other] { $state }: la mitad en { $median }, nueve de cada diez en { $most } ({ $count } pedidos)
    }
stats-stages-none = Todavía ningún pedido terminó una etapa.
stats-now = <b>Ahora</b>
stats-followed =
    { $count ->
        [one] { $count } pedido seguido
       *[other] { $count } pedidos seguidos
    }
stats-chats =
    { $count ->
        [one] { $count } chat
       *[other] { $count } chats
    }
stats-waiting =
    { $count ->
        [one] { $count } mensaje en espera
       *[other] { $count } mensajes en espera
    }
stats-pauses =
    { $count ->
        [one] Telegram pide { $count } pausa, que termina en { $lasted }
       *[other] Telegram pide { $count } pausas; la más larga termina en { $lasted }
    }
