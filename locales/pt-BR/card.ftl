### O cartão de um pedido: uma mensagem que sempre mostra como ele está. Os comentários estão em inglês, em en/card.ftl.
### Antes do nome da loja ou da transportadora vem sempre o substantivo.

language-name = Português (Brasil)

order-label = “{ $label }”

## Linha 1

headline-received = 📝 <b>Recebido pela loja</b> · Pedido { $order }
headline-being-prepared = 🛒 <b>Em preparação</b> · Pedido { $order }
headline-packed = 📦 <b>Embalado</b> · Pedido { $order }
headline-arranging = ⏳ <b>Preparando entrega ou retirada</b> · Pedido { $order }
headline-awaiting-courier = ⏳ <b>Aguardando a transportadora</b> · Pedido { $order }
headline-on-its-way = 🚚 <b>A caminho</b> · Pedido { $order }
headline-ready-for-pickup = 🛍️ <b>Pronto para retirada</b> · Pedido { $order }
headline-partly-there = 🛍️ <b>Chegou só uma parte</b> · Pedido { $order }
headline-unreported = 🛍️ <b>Pronto, mas confirme antes</b> · Pedido { $order }
headline-reminder = 🛍️ <b>Ainda falta retirar</b> · Pedido { $order }
headline-package-delivered = 🚚 <b>Pacote { $n } entregue</b> · Pedido { $order }
headline-package-returned = ↩️ <b>Pacote { $n } voltou</b> · Pedido { $order }
headline-delivered = ✅ <b>Entregue</b> · Pedido { $order }
headline-collected = ✅ <b>Retirado</b> · Pedido { $order }
headline-missing = ⚠️ <b>Entregue, mas não recebido</b> · Pedido { $order }
headline-uncollected = ⚠️ <b>Retirado, mas não por você</b> · Pedido { $order }
headline-returned = ↩️ <b>Voltou para a loja</b> · Pedido { $order }
headline-partly = ↩️ <b>Entregue em parte</b> · Pedido { $order }
headline-canceled = ❌ <b>Cancelado</b> · Pedido { $order }
headline-handed-off = 💬 <b>Direto com a loja</b> · Pedido { $order }
headline-unknown = ℹ️ <b>Passou para outra etapa</b> · Pedido { $order }
headline-incident = ⚠️ <b>Problema na entrega</b> · Pedido { $order }
headline-hold = ⏸️ <b>Entrega pausada</b> · Pedido { $order }

## As mesmas palavras em frases e listas

short-received = recebido pela loja
short-being-prepared = em preparação
short-packed = embalado
short-arranging = preparando entrega ou retirada
short-awaiting-courier = aguardando a transportadora
short-on-its-way = a caminho
short-ready-for-pickup = pronto para retirada
short-partly-there = chegou só uma parte
short-unreported = pronto, mas confirme antes
short-delivered = entregue
short-collected = retirado
short-returned = voltou para a loja
short-partly = entregue em parte
short-canceled = cancelado
short-handed-off = direto com a loja
short-unknown = passou para outra etapa
short-incident = problema na entrega
short-hold = entrega pausada
short-reminder = ainda falta retirar
short-package-delivered = pacote { $n } entregue
short-package-returned = pacote { $n } voltou
short-missing = entregue, mas não recebido
short-uncollected = retirado, mas não por você

## O que o status significa

state-pending =
    { $named ->
        [yes] Seu pedido está registrado, e a loja { $store } ainda não começou a preparar.
       *[no] Seu pedido está registrado, e a loja ainda não começou a preparar.
    } Você não precisa fazer nada.
state-ready-for-handling =
    { $named ->
        [yes] Seu pedido está na fila da loja { $store }, esperando a vez.
       *[no] Seu pedido está na fila da loja, esperando a vez.
    } O próximo passo é separar os itens.
