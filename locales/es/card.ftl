### La tarjeta de un pedido: un mensaje que siempre muestra cómo está. Los comentarios están en inglés, en en/card.ftl.
### Español neutro de América Latina, de tú. Antes del nombre de la tienda o de la empresa va siempre el sustantivo.

language-name = Español

order-label = “{ $label }”

## Línea 1

headline-received = 📝 <b>Recibido por la tienda</b> · Pedido { $order }
headline-being-prepared = 🛒 <b>En preparación</b> · Pedido { $order }
headline-packed = 📦 <b>Empacado</b> · Pedido { $order }
headline-arranging = ⏳ <b>Organizando envío o retiro</b> · Pedido { $order }
headline-awaiting-courier = ⏳ <b>Esperando al transporte</b> · Pedido { $order }
headline-on-its-way = 🚚 <b>En camino</b> · Pedido { $order }
headline-ready-for-pickup = 🛍️ <b>Listo para retirar</b> · Pedido { $order }
headline-partly-there = 🛍️ <b>Llegó solo una parte</b> · Pedido { $order }
headline-unreported = 🛍️ <b>Listo, pero pregunta antes</b> · Pedido { $order }
headline-reminder = 🛍️ <b>Sigue listo para retirar</b> · Pedido { $order }
headline-package-delivered = 🚚 <b>Paquete { $n } entregado</b> · Pedido { $order }
headline-package-returned = ↩️ <b>Volvió el paquete { $n }</b> · Pedido { $order }
headline-delivered = ✅ <b>Entregado</b> · Pedido { $order }
headline-collected = ✅ <b>Retirado</b> · Pedido { $order }
headline-missing = ⚠️ <b>Entregado, pero no lo tienes</b> · Pedido { $order }
headline-uncollected = ⚠️ <b>Retirado, pero no por ti</b> · Pedido { $order }
headline-returned = ↩️ <b>Volvió a la tienda</b> · Pedido { $order }
headline-partly = ↩️ <b>Entregado en parte</b> · Pedido { $order }
headline-canceled = ❌ <b>Cancelado</b> · Pedido { $order }
headline-handed-off = 💬 <b>Lo gestiona la tienda</b> · Pedido { $order }
headline-unknown = ℹ️ <b>Está en otro paso</b> · Pedido { $order }
headline-incident = ⚠️ <b>Problema con la entrega</b> · Pedido { $order }
headline-hold = ⏸️ <b>Entrega en pausa</b> · Pedido { $order }

## Las mismas palabras en frases y listas

short-received = recibido por la tienda
short-being-prepared = en preparación
short-packed = empacado
short-arranging = organizando envío o retiro
short-awaiting-courier = esperando al transporte
short-on-its-way = en camino
short-ready-for-pickup = listo para retirar
short-partly-there = llegó solo una parte
short-unreported = listo, pero pregunta antes
short-delivered = entregado
short-collected = retirado
short-returned = volvió a la tienda
short-partly = entregado en parte
short-canceled = cancelado
short-handed-off = lo gestiona la tienda
short-unknown = está en otro paso
short-incident = problema con la entrega
short-hold = entrega en pausa
short-reminder = sigue listo para retirar
short-package-delivered = paquete { $n } entregado
short-package-returned = volvió el paquete { $n }
short-missing = entregado, pero no lo tienes
short-uncollected = retirado, pero no por ti

## Lo que significa el estado

state-pending =
    { $named ->
        [yes] Ya está registrado. Falta que la tienda { $store } empiece a prepararlo.
       *[no] Ya está registrado. Falta que la tienda empiece a prepararlo.
    } No tienes que hacer nada.
state-ready-for-handling =
    { $named ->
        [yes] Tu pedido espera su turno en la tienda { $store }.
       *[no] Tu pedido espera su turno en la tienda.
    } Lo que sigue es reunir los productos.
