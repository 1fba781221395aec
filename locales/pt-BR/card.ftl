### O cartão de um pedido: uma mensagem que sempre mostra como ele está. Os comentários estão em inglês, em en/card.ftl.
### Antes do nome da loja ou da transportadora vem sempre o substantivo.

language-name = Português (Brasil)

order-label = “{ $label }”

## Linha 1

headline-received = 📝 <b>Recebido</b> · Pedido { $order }
headline-being-prepared = 🛒 <b>Em preparação</b> · Pedido { $order }
headline-packed = 📦 <b>Embalado</b> · Pedido { $order }
headline-arranging = ⏳ <b>Combinando entrega ou retirada</b> · Pedido { $order }
headline-awaiting-courier = ⏳ <b>Aguardando a transportadora</b> · Pedido { $order }
headline-on-its-way = 🚚 <b>A caminho</b> · Pedido { $order }
headline-ready-for-pickup = 🛍️ <b>Pronto para retirada</b> · Pedido { $order }
headline-delivered = ✅ <b>Entregue</b> · Pedido { $order }
headline-collected = ✅ <b>Retirado</b> · Pedido { $order }
headline-missing = ✅ <b>Entregue, mas não está aí</b> · Pedido { $order }
headline-returned = ↩️ <b>Voltou para a loja</b> · Pedido { $order }
headline-partly = ↩️ <b>Entregue em parte</b> · Pedido { $order }
headline-canceled = ❌ <b>Cancelado</b> · Pedido { $order }
headline-handed-off = 💬 <b>A loja cuida dele diretamente</b> · Pedido { $order }
headline-unknown = ℹ️ <b>Em outra etapa</b> · Pedido { $order }
headline-incident = ⚠️ <b>Problema na entrega</b> · Pedido { $order }
headline-hold = ⏸️ <b>Entrega pausada</b> · Pedido { $order }

## As mesmas palavras em frases e listas

short-received = recebido
short-being-prepared = em preparação
short-packed = embalado
short-arranging = combinando entrega ou retirada
short-awaiting-courier = aguardando a transportadora
short-on-its-way = a caminho
short-ready-for-pickup = pronto para retirada
short-delivered = entregue
short-collected = retirado
short-returned = voltou para a loja
short-partly = entregue em parte
short-canceled = cancelado
short-handed-off = a loja cuida dele diretamente
short-unknown = em outra etapa
short-incident = problema na entrega
short-hold = entrega pausada

## O que o status significa

state-pending =
    { $named ->
        [yes] Ele está registrado, e a loja { $store } ainda não começou.
       *[no] Ele está registrado, e a loja ainda não começou.
    } Você não precisa fazer nada.
state-ready-for-handling =
    { $named ->
        [yes] Ele está na fila da loja { $store }, e ninguém começou ainda.
       *[no] Ele está na fila da loja, e ninguém começou ainda.
    } O próximo passo é separar os itens.
state-ready-for-picking =
    { $named ->
        [yes] Alguém na loja { $store } já está com o seu pedido para separar.
       *[no] Alguém na loja já está com o seu pedido para separar.
    } Os itens ainda estão na prateleira.
state-picking =
    { $named ->
        [yes] A loja { $store } está separando os seus itens; algum ainda pode mudar.
       *[no] A loja está separando os seus itens; algum ainda pode mudar.
    }
state-ready-for-packing =
    { $named ->
        [yes] A loja { $store } terminou a separação.
       *[no] A loja terminou a separação.
    } Agora o seu pedido espera para ser embalado.
state-packing =
    { $named ->
        [yes] A loja { $store } está embalando o seu pedido agora.
       *[no] A loja está embalando o seu pedido agora.
    }
state-ready-for-invoicing =
    { $named ->
        [yes] Ele já está embalado e continua na loja { $store }.
       *[no] Ele já está embalado e continua na loja.
    } Falta emitir a nota fiscal.
state-invoicing =
    { $named ->
        [yes] Ele continua embalado enquanto a loja { $store } emite a nota fiscal.
       *[no] Ele continua embalado enquanto a loja emite a nota fiscal.
    } Você não precisa pagar nem fazer nada aqui.
state-invoiced =
    { $named ->
        [yes] A nota fiscal foi emitida, e o pedido está embalado na loja { $store }.
       *[no] A nota fiscal foi emitida, e o pedido está embalado na loja.
    } Agora vem a transportadora ou a retirada.
state-preparing-shipping =
    { $named ->
        [yes] Ele continua na loja { $store }.
       *[no] Ele continua na loja.
    } A saída está sendo organizada: com a transportadora ou para retirada.
state-ready-for-shipping =
    { $named ->
        [yes] Ele está pronto para sair da loja { $store }.
       *[no] Ele está pronto para sair da loja.
    } A transportadora ainda não veio coletar.