state-ready-for-picking =
    { $named ->
        [yes] Alguém da loja { $store } já cuida do seu pedido.
       *[no] Alguém da loja já cuida do seu pedido.
    } Os itens ainda estão na prateleira, e a separação é o próximo passo.
state-picking =
    { $named ->
        [yes] A loja { $store } está separando seus itens; algum deles ainda pode mudar.
       *[no] A loja está separando seus itens; algum deles ainda pode mudar.
    }
state-ready-for-packing =
    { $named ->
        [yes] A loja { $store } terminou a separação do seu pedido.
       *[no] A loja terminou a separação do seu pedido.
    } Agora falta embalar.
state-packing =
    { $named ->
        [yes] A loja { $store } está embalando seu pedido agora.
       *[no] A loja está embalando seu pedido agora.
    }
state-ready-for-invoicing =
    { $named ->
        [yes] Seu pedido está embalado na loja { $store }.
       *[no] Seu pedido está embalado na loja.
    } Falta emitir a nota fiscal.
state-invoicing =
    { $named ->
        [yes] A loja { $store } está emitindo a nota fiscal do seu pedido, já embalado.
       *[no] A loja está emitindo a nota fiscal do seu pedido, já embalado.
    } Você não precisa pagar nem fazer nada aqui.
state-invoiced =
    { $named ->
        [yes] A nota fiscal foi emitida, e seu pedido continua na loja { $store }.
       *[no] A nota fiscal foi emitida, e seu pedido continua na loja.
    } Falta liberar a saída ou a retirada.
state-preparing-shipping =
    { $named ->
        [yes] A loja { $store } está preparando a entrega à transportadora ou a retirada do seu pedido.
       *[no] A loja está preparando a entrega à transportadora ou a retirada do seu pedido.
    }
state-ready-for-shipping =
    { $named ->
        [yes] Seu pedido está pronto para sair da loja { $store }.
       *[no] Seu pedido está pronto para sair da loja.
    } Falta a transportadora passar para coletar.
state-waiting-for-delivery-company =
    { $named ->
        [yes] A transportadora foi chamada, e seu pedido continua na loja { $store }.
       *[no] A transportadora foi chamada, e seu pedido continua na loja.
    } Falta ela passar para coletar.
state-on-route =
    { $total ->
        [1]
            { $known ->
                [yes] { $named ->
                    [yes] A transportadora { $courier } coletou seu pedido na loja { $store }.
                   *[no] A transportadora { $courier } coletou seu pedido na loja.
                }
               *[no] { $named ->
                    [yes] A transportadora coletou seu pedido na loja { $store }.
                   *[no] A transportadora coletou seu pedido na loja.
                }
            }
       *[other] Seu pedido vem em { $total } pacotes.
    }
state-waiting-for-pickup =
    { $labelled ->
        [yes] Leve o número do pedido { $number } e o código de retirada, se a loja enviou um por e-mail.
       *[no] Leve o número do pedido e o código de retirada, se a loja enviou um por e-mail.
    }
state-delivered =
    { $known ->
        [yes] { $timed ->
            [at] A transportadora { $courier } informou a entrega ({ $clock }). Aproveite!
            [seen] A transportadora { $courier } informou a entrega (consultado: { $clock }). Aproveite!
           *[no] A transportadora { $courier } informou a entrega. Aproveite!
        }
       *[no] { $timed ->
            [at] { $named ->
                [yes] A loja { $store } informou a entrega ({ $clock }). Aproveite!
               *[no] A loja informou a entrega ({ $clock }). Aproveite!
            }
            [seen] { $named ->
                [yes] A loja { $store } informou a entrega (consultado: { $clock }). Aproveite!
               *[no] A loja informou a entrega (consultado: { $clock }). Aproveite!
            }
           *[no] { $named ->
                [yes] A loja { $store } informou a entrega. Aproveite!
               *[no] A loja informou a entrega. Aproveite!
            }
        }
    }