state-ready-for-picking =
    { $named ->
        [yes] Alguien de la tienda { $store } ya tiene tu pedido a su cargo.
       *[no] Alguien de la tienda ya tiene tu pedido a su cargo.
    } Los productos todavía están en el estante.
state-picking =
    { $named ->
        [yes] La tienda { $store } está reuniendo tus productos; alguno todavía puede cambiar.
       *[no] La tienda está reuniendo tus productos; alguno todavía puede cambiar.
    }
state-ready-for-packing =
    { $named ->
        [yes] La tienda { $store } terminó de reunir los productos.
       *[no] La tienda terminó de reunir los productos.
    } Ahora falta empacar tu pedido.
state-packing =
    { $named ->
        [yes] La tienda { $store } lo está empacando ahora mismo.
       *[no] La tienda lo está empacando ahora mismo.
    }
state-ready-for-invoicing =
    { $named ->
        [yes] Ya está empacado y sigue en la tienda { $store }.
       *[no] Ya está empacado y sigue en la tienda.
    } Falta emitir el comprobante.
state-invoicing =
    { $named ->
        [yes] Sigue empacado mientras la tienda { $store } emite el comprobante.
       *[no] Sigue empacado mientras la tienda emite el comprobante.
    } Aquí no tienes que pagar ni hacer nada.
state-invoiced =
    { $named ->
        [yes] El comprobante ya está emitido y tu pedido sigue en la tienda { $store }.
       *[no] El comprobante ya está emitido y tu pedido sigue en la tienda.
    } Lo que sigue es el envío o el retiro.
state-preparing-shipping =
    { $named ->
        [yes] Sigue en la tienda { $store }.
       *[no] Sigue en la tienda.
    } Están organizando el envío o el retiro.
state-ready-for-shipping =
    { $named ->
        [yes] Está listo para salir de la tienda { $store }.
       *[no] Está listo para salir de la tienda.
    } Falta que lo recolecte la empresa de transporte.
state-waiting-for-delivery-company =
    { $named ->
        [yes] El transporte ya está solicitado y tu pedido sigue en la tienda { $store }.
       *[no] El transporte ya está solicitado y tu pedido sigue en la tienda.
    } Falta que lo recolecte la empresa de transporte.
state-on-route =
    { $total ->
        [1]
            { $known ->
                [yes] { $named ->
                    [yes] La empresa de transporte { $courier } recolectó tu pedido en la tienda { $store }.
                   *[no] La empresa de transporte { $courier } recolectó tu pedido en la tienda.
                }
               *[no] { $named ->
                    [yes] La empresa de transporte recolectó tu pedido en la tienda { $store }.
                   *[no] La empresa de transporte recolectó tu pedido en la tienda.
                }
            }
       *[other] Tu pedido llega en { $total } paquetes.
    }
state-waiting-for-pickup =
    { $labelled ->
        [yes] Lleva el número de pedido { $number } y el código de retiro, si te llegó uno por correo.
       *[no] Lleva el número de pedido y el código de retiro, si te llegó uno por correo.
    }
state-delivered =
    { $known ->
        [yes] { $timed ->
            [at] Lo informó la empresa de transporte { $courier } ({ $clock }). ¡Que lo disfrutes!
            [seen] Lo informó la empresa de transporte { $courier } (consultado: { $clock }). ¡Que lo disfrutes!
           *[no] Lo informó la empresa de transporte { $courier }. ¡Que lo disfrutes!
        }
       *[no] { $timed ->
            [at] { $named ->
                [yes] Lo informó la tienda { $store } ({ $clock }). ¡Que lo disfrutes!
               *[no] Lo informó la tienda ({ $clock }). ¡Que lo disfrutes!
            }
            [seen] { $named ->
                [yes] Lo informó la tienda { $store } (consultado: { $clock }). ¡Que lo disfrutes!
               *[no] Lo informó la tienda (consultado: { $clock }). ¡Que lo disfrutes!
            }
           *[no] { $named ->
                [yes] Lo informó la tienda { $store }. ¡Que lo disfrutes!
               *[no] Lo informó la tienda. ¡Que lo disfrutes!
            }
        }
    }