state-waiting-for-delivery-company =
    { $named ->
        [yes] O envio está agendado, e o seu pedido continua na loja { $store }.
       *[no] O envio está agendado, e o seu pedido continua na loja.
    } A transportadora ainda não veio coletar.
state-on-route =
    { $total ->
        [1]
            { $known ->
                [yes] { $named ->
                    [yes] A transportadora { $courier } fez a coleta na loja { $store }.
                   *[no] A transportadora { $courier } fez a coleta na loja.
                }
               *[no] { $named ->
                    [yes] A transportadora fez a coleta na loja { $store }.
                   *[no] A transportadora fez a coleta na loja.
                }
            }
       *[other] Ele vem em { $total } pacotes.
    }
state-waiting-for-pickup =
    { $labelled ->
        [yes] Leve o número do pedido { $number } e o código de retirada, se a loja enviou um por e-mail.
       *[no] Leve o número do pedido e o código de retirada, se a loja enviou um por e-mail.
    }
state-delivered =
    { $known ->
        [yes] { $timed ->
            [at] Quem informou foi a transportadora { $courier } ({ $clock }). Aproveite!
            [seen] Quem informou foi a transportadora { $courier } (visto: { $clock }). Aproveite!
           *[no] Quem informou foi a transportadora { $courier }. Aproveite!
        }
       *[no] { $timed ->
            [at] { $named ->
                [yes] Quem informou foi a loja { $store } ({ $clock }). Aproveite!
               *[no] Quem informou foi a loja ({ $clock }). Aproveite!
            }
            [seen] { $named ->
                [yes] Quem informou foi a loja { $store } (visto: { $clock }). Aproveite!
               *[no] Quem informou foi a loja (visto: { $clock }). Aproveite!
            }
           *[no] { $named ->
                [yes] Quem informou foi a loja { $store }. Aproveite!
               *[no] Quem informou foi a loja. Aproveite!
            }
        }
    }
state-returned =
    A entrega não foi concluída. { $named ->
        [yes] Fale com a loja { $store } para combinar como receber.
       *[no] Fale com a loja para combinar como receber.
    }
state-canceled =
    Nada será enviado. { $named ->
        [yes] Sobre o motivo ou o pagamento, fale com a loja { $store }.
       *[no] Sobre o motivo ou o pagamento, fale com a loja.
    }
state-idle =
    Não é um problema, mas aqui não haverá mais novidades. { $named ->
        [yes] Se tiver dúvidas, fale com a loja { $store }.
       *[no] Se tiver dúvidas, fale com a loja.
    }
state-unknown =
    Não temos uma palavra para esta etapa, e ela por si só não é um problema. A próxima novidade chega aqui.

## Pronto para retirada: onde

pickup-at-checkout = Ele está no local que você escolheu na compra.
pickup-at =
    { $open ->
        [always] Local de retirada: { $place }, a qualquer hora.
        [yes] Local de retirada: { $place }. Horário: { $hours }.
       *[no] Local de retirada: { $place }.
    }
reminder = Ele continua esperando por você.

## Antes da frase do status

back = Antes dissemos: “{ $before }”. A loja ou a transportadora informa uma etapa anterior.
corrected = Antes dissemos “{ $before }”, e não vale mais: a loja ou a transportadora informa outra coisa.
mistaken = A loja ou a transportadora corrigiu: “{ $before }” não vale mais.
went-back =
    Ele voltou depois de constar como entregue. { $named ->
        [yes] Se você não esperava por isso, fale com a loja { $store }.
       *[no] Se você não esperava por isso, fale com a loja.
    }
by-store =
    { $named ->
        [yes] Quem informa é a loja { $store }, ainda sem confirmação.
       *[no] Quem informa é a loja, ainda sem confirmação.
    }
late =
    Está demorando mais que o normal; por si só não é um problema. { $named ->
        [yes] Dúvidas? Fale com a loja { $store }.
       *[no] Dúvidas? Fale com a loja.
    }
link-came =
    { $total ->
        [1] O link de rastreamento chegou; o resto continua igual.
       *[other] Chegou um link de rastreamento; o resto continua igual.
    }
news-incident-solved =
    { $total ->
        [1] A transportadora informa que o problema foi resolvido.
       *[other] A transportadora informa que o problema com o pacote { $n } de { $total } foi resolvido.
    }
news-hold-solved =
    { $total ->
        [1] A transportadora informa que a entrega continua.
       *[other] A transportadora informa que a entrega do pacote { $n } de { $total } continua.
    }
news-delivered =
    { $rest ->
        [yes] O pacote { $n } de { $total } consta como entregue; falta chegar o resto.
       *[no] O pacote { $n } de { $total } consta como entregue, e não há outro a caminho.
    }