state-collected =
    { $timed ->
        [at] { $named ->
            [yes] A loja { $store } informou a retirada ({ $clock }). Aproveite!
           *[no] A loja informou a retirada ({ $clock }). Aproveite!
        }
        [seen] { $named ->
            [yes] A loja { $store } informou a retirada (consultado: { $clock }). Aproveite!
           *[no] A loja informou a retirada (consultado: { $clock }). Aproveite!
        }
       *[no] { $named ->
            [yes] A loja { $store } informou a retirada. Aproveite!
           *[no] A loja informou a retirada. Aproveite!
        }
    }
state-returned =
    A entrega não foi concluída. { $named ->
        [yes] Fale com a loja { $store } para combinar como receber seu pedido.
       *[no] Fale com a loja para combinar como receber seu pedido.
    }
not-collected =
    A retirada não foi concluída. { $named ->
        [yes] Fale com a loja { $store } para combinar como receber seu pedido.
       *[no] Fale com a loja para combinar como receber seu pedido.
    }
state-canceled =
    Nada vai ser enviado. { $named ->
        [yes] Para saber o motivo ou tratar do pagamento, fale com a loja { $store }.
       *[no] Para saber o motivo ou tratar do pagamento, fale com a loja.
    }
state-idle =
    { $named ->
        [yes] A loja { $store } cuida do seu pedido diretamente, e as novidades não chegam mais por aqui.
       *[no] A loja cuida do seu pedido diretamente, e as novidades não chegam mais por aqui.
    } Se tiver dúvidas, fale com ela.
state-unknown =
    Seu pedido está numa etapa que não conhecemos, mas isso não indica um problema. A próxima novidade chega aqui.

## Pronto para retirada: onde

pickup-at-checkout = Seu pedido está no local que você escolheu na compra.
pickup-at =
    { $open ->
        [always] Local de retirada: { $place }. Aberto 24 horas.
        [yes] Local de retirada: { $place }. Horário: { $hours }.
       *[no] Local de retirada: { $place }.
    }

pickup-partly =
    { $there ->
        [one] Segundo a transportadora, até agora chegou { $there } de { $total } pacotes ao local de retirada.
       *[other] Segundo a transportadora, até agora chegaram { $there } de { $total } pacotes ao local de retirada.
    } { $named ->
        [yes] Antes de ir, pergunte à loja { $store } se já está tudo lá.
       *[no] Antes de ir, pergunte à loja se já está tudo lá.
    }
pickup-doubted-at =
    { $placed ->
        [yes] Local: { $place }.
       *[no] Local: o que você escolheu na compra.
    }
pickup-unreported =
    A transportadora ainda não informou a chegada. { $named ->
        [yes] Antes de ir, pergunte à loja { $store } se já está lá.
       *[no] Antes de ir, pergunte à loja se já está lá.
    }
pickup-complete =
    { $total ->
        [1] Seu pacote chegou ao local de retirada.
       *[other] O último pacote também chegou ao local de retirada.
    }

## Antes da frase do status

back = Antes dissemos “{ $before }”. Agora, a loja ou a transportadora informa uma etapa anterior.
corrected = Antes dissemos “{ $before }”, mas essa informação foi corrigida.
mistaken = Antes dissemos “{ $before }”, mas a loja ou a transportadora corrigiu essa informação.
went-back =
    A entrega foi informada, e depois seu pedido voltou para a loja. { $named ->
        [yes] Se você não esperava por isso, fale com a loja { $store }.
       *[no] Se você não esperava por isso, fale com a loja.
    }
by-store =
    { $named ->
        [yes] A informação é da loja { $store }.
       *[no] A informação é da loja.
    }
late =
    Está demorando mais que o normal, mas isso pode acontecer. { $named ->
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
        [1] A transportadora informou que o problema foi resolvido.
       *[other] A transportadora informou que o problema com o pacote { $n } de { $total } foi resolvido.
    }
