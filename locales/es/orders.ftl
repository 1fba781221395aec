### Lo que se dice cuando un pedido avanza. Los comentarios de cada mensaje están en inglés, en en/orders.ftl.
### Español neutro de América Latina: sin «puedes», «tienes» ni imperativos, que suenan ajenos donde se usa vos.

language-name = Español

order-label = “{ $label }”

## Recibido

state-pending =
    📝 El pedido { $order } está registrado
    { $named ->
        [yes] En { $store } aún no empezaron a trabajar en él.
       *[no] La tienda aún no empezó a trabajar en él.
    } No hace falta hacer nada.

state-ready-for-handling =
    📝 El pedido { $order } está en la fila para su preparación
    { $named ->
        [yes] Está registrado en { $store } y nadie lo empezó aún.
       *[no] La tienda lo tiene y nadie lo empezó aún.
    } Lo siguiente es reunir los productos.

state-ready-for-picking =
    📝 El pedido { $order } está asignado para su preparación
    { $named ->
        [yes] En { $store }, los productos siguen en su estante.
       *[no] Los productos siguen en el estante de la tienda.
    } Lo siguiente es reunirlos.

## Preparación

state-picking =
    🛒 El pedido { $order } está en preparación
    { $named ->
        [yes] En { $store } están reuniendo los productos, que aún pueden cambiar.
       *[no] La tienda está reuniendo los productos, que aún pueden cambiar.
    } Lo siguiente es empacarlos.

## Empaque

state-ready-for-packing =
    📦 El pedido { $order } espera para ser empacado
    { $named ->
        [yes] En { $store } terminaron de reunir los productos.
       *[no] La tienda terminó de reunir los productos.
    } Lo siguiente es empacarlos.

state-packing =
    📦 El pedido { $order } se está empacando
    { $named ->
        [yes] Sigue en { $store }.
       *[no] Sigue en la tienda.
    } Te avisaremos cuando salga o esté listo para retirar.

## Empacado

state-ready-for-invoicing =
    🧾 El pedido { $order } está empacado
    { $named ->
        [yes] Sigue en { $store }.
       *[no] Sigue en la tienda.
    } Falta emitir el comprobante.

state-invoicing =
    🧾 El pedido { $order } está empacado y se emite su comprobante
    { $named ->
        [yes] Sigue empacado en { $store }.
       *[no] Sigue empacado en la tienda.
    } No hay nada que pagar ni hacer aquí.

state-invoiced =
    🧾 El pedido { $order } tiene su comprobante emitido
    { $named ->
        [yes] Está empacado en { $store }; sigue la empresa de transporte o el retiro.
       *[no] Está empacado en la tienda; sigue la empresa de transporte o el retiro.
    } Te avisaremos cuando salga o esté listo para retirar.

## Esperando a la empresa de transporte

state-preparing-shipping =
    ⏳ El pedido { $order } espera que se organice su entrega
    { $named ->
        [yes] Sigue en { $store }, para la empresa de transporte o para el retiro.
       *[no] Sigue en la tienda, para la empresa de transporte o para el retiro.
    } Te avisaremos cuando salga o esté listo para retirar.

state-ready-for-shipping =
    ⏳ El pedido { $order } espera a la empresa de transporte
    { $named ->
        [yes] Está listo en { $store } y aún no vinieron a recolectarlo.
       *[no] Está listo en la tienda y aún no vinieron a recolectarlo.
    } Te avisaremos cuando salga.

state-waiting-for-delivery-company =
    ⏳ El pedido { $order } fue aceptado por la empresa de transporte
    { $named ->
        [yes] El paquete sigue esperando en { $store }.
       *[no] El paquete sigue esperando en la tienda.
    } Te avisaremos cuando salga.

## En camino y listo

state-on-route =
    🚚 El pedido { $order } está en camino
    { $named ->
        [yes] La empresa de transporte lo recolectó en { $store }.
       *[no] La empresa de transporte lo recolectó en la tienda.
    }

state-waiting-for-pickup =
    🛍️ El pedido { $order } está listo para retirar
    Está en el lugar elegido al comprar.
    { $labelled ->
        [yes] Para retirarlo hacen falta el número de pedido, { $number }, y el código de retiro, si la tienda te envió uno por correo.
       *[no] Para retirarlo hacen falta el número de pedido y el código de retiro, si la tienda te envió uno por correo.
    }

## El final

state-delivered =
    ✅ El pedido { $order } figura como entregado
    No hay nada más que hacer. { $named ->
        [yes] Si no llegó a tus manos, lo mejor es consultar en { $store }.
       *[no] Si no llegó a tus manos, lo mejor es consultar a la tienda.
    }

state-collected =
    ✅ El pedido { $order } figura como retirado
    No hay nada más que hacer. { $named ->
        [yes] Si no está en tus manos, lo mejor es consultar en { $store }.
       *[no] Si no está en tus manos, lo mejor es consultar a la tienda.
    }