state-collected =
    { $timed ->
        [at] { $named ->
            [yes] Lo informó la tienda { $store } ({ $clock }). ¡Que lo disfrutes!
           *[no] Lo informó la tienda ({ $clock }). ¡Que lo disfrutes!
        }
        [seen] { $named ->
            [yes] Lo informó la tienda { $store } (consultado: { $clock }). ¡Que lo disfrutes!
           *[no] Lo informó la tienda (consultado: { $clock }). ¡Que lo disfrutes!
        }
       *[no] { $named ->
            [yes] Lo informó la tienda { $store }. ¡Que lo disfrutes!
           *[no] Lo informó la tienda. ¡Que lo disfrutes!
        }
    }
state-returned =
    La entrega no se completó. { $named ->
        [yes] Habla con la tienda { $store } para acordar cómo recibir tu pedido.
       *[no] Habla con la tienda para acordar cómo recibir tu pedido.
    }
not-collected =
    El retiro no se completó. { $named ->
        [yes] Habla con la tienda { $store } para acordar cómo recibir tu pedido.
       *[no] Habla con la tienda para acordar cómo recibir tu pedido.
    }
state-canceled =
    No se enviará nada. { $named ->
        [yes] Si tienes dudas sobre el motivo o el pago, habla con la tienda { $store }.
       *[no] Si tienes dudas sobre el motivo o el pago, habla con la tienda.
    }
state-idle =
    { $named ->
        [yes] La tienda { $store } se ocupa directamente; aquí ya no habrá novedades.
       *[no] La tienda se ocupa directamente; aquí ya no habrá novedades.
    } Si tienes preguntas, habla con ella.
state-unknown =
    Está en un paso que aquí no conocemos, pero eso no significa que haya un problema. La próxima novedad llega aquí.

## Listo para retirar: dónde

pickup-at-checkout = Está en el lugar que elegiste al comprar.
pickup-at =
    { $open ->
        [always] Está en { $place }. Horario: las 24 horas.
        [yes] Está en { $place }. Horario: { $hours }.
       *[no] Está en { $place }.
    }

pickup-partly =
    { $there ->
        [one] Según la empresa de transporte, por ahora llegó { $there } de { $total } paquetes al lugar de retiro.
       *[other] Según la empresa de transporte, por ahora llegaron { $there } de { $total } paquetes al lugar de retiro.
    } { $named ->
        [yes] Antes de ir, pregúntale a la tienda { $store } si está todo.
       *[no] Antes de ir, pregúntale a la tienda si está todo.
    }
pickup-doubted-at =
    { $placed ->
        [yes] Lugar: { $place }.
       *[no] Lugar: el que elegiste al comprar.
    }
pickup-unreported =
    La empresa de transporte todavía no informó que llegó. { $named ->
        [yes] Antes de ir, pregúntale a la tienda { $store } si ya está.
       *[no] Antes de ir, pregúntale a la tienda si ya está.
    }
pickup-complete =
    { $total ->
        [1] Tu paquete llegó al lugar de retiro.
       *[other] El último paquete también llegó al lugar de retiro.
    }

## Antes de la frase del estado

back = Antes te dijimos “{ $before }”. Ahora la tienda o la empresa de transporte informa un paso anterior.
corrected = Antes te dijimos “{ $before }”. Ya no es así.
mistaken = Antes te dijimos “{ $before }”. Ese dato se corrigió.
went-back =
    Tu pedido volvió a la tienda después de que se informó su entrega. { $named ->
        [yes] Si no lo esperabas, habla con la tienda { $store }.
       *[no] Si no lo esperabas, habla con la tienda.
    }