news-hold-solved =
    { $total ->
        [1] A transportadora informou que a entrega foi retomada.
       *[other] A transportadora informou que a entrega do pacote { $n } de { $total } foi retomada.
    }
news-delivered = O pacote { $n } de { $total } foi entregue; ainda falta chegar o resto.
news-returned =
    O pacote { $n } de { $total } voltou para a loja. { $named ->
        [yes] Fale com a loja { $store } para combinar como receber.
       *[no] Fale com a loja para combinar como receber.
    }
news-not-delivered =
    { $total ->
        [1] A transportadora corrigiu a informação: seu pedido ainda não foi entregue.
       *[other] A transportadora corrigiu a informação: o pacote { $n } de { $total } ainda não foi entregue.
    }
news-not-returned =
    { $total ->
        [1] A transportadora corrigiu a informação: seu pedido segue a caminho.
       *[other] A transportadora corrigiu a informação: o pacote { $n } de { $total } segue a caminho.
    }

## No lugar da frase do status

all-delivered =
    { $total ->
        [1] A transportadora informou a entrega; falta a loja confirmar.
       *[other] { $couriers ->
            [several] As transportadoras informaram a entrega dos { $total } pacotes; falta a loja confirmar.
           *[one] A transportadora informou a entrega dos { $total } pacotes; falta a loja confirmar.
        }
    } { $named ->
        [yes] Se algo não chegou, fale com a loja { $store }.
       *[no] Se algo não chegou, fale com a loja.
    }
all-returned =
    { $total ->
        [1] A transportadora informou que seu pedido voltou para a loja.
       *[other] { $couriers ->
            [several] Os { $total } pacotes voltaram para a loja, segundo as transportadoras.
           *[one] Os { $total } pacotes voltaram para a loja, segundo a transportadora.
        }
    } { $named ->
        [yes] Fale com a loja { $store } para combinar como receber.
       *[no] Fale com a loja para combinar como receber.
    }
all-partly =
    Uma parte foi entregue, e a outra voltou para a loja. { $named ->
        [yes] Sobre o que voltou, fale com a loja { $store }.
       *[no] Sobre o que voltou, fale com a loja.
    }
trouble-incident =
    { $total ->
        [1]
            { $known ->
                [yes] A transportadora { $courier } não informou o motivo, e a entrega pode demorar mais.
               *[no] A transportadora não informou o motivo, e a entrega pode demorar mais.
            }
       *[other] O pacote { $n } de { $total } teve um problema e pode demorar mais.
    } { $named ->
        [yes] Dúvidas? Fale com a loja { $store }. Avisamos quando for resolvido.
       *[no] Dúvidas? Fale com a loja. Avisamos quando for resolvido.
    }
trouble-hold =
    { $total ->
        [1] A transportadora pausou a entrega por enquanto.
       *[other] A transportadora pausou a entrega do pacote { $n } de { $total }.
    } Não precisa fazer nada; avisamos quando a entrega continuar. { $named ->
        [yes] Dúvidas? Fale com a loja { $store }.
       *[no] Dúvidas? Fale com a loja.
    }

## Depois

assigned =
    { $known ->
        [yes] Transportadora confirmada: { $courier }.
       *[no] A transportadora está confirmada.
    }
courier = Quem traz seu pedido é a transportadora { $courier }.
link-later =
    { $links ->
        [one] O link de rastreamento do pacote { $n } aparece aqui assim que a transportadora enviar.
        [missing] { $couriers ->
            [several] Os links de rastreamento que faltam aparecem aqui assim que as transportadoras enviarem.
           *[one] Os links de rastreamento que faltam aparecem aqui assim que a transportadora enviar.
        }
        [others] { $couriers ->
            [several] Os links de rastreamento dos outros pacotes aparecem aqui assim que as transportadoras enviarem.
           *[one] Os links de rastreamento dos outros pacotes aparecem aqui assim que a transportadora enviar.
        }
        [all] { $couriers ->
            [several] Os links de rastreamento aparecem aqui assim que as transportadoras enviarem.
           *[one] Os links de rastreamento aparecem aqui assim que a transportadora enviar.
        }
       *[only] O link de rastreamento aparece aqui assim que a transportadora enviar.
    }
