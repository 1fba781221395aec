### La tarjeta de un pedido, de vos. Esta carpeta tiene solo los mensajes que difieren de los de es: los que tutean.
### Cada uno es un mensaje entero; si cambia el de es, cambia también este.

language-name = Español (Argentina)

## Línea 1

headline-packed = 📦 <b>Embalado</b> · Pedido { $order }
headline-missing = ⚠️ <b>Entregado, pero no lo tenés</b> · Pedido { $order }
headline-uncollected = ⚠️ <b>Retirado, pero no por vos</b> · Pedido { $order }

## Las mismas palabras en frases y listas

short-packed = embalado
short-missing = entregado, pero no lo tenés
short-uncollected = retirado, pero no por vos

## Lo que significa el estado

state-pending =
    { $named ->
        [yes] Ya está registrado. Falta que la tienda { $store } empiece a prepararlo.
       *[no] Ya está registrado. Falta que la tienda empiece a prepararlo.
    } No tenés que hacer nada.
state-ready-for-packing =
    { $named ->
        [yes] La tienda { $store } terminó de reunir los productos.
       *[no] La tienda terminó de reunir los productos.
    } Ahora falta embalar tu pedido.
state-packing =
    { $named ->
        [yes] La tienda { $store } lo está embalando ahora mismo.
       *[no] La tienda lo está embalando ahora mismo.
    }
state-ready-for-invoicing =
    { $named ->
        [yes] Ya está embalado y sigue en la tienda { $store }.
       *[no] Ya está embalado y sigue en la tienda.
    } Falta emitir el comprobante.
state-invoicing =
    { $named ->
        [yes] Sigue embalado mientras la tienda { $store } emite el comprobante.
       *[no] Sigue embalado mientras la tienda emite el comprobante.
    } Aquí no tenés que pagar ni hacer nada.
state-ready-for-shipping =
    { $named ->
        [yes] Está listo para salir de la tienda { $store }.
       *[no] Está listo para salir de la tienda.
    } Falta que pase a buscarlo la empresa de transporte.
state-waiting-for-delivery-company =
    { $named ->
        [yes] El transporte ya está solicitado y tu pedido sigue en la tienda { $store }.
       *[no] El transporte ya está solicitado y tu pedido sigue en la tienda.
    } Falta que pase a buscarlo la empresa de transporte.
state-on-route =
    { $total ->
        [1]
            { $known ->
                [yes] { $named ->
                    [yes] La empresa de transporte { $courier } pasó a buscar tu pedido por la tienda { $store }.
                   *[no] La empresa de transporte { $courier } pasó a buscar tu pedido por la tienda.
                }
               *[no] { $named ->
                    [yes] La empresa de transporte pasó a buscar tu pedido por la tienda { $store }.
                   *[no] La empresa de transporte pasó a buscar tu pedido por la tienda.
                }
            }
       *[other] Tu pedido llega en { $total } paquetes.
    }
state-waiting-for-pickup =
    { $labelled ->
        [yes] Llevá el número de pedido { $number } y el código de retiro, si te llegó uno por mail.
       *[no] Llevá el número de pedido y el código de retiro, si te llegó uno por mail.
    }
state-returned =
    La entrega no se completó. { $named ->
        [yes] Hablá con la tienda { $store } para acordar cómo recibir tu pedido.
       *[no] Hablá con la tienda para acordar cómo recibir tu pedido.
    }
not-collected =
    El retiro no se completó. { $named ->
        [yes] Hablá con la tienda { $store } para acordar cómo recibir tu pedido.
       *[no] Hablá con la tienda para acordar cómo recibir tu pedido.
    }
state-canceled =
    No se enviará nada. { $named ->
        [yes] Si tenés dudas sobre el motivo o el pago, hablá con la tienda { $store }.
       *[no] Si tenés dudas sobre el motivo o el pago, hablá con la tienda.
    }
state-idle =
    { $named ->
        [yes] La tienda { $store } se ocupa directamente; aquí ya no habrá novedades.
       *[no] La tienda se ocupa directamente; aquí ya no habrá novedades.
    } Si tenés preguntas, hablá con ella.

## Listo para retirar: dónde

headline-unreported = 🛍️ <b>Listo, pero preguntá antes</b> · Pedido { $order }
short-unreported = listo, pero preguntá antes
pickup-partly =
    { $there ->
        [one] Según la empresa de transporte, por ahora llegó { $there } de { $total } paquetes al lugar de retiro.
       *[other] Según la empresa de transporte, por ahora llegaron { $there } de { $total } paquetes al lugar de retiro.
    } { $named ->
        [yes] Antes de ir, preguntale a la tienda { $store } si está todo.
       *[no] Antes de ir, preguntale a la tienda si está todo.
    }
pickup-unreported =
    La empresa de transporte todavía no informó que llegó. { $named ->
        [yes] Antes de ir, preguntale a la tienda { $store } si ya está.
       *[no] Antes de ir, preguntale a la tienda si ya está.
    }

## Antes de la frase del estado

went-back =
    Tu pedido volvió a la tienda después de que se informó su entrega. { $named ->
        [yes] Si no lo esperabas, hablá con la tienda { $store }.
       *[no] Si no lo esperabas, hablá con la tienda.
    }