by-store =
    { $named ->
        [yes] Lo informó la tienda { $store }.
       *[no] Lo informó la tienda.
    }
late =
    Tarda más de lo habitual, pero no es señal de un problema. { $named ->
        [yes] ¿Dudas? Habla con la tienda { $store }.
       *[no] ¿Dudas? Habla con la tienda.
    }
link-came =
    { $total ->
        [1] Llegó el enlace de rastreo; lo demás sigue igual.
       *[other] Llegó un enlace de rastreo; lo demás sigue igual.
    }
news-incident-solved =
    { $total ->
        [1] La empresa de transporte informa que el problema está resuelto.
       *[other] La empresa de transporte informa que el problema con el paquete { $n } de { $total } está resuelto.
    }
news-hold-solved =
    { $total ->
        [1] La empresa de transporte informa que la entrega sigue adelante.
       *[other] La empresa de transporte informa que el paquete { $n } de { $total } sigue adelante.
    }
news-delivered = Ya se entregó el paquete { $n } de { $total }; falta el resto.
news-returned =
    El paquete { $n } de { $total } volvió a la tienda. { $named ->
        [yes] Habla con la tienda { $store } para acordar cómo recibirlo.
       *[no] Habla con la tienda para acordar cómo recibirlo.
    }
news-not-delivered =
    { $total ->
        [1] La empresa de transporte corrigió el dato: todavía no entregó tu pedido.
       *[other] La empresa de transporte corrigió el dato: todavía no entregó el paquete { $n } de { $total }.
    }
news-not-returned =
    { $total ->
        [1] La empresa de transporte corrigió el dato: tu pedido sigue en camino.
       *[other] La empresa de transporte corrigió el dato: el paquete { $n } de { $total } sigue en camino.
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
            [yes] Si no lo tienes o falta algo, habla con la tienda { $store }.
           *[no] Si no lo tienes o falta algo, habla con la tienda.
        }
       *[other] { $named ->
            [yes] Si no los tienes o falta algo, habla con la tienda { $store }.
           *[no] Si no los tienes o falta algo, habla con la tienda.
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
        [yes] Habla con la tienda { $store } para acordar cómo recibir tu pedido.
       *[no] Habla con la tienda para acordar cómo recibir tu pedido.
    }
all-partly =
    Una parte se entregó y la otra volvió a la tienda. { $named ->
        [yes] Sobre la parte que volvió, habla con la tienda { $store }.
       *[no] Sobre la parte que volvió, habla con la tienda.
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
        [yes] ¿Dudas? Habla con la tienda { $store }. Te avisamos cuando se resuelva.
       *[no] ¿Dudas? Habla con la tienda. Te avisamos cuando se resuelva.
    }
trouble-hold =
    { $total ->
        [1] La empresa de transporte pausó la entrega por ahora.
       *[other] La empresa de transporte pausó la entrega del paquete { $n } de { $total }.
    } No tienes que hacer nada; te avisamos cuando continúe. { $named ->
        [yes] ¿Dudas? Habla con la tienda { $store }.
       *[no] ¿Dudas? Habla con la tienda.
    }

## Después

assigned =
    { $known ->
        [yes] Empresa de transporte confirmada: { $courier }.
       *[no] La empresa de transporte está confirmada.
    }
courier = Lo trae la empresa de transporte { $courier }.
link-later =
    { $links ->
        [one] El enlace de rastreo del paquete { $n } aparece aquí en cuanto lo envíe la empresa de transporte.
        [missing] Los enlaces de rastreo que faltan aparecen aquí en cuanto los recibamos.
        [others] Los enlaces de rastreo de los demás paquetes aparecen aquí en cuanto los recibamos.
        [all] { $couriers ->
            [several] Los enlaces de rastreo aparecen aquí en cuanto los envíen las empresas de transporte.
           *[one] Los enlaces de rastreo aparecen aquí en cuanto los envíe la empresa de transporte.
        }
       *[only] El enlace de rastreo aparece aquí en cuanto lo envíe la empresa de transporte.
    }