receipt-missing =
    { $told ->
        [told] Você avisou que não recebeu, e já passamos isso para a loja.
        [later] Você avisou que não recebeu; a loja recebe o aviso quando abrir.
       *[nobody] Você avisou que não recebeu, mas este aviso não chega à loja.
    }
missing-advice =
    { $named ->
        [yes] Pergunte primeiro em casa ou na portaria. Se não aparecer, fale com a loja { $store }.
       *[no] Pergunte primeiro em casa ou na portaria. Se não aparecer, fale com a loja.
    }
uncollected-advice =
    { $named ->
        [yes] Pergunte em casa se alguém retirou; se ninguém foi, fale com a loja { $store }.
       *[no] Pergunte em casa se alguém retirou; se ninguém foi, fale com a loja.
    }
receipt-good = Que bom que está com você.
receipt-found = Que bom que apareceu.

## Pacotes, se houver vários

package =
    { $is ->
        [on-its-way]
            { $known ->
                [yes] <b>Pacote { $n }</b>: a caminho com a transportadora { $courier }
               *[no] <b>Pacote { $n }</b>: a caminho
            }
        [waiting]
            { $known ->
                [yes] <b>Pacote { $n }</b>: aguardando a transportadora { $courier }
               *[no] <b>Pacote { $n }</b>: aguardando a transportadora
            }
        [delivered]
            { $known ->
                [yes] <b>Pacote { $n }</b>: entregue pela transportadora { $courier }
               *[no] <b>Pacote { $n }</b>: entregue
            }
        [returned] <b>Pacote { $n }</b>: voltou para a loja
        [incident] <b>Pacote { $n }</b>: problema na entrega
        [hold] <b>Pacote { $n }</b>: entrega pausada
       *[other] <b>Pacote { $n }</b>: sem novidades agora
    }

## Até onde chegou

step-received = Etapa 1 de 5. A seguir: em preparação.
step-being-prepared = Etapa 2 de 5. A seguir: embalado.
step-packed = Etapa 3 de 5. A seguir: sai da loja ou fica pronto para retirada.
step-awaiting-courier = Etapa 3 de 5. A seguir: a caminho.
step-on-its-way = Etapa 4 de 5. A seguir: entregue.
step-ready-for-pickup = Etapa 4 de 5. A seguir: retirado.
step-trouble = Etapa { $step } de 5.

## A linha do tempo: até 30 caracteres ao lado da hora

past =
    { $seen ->
        [yes] consultado { $clock }  { $what }
       *[no] { $clock }  { $what }
    }
past-pending = Pedido registrado
past-ready-for-handling = Na fila da loja
past-ready-for-picking = A loja assumiu o pedido
past-picking = Itens sendo separados
past-ready-for-packing = Separação concluída
past-packing = Sendo embalado
past-ready-for-invoicing = Embalado
past-invoicing = Nota fiscal sendo emitida
past-invoiced = Nota fiscal emitida
past-preparing-shipping = Preparando a saída
past-ready-for-shipping = Pronto para a transportadora
past-waiting-for-delivery-company = Transportadora chamada
past-on-route = Saiu da loja
past-waiting-for-pickup = Pronto para retirada
past-delivered = Entregue
past-collected = Retirado
past-returned = Voltou para a loja
past-canceled = Cancelado
past-idle = Direto com a loja
past-unknown = Outra etapa
past-package-courier =
    { $total ->
        [1]
            { $known ->
                [yes] Transportadora: { $courier }
               *[no] Transportadora confirmada
            }
       *[other]
            { $known ->
                [yes] Pacote { $n }: { $courier }
               *[no] Pacote { $n }: há transportadora
            }
    }
