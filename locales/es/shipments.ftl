### Lo que se dice de un envío de un pedido. Los comentarios de cada mensaje están en inglés, en en/shipments.ftl.

## Lo que informa la empresa de transporte

assigned =
    { $emoji } El pedido { $order }: { $total ->
        [1] ya se eligió quién lo llevará
       *[other] ya se eligió quién llevará el paquete { $n } de { $total }
    }
    { $known ->
        [yes] Entrega con { $courier }; hasta donde sabemos, aún no fue recolectado.
       *[no] Hasta donde sabemos, aún no fue recolectado.
    }

incident =
    ⚠️ El pedido { $order } tiene { $total ->
        [1] un problema con la entrega
       *[other] un problema con el paquete { $n } de { $total }
    }
    La empresa de transporte lo informa sin detalles, y la entrega puede demorar más. { $named ->
        [yes] Te avisaremos cuando esté resuelto; para saber más, consultar en { $store }.
       *[no] Te avisaremos cuando esté resuelto; para saber más, consultar a la tienda.
    }

hold =
    ⏸️ El pedido { $order } tiene { $total ->
        [1] la entrega en pausa
       *[other] en pausa el paquete { $n } de { $total }
    }
    La empresa de transporte pausó la entrega. { $named ->
        [yes] Por ahora no hace falta hacer nada; te avisaremos cuando siga. Para cualquier consulta, preguntar en { $store }.
       *[no] Por ahora no hace falta hacer nada; te avisaremos cuando siga. Para cualquier consulta, preguntar a la tienda.
    }

solved =
    { $emoji } El pedido { $order }: { $trouble ->
        [hold]
            { $total ->
                [1] la entrega sigue
               *[other] la entrega del paquete { $n } de { $total } sigue
            }
       *[incident]
            { $total ->
                [1] problema resuelto
               *[other] problema resuelto con el paquete { $n } de { $total }
            }
    }
    Lo informa la empresa de transporte; nuestro mensaje anterior ya no vale. Ahora el pedido figura así: { $state }.

parcel-delivered =
    📦 El pedido { $order }: { $total ->
        [1] un paquete figura como entregado
       *[other] el paquete { $n } de { $total } figura como entregado
    }
    { $rest ->
        [yes] Falta el resto, y el pedido aún no terminó.
       *[no] No hay otro paquete en camino, y el pedido aún no terminó.
    }

all-delivered =
    📦 El pedido { $order }: { $total ->
        [1] la empresa de transporte informa que lo entregó
       *[other] los { $total } paquetes figuran como entregados
    }
    La tienda aún no cerró el pedido. { $named ->
        [yes] Si algo no llegó, pregunta en { $store }.
       *[no] Si algo no llegó, pregunta a la tienda.
    }

parcel-returned =
    ↩️ El pedido { $order }: { $total ->
        [1] un paquete volvió a la tienda
       *[other] el paquete { $n } de { $total } volvió a la tienda
    }
    { $rest ->
        [yes] El resto del pedido sigue.
       *[no] No hay otro paquete en camino.
    } { $named ->
        [yes] Sobre este paquete, lo mejor es consultar en { $store }.
       *[no] Sobre este paquete, lo mejor es consultar a la tienda.
    }

# $end: lo que se dijo, delivered o returned. $way: yes si otra vez está en camino.
parcel-mistaken =
    📦 El pedido { $order }: { $end ->
        [returned]
            { $total ->
                [1] la entrega sí continúa
               *[other] la entrega del paquete { $n } de { $total } sí continúa
            }
       *[delivered]
            { $total ->
                [1] un paquete todavía no se entregó
               *[other] el paquete { $n } de { $total } todavía no se entregó
            }
    }
    Es una corrección de la empresa de transporte; nuestro mensaje anterior ya no vale. { $way ->
        [yes] El paquete está otra vez en camino.
       *[no] La próxima novedad te llega aquí.
    }

link =
    🚚 El pedido { $order } tiene { $total ->
        [1] su enlace de seguimiento
       *[other] enlace de seguimiento: paquete { $n } de { $total }
    }
    Nada más cambió.

## Pasa el tiempo

reminder =
    🛍️ El pedido { $order } sigue listo para retirar
    Está en el lugar elegido al comprar.
    { $labelled ->
        [yes] Para retirarlo hacen falta el número de pedido, { $number }, y el código de retiro, si la tienda te envió uno por correo.
       *[no] Para retirarlo hacen falta el número de pedido y el código de retiro, si la tienda te envió uno por correo.
    }

late =
    { $emoji } El pedido { $order } demora más de lo habitual
    Sigue en este paso: { $state }. { $named ->
        [yes] No hace falta hacer nada; para cualquier consulta, preguntar en { $store }.
       *[no] No hace falta hacer nada; para cualquier consulta, preguntar a la tienda.
    }

never-seen =
    ℹ️ El pedido { $order }: seguimos sin ver este número
    Dejamos de buscarlo. Conviene revisar el número y enviarlo de nuevo, o { $named ->
        [yes] consultar en { $store }.
       *[no] consultar a la tienda.
    }

archived =
    { $days ->
        [one] ℹ️ El pedido { $order } no tuvo novedades en { $days } día
       *[other] ℹ️ El pedido { $order } no tuvo novedades en { $days } días
    }
    Aquí dejamos de seguirlo. Para verlo otra vez, basta con enviar su número.

note =
    💬 El pedido { $order } trae un mensaje de la tienda
    <blockquote>{ $text }</blockquote>

## Botones: hasta 20 caracteres

button-track = Rastrear paquete
button-track-package =
    { $known ->
        [yes] Paquete { $n }: { $courier }
       *[no] Rastrear paquete { $n }
    }
button-copy = Copiar número
button-contact = Contactar la tienda
button-refresh = Actualizar
button-stop = Dejar de seguir