receipt-missing =
    { $told ->
        [told] Nos dijiste que no lo tienes, y ya le avisamos a la tienda.
        [later] Nos dijiste que no lo tienes; la tienda recibe el aviso cuando abra.
       *[nobody] Nos dijiste que no lo tienes, pero este aviso no le llega a la tienda.
    }
missing-advice =
    { $named ->
        [yes] Pregunta primero en casa o en la recepción del edificio; si no aparece, habla con la tienda { $store }.
       *[no] Pregunta primero en casa o en la recepción del edificio; si no aparece, habla con la tienda.
    }
uncollected-advice =
    { $named ->
        [yes] Pregunta en casa si alguien lo retiró; si nadie fue, habla con la tienda { $store }.
       *[no] Pregunta en casa si alguien lo retiró; si nadie fue, habla con la tienda.
    }
receipt-good = Nos alegra que ya lo tengas.
receipt-found = Nos alegra que haya aparecido.

## Paquetes, si hay varios

package =
    { $is ->
        [on-its-way]
            { $known ->
                [yes] <b>Paquete { $n }</b>: en camino con { $courier }
               *[no] <b>Paquete { $n }</b>: en camino
            }
        [waiting]
            { $known ->
                [yes] <b>Paquete { $n }</b>: esperando a la empresa de transporte { $courier }
               *[no] <b>Paquete { $n }</b>: esperando al transporte
            }
        [delivered]
            { $known ->
                [yes] <b>Paquete { $n }</b>: entregado por { $courier }
               *[no] <b>Paquete { $n }</b>: entregado
            }
        [returned] <b>Paquete { $n }</b>: volvió a la tienda
        [incident] <b>Paquete { $n }</b>: problema con la entrega
        [hold] <b>Paquete { $n }</b>: entrega en pausa
       *[other] <b>Paquete { $n }</b>: sin datos nuevos
    }

## Cuánto avanzó

step-received = Etapa 1 de 5. Después: en preparación.
step-being-prepared = Etapa 2 de 5. Después: empacado.
step-packed = Etapa 3 de 5. Después: sale de la tienda o está listo para retirar.
step-awaiting-courier = Etapa 3 de 5. Después: en camino.
step-on-its-way = Etapa 4 de 5. Después: entregado.
step-ready-for-pickup = Etapa 4 de 5. Después: retirado.
step-trouble = Etapa { $step } de 5.

## La línea de tiempo: hasta 30 caracteres junto a la hora

past =
    { $seen ->
        [yes] consultado { $clock }  { $what }
       *[no] { $clock }  { $what }
    }
past-pending = Pedido registrado
past-ready-for-handling = Esperando turno en la tienda
past-ready-for-picking = Asignado en la tienda
past-picking = Reuniendo los productos
past-ready-for-packing = Productos ya reunidos
past-packing = Empacando
past-ready-for-invoicing = Empacado
past-invoicing = Emitiendo el comprobante
past-invoiced = Comprobante emitido
past-preparing-shipping = Organizando envío o retiro
past-ready-for-shipping = Listo para el transporte
past-waiting-for-delivery-company = Transporte solicitado
past-on-route = Salió de la tienda
past-waiting-for-pickup = Listo para retirar
past-delivered = Entregado
past-collected = Retirado
past-returned = Volvió a la tienda
past-canceled = Cancelado
past-idle = Lo gestiona la tienda
past-unknown = Otro paso
past-package-courier =
    { $total ->
        [1]
            { $known ->
                [yes] Transporte: { $courier }
               *[no] Transporte confirmado
            }
       *[other]
            { $known ->
                [yes] Paquete { $n }: { $courier }
               *[no] Paquete { $n }: ya hay transporte
            }
    }