state-returned =
    ↩️ El pedido { $order } volvió a la tienda
    La entrega no se completó. { $named ->
        [yes] Para saber cómo recibirlo, lo mejor es consultar en { $store }.
       *[no] Para saber cómo recibirlo, lo mejor es consultar a la tienda.
    }

state-canceled =
    ❌ El pedido { $order } fue cancelado
    No se enviará nada. { $named ->
        [yes] Sobre motivos y pagos, lo mejor es consultar en { $store }.
       *[no] Sobre motivos y pagos, lo mejor es consultar a la tienda.
    }

state-idle =
    💬 El pedido { $order } lo gestiona directamente la tienda
    No es un problema, pero aquí no habrá más novedades. { $named ->
        [yes] Para cualquier consulta, preguntar en { $store }.
       *[no] Para cualquier consulta, preguntar a la tienda.
    }

state-unknown =
    ℹ️ El pedido { $order } pasó a otro paso
    No tenemos una palabra para este paso, y por sí solo no es un problema. La próxima novedad llega aquí.

## Un paso atrás

back =
    { $emoji } El pedido { $order } volvió a un paso anterior: { $state }
    Antes te dijimos: { $before }. La tienda o la empresa de transporte informa ahora el paso anterior; nuestro mensaje ya no vale.

corrected =
    { $emoji } El pedido { $order } figura ahora de otro modo: { $state }
    Antes te dijimos: { $before }. La tienda o la empresa de transporte informa ahora esto; nuestro mensaje ya no vale.

mistaken =
    { $emoji } Pedido { $order }, una corrección: { $state }
    Se informó por error: { $before }. La tienda o la empresa de transporte informa ahora esto; nuestro mensaje anterior ya no vale.

went-back =
    ↩️ El pedido { $order } regresó a la tienda
    Antes figuraba como entregado. { $named ->
        [yes] Si no lo esperabas, consulta a la tienda { $store }.
       *[no] Si no lo esperabas, consulta a la tienda.
    }

## Líneas que siguen, si hay algo que decir

by-store =
    { $named ->
        [yes] Lo informa la tienda { $store }; todavía no pudimos confirmarlo.
       *[no] Lo informa la tienda; todavía no pudimos confirmarlo.
    }

link-shown =
    { $total ->
        [1]
            { $known ->
                [yes] Se sigue con { $courier }, en { $host }.
               *[no] Se sigue en { $host }.
            }
       *[other]
            { $known ->
                [yes] El paquete { $n } de { $total } se sigue con { $courier }, en { $host }.
               *[no] El paquete { $n } de { $total } se sigue en { $host }.
            }
    }

link-later =
    { $total ->
        [1] El enlace de seguimiento aparecerá en este mensaje.
       *[other] Los enlaces de seguimiento aparecerán en este mensaje.
    }

link-package-later =
    { $known ->
        [yes] El enlace del paquete { $n } de { $total }, con { $courier }, aparecerá en este mensaje.
       *[no] El enlace del paquete { $n } de { $total } aparecerá en este mensaje.
    }

courier = Entrega con { $courier }.

package-ended =
    { $end ->
        [returned] El paquete { $n } de { $total } volvió a la tienda.
       *[delivered] El paquete { $n } de { $total } figura como entregado.
    }

courier-delivered = La empresa de transporte informa la entrega; la tienda aún no cerró el pedido.

trouble-incident =
    { $total ->
        [1] La empresa de transporte informa un problema con la entrega, que puede demorar más.
       *[other] La empresa de transporte informa un problema con el paquete { $n } de { $total }, que puede demorar más.
    }

trouble-hold =
    { $total ->
        [1] La empresa de transporte puso la entrega en pausa.
       *[other] La empresa de transporte puso en pausa el paquete { $n } de { $total }.
    }

items =
    { $more ->
        [0] Productos: { $items }
        [one] Productos: { $items } y { $more } más
       *[other] Productos: { $items } y { $more } más
    }

item = { $quantity } × { $name }

time-since = Desde: { $time }
time-seen = Visto: { $time }
last-checked = Última consulta: { $time }

following-every = Te avisaremos aquí de cada paso.
following-main = Te avisaremos aquí de los pasos principales.
following-key = Te avisaremos aquí cuando salga, esté listo para retirar o tenga un problema.

## Frases cortas

short-pending = registrado
short-ready-for-handling = en la fila para su preparación
short-ready-for-picking = asignado para su preparación
short-picking = en preparación
short-ready-for-packing = en espera de empaque
short-packing = empacando
short-ready-for-invoicing = empacado
short-invoicing = empacado, emitiendo el comprobante
short-invoiced = comprobante emitido
short-preparing-shipping = organizando la entrega
short-ready-for-shipping = esperando a la empresa de transporte
short-waiting-for-delivery-company = aceptado por la empresa de transporte
short-on-route = en camino
short-waiting-for-pickup = listo para retirar
short-delivered = entregado
short-collected = retirado
short-returned = volvió a la tienda
short-canceled = cancelado
short-idle = lo gestiona directamente la tienda
short-unknown = en otro paso
