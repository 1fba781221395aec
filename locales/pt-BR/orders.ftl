### O que se diz quando um pedido avança. Os comentários de cada mensagem estão em inglês, em en/orders.ftl.

language-name = Português (Brasil)

order-label = “{ $label }”

## Recebido

state-pending =
    📝 O pedido { $order } está registrado
    { $named ->
        [yes] O trabalho em { $store } ainda não começou.
       *[no] A loja ainda não começou o trabalho.
    } Você não precisa fazer nada.

state-ready-for-handling =
    📝 O pedido { $order } está na fila da separação
    { $named ->
        [yes] Ele está registrado em { $store }, e ninguém começou ainda.
       *[no] A loja está com ele, e ninguém começou ainda.
    } O próximo passo é separar os itens.

state-ready-for-picking =
    📝 O pedido { $order } foi designado para separação
    { $named ->
        [yes] Em { $store }, os itens ainda estão na prateleira.
       *[no] Os itens ainda estão na prateleira da loja.
    } O próximo passo é separá-los.

## Separação

state-picking =
    🛒 O pedido { $order } está em separação
    { $named ->
        [yes] Em { $store }, os itens estão sendo separados e ainda podem mudar.
       *[no] A loja está separando os itens, que ainda podem mudar.
    } O próximo passo é embalar.

## Embalagem

state-ready-for-packing =
    📦 O pedido { $order } está esperando para ser embalado
    { $named ->
        [yes] A separação em { $store } terminou.
       *[no] A loja terminou a separação.
    } O próximo passo é embalar.

state-packing =
    📦 O pedido { $order } está sendo embalado
    { $named ->
        [yes] Ele ainda está em { $store }.
       *[no] Ele ainda está na loja.
    } Vamos avisar quando sair ou estiver pronto para retirada.

## Embalado

state-ready-for-invoicing =
    🧾 O pedido { $order } está embalado
    { $named ->
        [yes] Ele ainda está em { $store }.
       *[no] Ele ainda está na loja.
    } Falta emitir a nota fiscal.

state-invoicing =
    🧾 O pedido { $order } está com a nota fiscal sendo emitida
    { $named ->
        [yes] Ele continua embalado em { $store }.
       *[no] Ele continua embalado na loja.
    } Não há nada a pagar nem a fazer aqui.

state-invoiced =
    🧾 O pedido { $order } está com a nota fiscal emitida
    { $named ->
        [yes] Ele está embalado em { $store }; falta a transportadora ou a retirada.
       *[no] Ele está embalado na loja; falta a transportadora ou a retirada.
    } Vamos avisar quando sair ou estiver pronto para retirada.

## Aguardando a transportadora

state-preparing-shipping =
    ⏳ O pedido { $order } está com a entrega sendo organizada
    { $named ->
        [yes] Ele ainda está em { $store }, para a transportadora ou para retirada.
       *[no] Ele ainda está na loja, para a transportadora ou para retirada.
    } Vamos avisar quando sair ou estiver pronto para retirada.

state-ready-for-shipping =
    ⏳ O pedido { $order } está aguardando a transportadora
    { $named ->
        [yes] Ele está pronto em { $store } e ainda não foi coletado.
       *[no] Ele está pronto na loja e ainda não foi coletado.
    } Vamos avisar quando sair.

state-waiting-for-delivery-company =
    ⏳ O pedido { $order } foi aceito pela transportadora
    { $named ->
        [yes] O pacote ainda está esperando em { $store }.
       *[no] O pacote ainda está esperando na loja.
    } Vamos avisar quando sair.

## A caminho e pronto

state-on-route =
    🚚 O pedido { $order } saiu para entrega
    { $named ->
        [yes] A transportadora fez a coleta em { $store }.
       *[no] A transportadora fez a coleta na loja.
    }

state-waiting-for-pickup =
    🛍️ O pedido { $order } está pronto para retirada
    Ele está no local escolhido na compra.
    { $labelled ->
        [yes] Leve o número do pedido, { $number }, e o código de retirada, se a loja enviou um por e-mail.
       *[no] Leve o número do pedido e o código de retirada, se a loja enviou um por e-mail.
    }

## O fim

state-delivered =
    ✅ O pedido { $order } consta como entregue
    Não há mais nada a fazer. { $named ->
        [yes] Se ele não está com você, pergunte em { $store }.
       *[no] Se ele não está com você, fale com a loja.
    }

state-collected =
    ✅ O pedido { $order } consta como retirado
    Não há mais nada a fazer. { $named ->
        [yes] Se ele não está com você, pergunte em { $store }.
       *[no] Se ele não está com você, fale com a loja.
    }

state-returned =
    ↩️ O pedido { $order } voltou para a loja
    A entrega não foi concluída. { $named ->
        [yes] Pergunte em { $store } como receber o pedido.
       *[no] Pergunte à loja como receber o pedido.
    }