past-package-left = Salió el paquete { $n }
past-package-delivered =
    { $total ->
        [1] Entregado, según el transporte
       *[other] Paquete { $n } entregado
    }
past-package-there =
    { $total ->
        [1] Llegó al lugar de retiro
       *[other] Llegó el paquete { $n }
    }
past-package-returned =
    { $total ->
        [1] Volvió, según el transporte
       *[other] Volvió el paquete { $n }
    }
past-package-again =
    { $total ->
        [1] De nuevo en camino
       *[other] Paquete { $n }: otra vez en camino
    }
past-package-incident =
    { $total ->
        [1] Problema con la entrega
       *[other] Paquete { $n }: problema
    }
past-package-hold =
    { $total ->
        [1] Entrega en pausa
       *[other] Paquete { $n }: en pausa
    }
past-package-solved =
    { $total ->
        [1] Problema resuelto
       *[other] Paquete { $n }: resuelto
    }
past-package-goes-on =
    { $total ->
        [1] La entrega sigue adelante
       *[other] Paquete { $n }: sigue adelante
    }

## Debajo

items =
    { $more ->
        [0] Productos: { $items }
        [one] Productos: { $items } y { $more } producto más
       *[other] Productos: { $items } y { $more } productos más
    }
item = { $quantity } × { $name }

following-main = Te avisamos aquí de los pasos principales, con sonido cuando salga o esté listo para retirar.
following-every = Te avisamos aquí de cada paso, con sonido cuando salga o esté listo para retirar.
following-key = Te avisamos de lo importante: por ejemplo, cuando salga o esté listo para retirar. Los demás pasos se ven aquí.
# The first card of an order that has left already, or is ready.
following-left = Te avisamos aquí cuando algo cambie.
levels-changed = Ahora recibes solo los pasos principales. Si quieres recibir cada paso: /settings

updated = Actualizado { $updated }
updated-checked = Actualizado { $updated }; última consulta: { $clock }
checked = Última consulta: { $clock }
last-checked = Última consulta: { $clock }, quizá haya novedades
updated-last-checked = Actualizado { $updated }; última consulta: { $clock }, quizá haya novedades
last-checked-unknown = Todavía no pudimos consultarlo; quizá haya novedades

## Una tarjeta que ya no es la última: una línea

fold =
    { $emoji } Pedido { $order }: { $steps }. { $why ->
        [newer] Lo más nuevo está abajo.
        [stopped] Ya no lo sigues.
       *[archived] Ya no lo sigues aquí.
    }
fold-step = { $state } ({ $clock })

## Mensajes aparte

note =
    💬 Pedido { $order }: un mensaje de la tienda
    <blockquote>{ $text }</blockquote>

name-ask = ¿Cómo llamamos al pedido { $order }? Responde con un nombre.

never-seen =
    ℹ️ <b>Sigue sin aparecer</b> · Pedido { $order }
    Por ahora dejamos de buscarlo. Revisa el número y envíalo otra vez, o { $named ->
        [yes] habla con la tienda { $store }.
       *[no] habla con la tienda.
    }

archived =
    { $days ->
        [one] ℹ️ <b>Sin novedades en { $days } día</b> · Pedido { $order }
       *[other] ℹ️ <b>Sin novedades en { $days } días</b> · Pedido { $order }
    }
    Aquí dejamos de seguirlo. Si quieres seguirlo otra vez, envía /order { $number } o abre el enlace de la tienda.

## Botones: hasta 20 caracteres

button-track = Rastrear paquete
button-track-package = Rastrear paquete { $n }
button-map = Mapa
button-more = Más
button-back = Volver
button-refresh = Actualizar
button-copy = Copiar número
button-name = Ponerle nombre
button-share = Compartir
button-contact = Hablar con la tienda
button-settings = Cambiar avisos
button-stop = Dejar de seguir
button-all-good = Todo bien
button-missing = No lo tengo
button-found = Ya lo tengo
button-check = Ver pedido
