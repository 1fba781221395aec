### O que se diz de um envio de um pedido. Os comentários de cada mensagem estão em inglês, em en/shipments.ftl.

## O que a transportadora informa

assigned =
    { $emoji } O pedido { $order }: { $total ->
        [1] já foi escolhido quem vai levá-lo
       *[other] já foi escolhido quem vai levar o pacote { $n } de { $total }
    }
    { $known ->
        [yes] Entrega com { $courier }; até onde sabemos, a coleta ainda não foi feita.
       *[no] Até onde sabemos, a coleta ainda não foi feita.
    }

incident =
    ⚠️ O pedido { $order } está com { $total ->
        [1] um problema na entrega
       *[other] um problema no pacote { $n } de { $total }
    }
    A transportadora informa isso sem detalhes, e a entrega pode demorar mais. { $named ->
        [yes] Vamos avisar quando for resolvido; para saber mais, pergunte em { $store }.
       *[no] Vamos avisar quando for resolvido; para saber mais, fale com a loja.
    }

hold =
    ⏸️ O pedido { $order } está com { $total ->
        [1] a entrega pausada
       *[other] a entrega do pacote { $n } de { $total } pausada
    }
    Foi a transportadora que pausou. { $named ->
        [yes] Você não precisa fazer nada agora; vamos avisar quando continuar. Em caso de dúvida, pergunte em { $store }.
       *[no] Você não precisa fazer nada agora; vamos avisar quando continuar. Em caso de dúvida, fale com a loja.
    }

solved =
    { $emoji } O pedido { $order }: { $trouble ->
        [hold]
            { $total ->
                [1] a entrega continua
               *[other] a entrega do pacote { $n } de { $total } continua
            }
       *[incident]
            { $total ->
                [1] problema resolvido
               *[other] problema resolvido no pacote { $n } de { $total }
            }
    }
    A transportadora informa isso; nossa mensagem anterior não vale mais. Agora o pedido consta assim: { $state }.

parcel-delivered =
    📦 O pedido { $order }: { $total ->
        [1] um pacote consta como entregue
       *[other] o pacote { $n } de { $total } consta como entregue
    }
    { $rest ->
        [yes] Falta chegar o resto, e o pedido ainda não terminou.
       *[no] Não há outro pacote a caminho, e o pedido ainda não terminou.
    }

all-delivered =
    📦 O pedido { $order }: { $total ->
        [1] a transportadora informa que fez a entrega
       *[other] os { $total } pacotes constam como entregues
    }
    A loja ainda não encerrou o pedido. { $named ->
        [yes] Se algo não chegou, pergunte em { $store }.
       *[no] Se algo não chegou, fale com a loja.
    }

parcel-returned =
    ↩️ O pedido { $order }: { $total ->
        [1] um pacote voltou para a loja
       *[other] o pacote { $n } de { $total } voltou para a loja
    }
    { $rest ->
        [yes] O resto do pedido continua.
       *[no] Não há outro pacote a caminho.
    } { $named ->
        [yes] Sobre este pacote, pergunte em { $store }.
       *[no] Sobre este pacote, fale com a loja.
    }

# $end: o que foi dito, delivered ou returned. $way: yes se está a caminho de novo.
parcel-mistaken =
    📦 O pedido { $order }: { $end ->
        [returned]
            { $total ->
                [1] a entrega continua, sim
               *[other] a entrega do pacote { $n } de { $total } continua, sim
            }
       *[delivered]
            { $total ->
                [1] um pacote ainda não foi entregue
               *[other] o pacote { $n } de { $total } ainda não foi entregue
            }
    }
    É uma correção da transportadora; nossa mensagem anterior não vale mais. { $way ->
        [yes] O pacote está a caminho de novo.
       *[no] A próxima novidade chega aqui.
    }

link =
    🚚 O pedido { $order } já tem { $total ->
        [1] o link de rastreamento
       *[other] o link de rastreamento do pacote { $n } de { $total }
    }
    Nada mais mudou.

## O tempo passa

reminder =
    🛍️ O pedido { $order } continua pronto para retirada
    Ele está no local escolhido na compra.
    { $labelled ->
        [yes] Leve o número do pedido, { $number }, e o código de retirada, se a loja enviou um por e-mail.
       *[no] Leve o número do pedido e o código de retirada, se a loja enviou um por e-mail.
    }

late =
    { $emoji } O pedido { $order } está demorando mais que o normal
    Ele continua nesta etapa: { $state }. { $named ->
        [yes] Você não precisa fazer nada; em caso de dúvida, pergunte em { $store }.
       *[no] Você não precisa fazer nada; em caso de dúvida, fale com a loja.
    }

never-seen =
    ℹ️ O pedido { $order }: ainda não vemos este número
    Agora paramos de procurar. Confira o número e envie de novo, ou { $named ->
        [yes] pergunte em { $store }.
       *[no] fale com a loja.
    }

archived =
    { $days ->
        [one] ℹ️ O pedido { $order } não teve novidades em { $days } dia
       *[other] ℹ️ O pedido { $order } não teve novidades em { $days } dias
    }
    Aqui paramos de acompanhar. Para ver de novo, envie o número.

note =
    💬 O pedido { $order } tem uma mensagem da loja
    <blockquote>{ $text }</blockquote>

## Botões: até 20 caracteres

button-track = Rastrear pacote
button-track-package =
    { $known ->
        [yes] Pacote { $n }: { $courier }
       *[no] Rastrear pacote { $n }
    }
button-copy = Copiar número
button-contact = Falar com a loja
button-refresh = Atualizar
button-stop = Parar de acompanhar