state-canceled =
    ❌ O pedido { $order } foi cancelado
    Nada será enviado. { $named ->
        [yes] Sobre motivos e pagamento, pergunte em { $store }.
       *[no] Sobre motivos e pagamento, fale com a loja.
    }

state-idle =
    💬 O pedido { $order } agora é com a loja: ela cuida dele diretamente
    Não é um problema, mas aqui não haverá mais novidades. { $named ->
        [yes] Em caso de dúvida, pergunte em { $store }.
       *[no] Em caso de dúvida, fale com a loja.
    }

state-unknown =
    ℹ️ O pedido { $order } passou para outra etapa
    Não temos uma palavra para esta etapa, e ela por si só não é um problema. A próxima novidade chega aqui.

## Um passo atrás

back =
    { $emoji } O pedido { $order } voltou a uma etapa anterior: { $state }
    Antes dissemos: { $before }. A loja ou a transportadora agora informa a etapa anterior; nossa mensagem não vale mais.

corrected =
    { $emoji } O pedido { $order } agora consta de outro modo: { $state }
    Antes dissemos: { $before }. A loja ou a transportadora agora informa isto; nossa mensagem não vale mais.

mistaken =
    { $emoji } Pedido { $order }, uma correção: { $state }
    Foi informado por engano: { $before }. A loja ou a transportadora agora informa isto; nossa mensagem anterior não vale mais.

went-back =
    ↩️ O pedido { $order } voltou à loja depois da entrega
    Antes constava como entregue. { $named ->
        [yes] Se você não esperava por isso, fale com a loja { $store }.
       *[no] Se você não esperava por isso, fale com a loja.
    }

## Linhas que seguem, se houver o que dizer

by-store =
    { $named ->
        [yes] Quem informa é a loja { $store }; ainda não pudemos confirmar.
       *[no] Quem informa é a loja; ainda não pudemos confirmar.
    }

link-shown =
    { $total ->
        [1]
            { $known ->
                [yes] Acompanhe com { $courier }, em { $host }.
               *[no] Acompanhe em { $host }.
            }
       *[other]
            { $known ->
                [yes] Acompanhe o pacote { $n } de { $total } com { $courier }, em { $host }.
               *[no] Acompanhe o pacote { $n } de { $total } em { $host }.
            }
    }

link-later =
    { $total ->
        [1] O link de rastreamento vai aparecer nesta mensagem.
       *[other] Os links de rastreamento vão aparecer nesta mensagem.
    }

link-package-later =
    { $known ->
        [yes] O link do pacote { $n } de { $total }, com { $courier }, vai aparecer nesta mensagem.
       *[no] O link do pacote { $n } de { $total } vai aparecer nesta mensagem.
    }

courier = Entrega com { $courier }.

package-ended =
    { $end ->
        [returned] O pacote { $n } de { $total } voltou para a loja.
       *[delivered] O pacote { $n } de { $total } consta como entregue.
    }

courier-delivered = A transportadora informa a entrega; a loja ainda não encerrou o pedido.

trouble-incident =
    { $total ->
        [1] A transportadora informa um problema na entrega, que pode demorar mais.
       *[other] A transportadora informa um problema com o pacote { $n } de { $total }, que pode demorar mais.
    }

trouble-hold =
    { $total ->
        [1] A transportadora pausou a entrega.
       *[other] A transportadora pausou a entrega do pacote { $n } de { $total }.
    }

items =
    { $more ->
        [0] Itens: { $items }
        [one] Itens: { $items } e mais { $more }
       *[other] Itens: { $items } e mais { $more }
    }

item = { $quantity } × { $name }

time-since = Desde: { $time }
time-seen = Visto: { $time }
last-checked = Última consulta: { $time }

following-every = Vamos avisar você aqui a cada passo.
following-main = Vamos avisar você aqui nos passos principais.
following-key = Vamos avisar você aqui quando sair, estiver pronto para retirada ou tiver um problema.

## Frases curtas

short-pending = registrado
short-ready-for-handling = na fila da separação
short-ready-for-picking = designado para separação
short-picking = em separação
short-ready-for-packing = esperando para ser embalado
short-packing = sendo embalado
short-ready-for-invoicing = embalado
short-invoicing = embalado, nota fiscal sendo emitida
short-invoiced = nota fiscal emitida
short-preparing-shipping = entrega sendo organizada
short-ready-for-shipping = aguardando a transportadora
short-waiting-for-delivery-company = aceito pela transportadora
short-on-route = a caminho
short-waiting-for-pickup = pronto para retirada
short-delivered = entregue
short-collected = retirado
short-returned = voltou para a loja
short-canceled = cancelado
short-idle = a loja cuida dele diretamente
short-unknown = em outra etapa