news-returned =
    { $total ->
        [1] A transportadora informa que ele voltou para a loja.
       *[other] O pacote { $n } de { $total } voltou para a loja.
    } { $named ->
        [yes] Fale com a loja { $store } sobre isso.
       *[no] Fale com a loja sobre isso.
    }
news-not-delivered =
    { $total ->
        [1] A transportadora corrigiu: ele ainda não foi entregue.
       *[other] A transportadora corrigiu: o pacote { $n } de { $total } ainda não foi entregue.
    }
news-not-returned =
    { $total ->
        [1] A transportadora corrigiu: a entrega continua, sim.
       *[other] A transportadora corrigiu: a entrega do pacote { $n } de { $total } continua, sim.
    }

## No lugar da frase do status

all-delivered =
    { $total ->
        [1] A transportadora informa que fez a entrega; a loja ainda não confirmou.
       *[other] Os { $total } pacotes constam como entregues; a loja ainda não confirmou.
    } { $named ->
        [yes] Se algo não chegou, fale com a loja { $store }.
       *[no] Se algo não chegou, fale com a loja.
    }
all-returned =
    { $total ->
        [1] A transportadora informa que ele voltou para a loja.
       *[other] As transportadoras informam que os { $total } pacotes voltaram para a loja.
    } { $named ->
        [yes] Fale com a loja { $store }.
       *[no] Fale com a loja.
    }
all-partly =
    Nenhum pacote está mais a caminho. { $named ->
        [yes] Sobre o que voltou, fale com a loja { $store }.
       *[no] Sobre o que voltou, fale com a loja.
    }
trouble-incident =
    { $total ->
        [1]
            { $known ->
                [yes] A transportadora { $courier } não deu detalhes, e pode demorar mais.
               *[no] A transportadora não deu detalhes, e pode demorar mais.
            }
       *[other] Pacote { $n } de { $total }: a transportadora não deu detalhes, e pode demorar mais.
    } { $named ->
        [yes] Fale com a loja { $store }; vamos avisar quando for resolvido.
       *[no] Fale com a loja; vamos avisar quando for resolvido.
    }
trouble-hold =
    { $total ->
        [1] A transportadora pausou a entrega por enquanto.
       *[other] A transportadora pausou por enquanto o pacote { $n } de { $total }.
    } Você não precisa fazer nada; vamos avisar quando continuar. { $named ->
        [yes] Dúvidas? Fale com a loja { $store }.
       *[no] Dúvidas? Fale com a loja.
    }

## Depois

assigned =
    { $known ->
        [yes] Transportadora confirmada: { $courier }.
       *[no] A transportadora está confirmada.
    }
courier = Ele vem com a transportadora { $courier }.
link-later =
    { $total ->
        [1] O link de rastreamento aparece aqui assim que a transportadora enviar.
       *[other] Mais links de rastreamento aparecem aqui assim que as transportadoras enviarem.
    }
receipt-missing =
    { $told ->
        [told] Você nos disse que não recebeu, e já avisamos a loja.
        [later] Você nos disse que não recebeu, e a loja vai ver isso.
       *[nobody] Você nos disse que não recebeu.
    }
missing-advice =
    { $named ->
        [yes] Pergunte primeiro em casa ou na portaria; se não aparecer, fale com a loja { $store }.
       *[no] Pergunte primeiro em casa ou na portaria; se não aparecer, fale com a loja.
    }
receipt-good = Que bom saber que está com você.
receipt-found = Que bom saber que apareceu.

## Pacotes, se houver vários

package =
    { $is ->
        [on-its-way]
            { $known ->
                [yes] <b>Pacote { $n }</b>: a caminho com { $courier }
               *[no] <b>Pacote { $n }</b>: a caminho
            }
        [waiting]
            { $known ->
                [yes] <b>Pacote { $n }</b>: aguardando a transportadora { $courier }
               *[no] <b>Pacote { $n }</b>: aguardando a transportadora
            }
        [delivered]
            { $known ->
                [yes] <b>Pacote { $n }</b>: entregue por { $courier }
               *[no] <b>Pacote { $n }</b>: entregue
            }
        [returned] <b>Pacote { $n }</b>: voltou para a loja
        [incident] <b>Pacote { $n }</b>: problema na entrega
        [hold] <b>Pacote { $n }</b>: entrega pausada
       *[other] <b>Pacote { $n }</b>: ainda sem novidades
    }

## Até onde chegou

step-received = Etapa 1 de 5. A seguir: em preparação.
step-being-prepared = Etapa 2 de 5. A seguir: embalado.
step-packed = Etapa 3 de 5. A seguir: sai da loja ou fica pronto para retirada.
step-awaiting-courier = Etapa 3 de 5. A seguir: a caminho.
step-on-its-way = Etapa 4 de 5. A seguir: entregue.
step-ready-for-pickup = Etapa 4 de 5. A seguir: retirado.
step-trouble = Etapa { $step } de 5: { $state }.