past-package-left = Pacote { $n } saiu da loja
past-package-delivered =
    { $total ->
        [1] Entregue, diz a transportadora
       *[other] Pacote { $n } entregue
    }
past-package-there =
    { $total ->
        [1] Chegou ao local de retirada
       *[other] Pacote { $n } chegou ao local
    }
past-package-returned =
    { $total ->
        [1] Voltou, diz a transportadora
       *[other] Pacote { $n } voltou para a loja
    }
past-package-again =
    { $total ->
        [1] A caminho de novo
       *[other] Pacote { $n }: a caminho de novo
    }
past-package-incident =
    { $total ->
        [1] Problema na entrega
       *[other] Pacote { $n }: problema
    }
past-package-hold =
    { $total ->
        [1] Entrega pausada
       *[other] Pacote { $n }: entrega pausada
    }
past-package-solved =
    { $total ->
        [1] Problema resolvido
       *[other] Pacote { $n }: problema resolvido
    }
past-package-goes-on =
    { $total ->
        [1] Entrega retomada
       *[other] Pacote { $n }: entrega retomada
    }

## Abaixo

items =
    { $more ->
        [0] Itens: { $items }
        [one] Itens: { $items } e mais { $more } item
       *[other] Itens: { $items } e mais { $more } itens
    }
item = { $quantity } × { $name }

following-main = Avisamos aqui a cada etapa principal, com som só no essencial.
following-every = Avisamos aqui a cada mudança, com som só no essencial.
following-key = Avisamos só o essencial: por exemplo, quando o pedido sair ou estiver pronto para retirada. As outras etapas aparecem nesta mensagem.
# The first card of an order that has left already, or is ready.
following-left = Avisamos aqui quando algo mudar.
levels-changed = Agora você recebe uma mensagem a cada etapa principal. Para receber todos os detalhes: /settings

updated = Última novidade: { $updated }
updated-checked = Última novidade: { $updated }; última consulta: { $clock }
checked = Última consulta: { $clock }
last-checked = Última consulta: { $clock }, talvez haja novidades
updated-last-checked = Última novidade: { $updated }; última consulta: { $clock }, talvez haja novidades
last-checked-unknown = Ainda não confirmamos com a loja; pode haver novidades

## Um cartão que não é mais o último: uma linha

fold =
    { $emoji } Pedido { $order }: { $steps }. { $why ->
        [newer] A mensagem mais nova está abaixo.
        [stopped] Você não acompanha mais este pedido.
       *[archived] Paramos de acompanhar aqui.
    }
fold-step = { $state } ({ $clock })

## Mensagens à parte

note =
    💬 Pedido { $order }: mensagem da loja
    <blockquote>{ $text }</blockquote>

name-ask = Como vamos chamar o pedido { $order }? Responda com um nome.

never-seen =
    ℹ️ <b>Ainda não apareceu</b> · Pedido { $order }
    Por isso, paramos de procurar. Confira o número e tente de novo, ou { $named ->
        [yes] fale com a loja { $store }.
       *[no] fale com a loja.
    }

archived =
    { $days ->
        [one] ℹ️ <b>Sem novidades há { $days } dia</b> · Pedido { $order }
       *[other] ℹ️ <b>Sem novidades há { $days } dias</b> · Pedido { $order }
    }
    Por isso, paramos de acompanhar aqui. Para voltar a acompanhar, envie /order { $number } ou abra o link da loja.

## Botões: até 20 caracteres

button-track = Rastrear pacote
button-track-package = Rastrear pacote { $n }
button-map = Ver no mapa
button-more = Mais opções
button-back = Voltar
button-refresh = Atualizar
button-copy = Copiar número
button-name = Dar um nome
button-share = Compartilhar
button-contact = Falar com a loja
button-settings = Escolher avisos
button-stop = Parar de acompanhar
button-all-good = Tudo certo
button-missing = Não recebi
button-found = Já recebi
button-check = Ver pedido