late =
    Tarda más de lo habitual, pero no es señal de un problema. { $named ->
        [yes] ¿Dudas? Hablá con la tienda { $store }.
       *[no] ¿Dudas? Hablá con la tienda.
    }
news-returned =
    El paquete { $n } de { $total } volvió a la tienda. { $named ->
        [yes] Hablá con la tienda { $store } para acordar cómo recibirlo.
       *[no] Hablá con la tienda para acordar cómo recibirlo.
    }

## En lugar de la frase del estado

all-delivered =
    { $total ->
        [1] La empresa de transporte informa que lo entregó; falta que la tienda lo confirme.
       *[other] { $couriers ->
            [several] Los { $total } paquetes ya se entregaron, según las empresas de transporte; falta que la tienda lo confirme.
           *[one] Los { $total } paquetes ya se entregaron, según la empresa de transporte; falta que la tienda lo confirme.
        }
    } { $total ->
        [1] { $named ->
            [yes] Si no lo tenés o falta algo, hablá con la tienda { $store }.
           *[no] Si no lo tenés o falta algo, hablá con la tienda.
        }
       *[other] { $named ->
            [yes] Si no los tenés o falta algo, hablá con la tienda { $store }.
           *[no] Si no los tenés o falta algo, hablá con la tienda.
        }
    }
all-returned =
    { $total ->
        [1] La empresa de transporte informa que tu pedido volvió a la tienda.
       *[other] { $couriers ->
            [several] Los { $total } paquetes volvieron a la tienda, según las empresas de transporte.
           *[one] Los { $total } paquetes volvieron a la tienda, según la empresa de transporte.
        }
    } { $named ->
        [yes] Hablá con la tienda { $store } para acordar cómo recibir tu pedido.
       *[no] Hablá con la tienda para acordar cómo recibir tu pedido.
    }
all-partly =
    Una parte se entregó y la otra volvió a la tienda. { $named ->
        [yes] Sobre la parte que volvió, hablá con la tienda { $store }.
       *[no] Sobre la parte que volvió, hablá con la tienda.
    }
trouble-incident =
    { $total ->
        [1]
            { $known ->
                [yes] La empresa de transporte { $courier } no dio detalles; puede demorar más.
               *[no] La empresa de transporte no dio detalles; puede demorar más.
            }
       *[other] La empresa de transporte informa un problema con el paquete { $n } de { $total }; puede demorar.
    } { $named ->
        [yes] ¿Dudas? Hablá con la tienda { $store }. Te avisamos cuando se resuelva.
       *[no] ¿Dudas? Hablá con la tienda. Te avisamos cuando se resuelva.
    }
trouble-hold =
    { $total ->
        [1] La empresa de transporte pausó la entrega por ahora.
       *[other] La empresa de transporte pausó la entrega del paquete { $n } de { $total }.
    } No tenés que hacer nada; te avisamos cuando continúe. { $named ->
        [yes] ¿Dudas? Hablá con la tienda { $store }.
       *[no] ¿Dudas? Hablá con la tienda.
    }

## Después

receipt-missing =
    { $told ->
        [told] Nos dijiste que no lo tenés, y ya le avisamos a la tienda.
        [later] Nos dijiste que no lo tenés; la tienda recibe el aviso cuando abra.
       *[nobody] Nos dijiste que no lo tenés, pero este aviso no le llega a la tienda.
    }
missing-advice =
    { $named ->
        [yes] Preguntá primero en casa o en portería; si no aparece, hablá con la tienda { $store }.
       *[no] Preguntá primero en casa o en portería; si no aparece, hablá con la tienda.
    }
uncollected-advice =
    { $named ->
        [yes] Preguntá en casa si alguien lo retiró; si nadie fue, hablá con la tienda { $store }.
       *[no] Preguntá en casa si alguien lo retiró; si nadie fue, hablá con la tienda.
    }

## Cuánto avanzó

step-being-prepared = Etapa 2 de 5. Después: embalado.

## La línea de tiempo: hasta 30 caracteres junto a la hora

past-packing = Embalando
past-ready-for-invoicing = Embalado

## Debajo

levels-changed = Ahora recibís solo los pasos principales. Si querés recibir cada paso: /settings

## Una tarjeta que ya no es la última: una línea

fold =
    { $emoji } Pedido { $order }: { $steps }. { $why ->
        [newer] Lo más nuevo está abajo.
        [stopped] Ya no lo seguís.
       *[archived] Ya no lo seguís aquí.
    }

## Mensajes aparte

name-ask = ¿Cómo llamamos al pedido { $order }? Respondé con un nombre.
never-seen =
    ℹ️ <b>Sigue sin aparecer</b> · Pedido { $order }
    Por ahora dejamos de buscarlo. Revisá el número y mandalo otra vez, o { $named ->
        [yes] hablá con la tienda { $store }.
       *[no] hablá con la tienda.
    }
archived =
    { $days ->
        [one] ℹ️ <b>Sin novedades en { $days } día</b> · Pedido { $order }
       *[other] ℹ️ <b>Sin novedades en { $days } días</b> · Pedido { $order }
    }
    Aquí dejamos de seguirlo. Si querés seguirlo otra vez, mandá /order { $number } o abrí el enlace de la tienda.