## A linha do tempo: até 30 caracteres ao lado da hora

past =
    { $seen ->
        [yes] visto { $clock }  { $what }
       *[no] { $clock }  { $what }
    }
past-pending = Pedido registrado
past-ready-for-handling = Na fila da loja
past-ready-for-picking = Com alguém na loja
past-picking = Itens sendo separados
past-ready-for-packing = Separação concluída
past-packing = Sendo embalado
past-ready-for-invoicing = Embalado
past-invoicing = Nota fiscal sendo emitida
past-invoiced = Nota fiscal emitida
past-preparing-shipping = Saída sendo organizada
past-ready-for-shipping = Pronto para a transportadora
past-waiting-for-delivery-company = Envio agendado
past-on-route = Saiu da loja
past-waiting-for-pickup = Pronto para retirada
past-delivered = Entregue
past-collected = Retirado
past-returned = Voltou para a loja
past-canceled = Cancelado
past-idle = A loja cuida dele diretamente
past-unknown = Outra etapa
past-package-courier =
    { $total ->
        [1]
            { $known ->
                [yes] Com a empresa { $courier }
               *[no] Transportadora confirmada
            }
       *[other]
            { $known ->
                [yes] Pacote { $n }: { $courier }
               *[no] Pacote { $n }: confirmado
            }
    }
past-package-left = Pacote { $n } saiu da loja
past-package-delivered =
    { $total ->
        [1] Transportadora diz: entregue
       *[other] Pacote { $n } entregue
    }
past-package-returned =
    { $total ->
        [1] Transportadora diz: voltou
       *[other] Pacote { $n } voltou para a loja
    }
past-package-incident =
    { $total ->
        [1] Problema na entrega
       *[other] Pacote { $n }: problema
    }
past-package-hold =
    { $total ->
        [1] Entrega pausada
       *[other] Pacote { $n }: pausado
    }
past-package-solved =
    { $total ->
        [1] Problema resolvido
       *[other] Pacote { $n }: resolvido
    }
past-package-goes-on =
    { $total ->
        [1] A entrega continua
       *[other] Pacote { $n }: continua
    }

## Abaixo

items =
    { $more ->
        [0] Itens: { $items }
        [one] Itens: { $items } e mais { $more }
       *[other] Itens: { $items } e mais { $more }
    }
item = { $quantity } × { $name }

following-main = Vamos avisar você aqui a cada etapa, com som quando sair ou estiver pronto para retirada.
following-every = Vamos avisar você aqui a cada passo, com som quando sair ou estiver pronto para retirada.
following-key = Vamos avisar você quando sair ou estiver pronto para retirada. Os outros passos aparecem aqui.
# The first card of an order that has left already, or is ready.
following-left = Avisaremos você aqui quando algo mudar.
levels-changed = Agora você recebe uma mensagem a cada etapa. Para receber uma a cada passo: /settings

updated = Atualizado { $updated }
updated-checked = Atualizado { $updated }; última consulta: { $clock }
checked = Última consulta: { $clock }
last-checked = Última consulta: { $clock }
last-checked-unknown = Ainda sem consulta; pode haver novidades

## Um cartão que não é mais o último: uma linha

fold =
    { $emoji } Pedido { $order }: { $steps }. { $why ->
        [newer] Há uma mensagem mais nova abaixo.
        [stopped] Você não acompanha mais este pedido.
       *[archived] Não é mais acompanhado aqui.
    }
fold-step = { $state } { $clock }

## Mensagens à parte

note =
    💬 Pedido { $order }: uma mensagem da loja
    <blockquote>{ $text }</blockquote>

name-ask = Como vamos chamar o pedido { $order }? Responda com um nome.

never-seen =
    ℹ️ Pedido { $order }: ainda não vemos este número
    Paramos de procurar agora. Confira o número e envie de novo, ou { $named ->
        [yes] fale com a loja { $store }.
       *[no] fale com a loja.
    }

archived =
    { $days ->
        [one] ℹ️ O pedido { $order } não teve novidades em { $days } dia
       *[other] ℹ️ O pedido { $order } não teve novidades em { $days } dias
    }
    Aqui paramos de acompanhar. Para ver de novo, envie o número.

## Botões: até 20 caracteres

button-track = Rastrear pacote
button-track-package =
    { $known ->
        [yes] Pacote { $n }: { $courier }
       *[no] Rastrear pacote { $n }
    }
button-map = Mapa
button-more = Mais
button-back = Voltar
button-refresh = Atualizar
button-copy = Copiar número
button-name = Dar um nome
button-share = Compartilhar
button-contact = Falar com a loja
button-settings = Mais ou menos avisos
button-stop = Parar de acompanhar
button-all-good = Tudo certo
button-missing = Não recebeu?
button-found = Agora está comigo
button-check = Ver o pedido
