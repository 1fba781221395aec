### Respostas ao que as pessoas dizem com palavras. Os comentários de cada mensagem estão em inglês, em en/answers.ftl.

## O que é o bot

say-greeting =
    { $named ->
        [yes] Olá. Aqui a loja { $store } mostra cada passo do seu pedido.
       *[no] Olá. Aqui a loja mostra cada passo do seu pedido.
    } { $follows ->
        [none] Nesta conversa você ainda não acompanha nenhum.
        [one] O seu está assim:
       *[several] Os seus estão assim:
    }

say-help =
    { $named ->
        [yes] Este bot é da loja { $store } e mostra cada passo do seu pedido.
       *[no] Este bot é da loja onde você comprou e mostra cada passo do seu pedido.
    } Em /help está tudo o que você pode fazer aqui.

how-to-begin =
    { $way ->
        [link] Para ver como está seu pedido, abra o link que a loja enviou.
        [group] Para ver como está um pedido, escreva o número depois do comando: <code>/order { $example }</code>
       *[number] Para ver como está seu pedido, envie o número. Ele está no e-mail da loja, por exemplo <code>{ $example }</code>.
    }

thanked = De nada.

say-privacy =
    Guardamos o identificador desta conversa, seus pedidos e o que avisamos sobre eles; só a equipe da loja vê. Em /privacy estão os detalhes, com /forget tudo é apagado.

language-missing = Ainda não escrevemos nesse idioma. Temos: { $languages }.

say-unsure = Não sabemos bem do que você precisa. É uma destas coisas?

not-text =
    { $kind ->
        [voice] Não conseguimos ouvir mensagens de voz.
        [picture] Não conseguimos ver imagens nem arquivos.
       *[other] Só lemos texto.
    } { $way ->
        [link] Escreva em poucas palavras do que você precisa.
        [group] Escreva o número do pedido depois do comando: <code>/order { $example }</code>
       *[number] Escreva em poucas palavras do que você precisa, ou envie o número do pedido.
    }

## Como está um pedido

say-which = De qual pedido você fala?

say-awaited =
    Pedido { $order }: ainda não vemos este número. Procuramos desde { $time }.
    Compare com o e-mail da loja: um dígito pode estar errado. Vamos avisar quando ele aparecer.

say-when =
    Não nos informam o dia nem a hora da entrega. { $link ->
        [yes] A página da transportadora pode dizer mais.
       *[no] Aqui você vê cada passo.
    }

say-courier =
    { $courier ->
        [link] A página da transportadora mostra onde está o pacote.
        [several] Abra o pedido: o link de rastreamento está lá quando ele está a caminho.
       *[none] O link de rastreamento fica na mensagem do pedido assim que a transportadora informa.
    } { $named ->
        [yes] Para o resto, fale com a loja { $store }.
       *[no] Para o resto, fale com a loja.
    }

say-pickup =
    { $ready ->
        [yes] Está pronto no local escolhido na compra.
       *[no] Um pedido é retirado no local escolhido na compra, quando está pronto.
    } Leve o número do pedido e, se a loja enviou um código de retirada por e-mail, o código também.

list-row-unknown = { $number } – você não acompanha aqui

## O que a loja faz

way-to-store =
    { $contact ->
        [yes] { $named ->
            [yes] O botão leva você à loja { $store }.
           *[no] O botão leva você à loja.
        }
       *[no] { $named ->
            [yes] Fale com a loja { $store } e tenha o número do pedido à mão.
           *[no] Fale com a loja onde você comprou e tenha o número do pedido à mão.
        }
    }

say-not-received =
    { $delivered ->
        [yes] Sentimos muito. Pergunte em casa e na portaria; a loja pode descobrir onde ele está.
        [one] Seu pedido não consta como entregue: { $state }. Se disseram outra coisa, a loja pode descobrir.
        [several] Nenhum dos seus pedidos consta como entregue ainda. Se disseram outra coisa, a loja pode descobrir.
       *[unknown] A loja pode descobrir onde ele está. Pergunte também em casa e na portaria.
    }
say-wrong = Disso a loja cuida. Conte o que está errado e, se puder, envie uma foto.
say-cancel =
    Só a loja pode cancelar um pedido. { $left ->
        [ended] Já é tarde para isso: o pedido já terminou. A loja pode dizer o que ainda é possível.
        [yes] Ele já saiu, então não é fácil parar a entrega. Pergunte o que ainda é possível.
       *[no] Peça antes que ele saia.
    }
say-change =
    Só a loja pode mudar um pedido ou o endereço. { $left ->
        [ended] Já é tarde para isso: o pedido já terminou. A loja pode dizer o que ainda é possível.
        [yes] Ele já saiu, então não é fácil mudar. Pergunte o que ainda é possível.
       *[no] Peça antes que ele saia.
    }
say-refund = De trocas, devoluções e reembolsos a loja cuida.
say-payment = De pagamentos, notas fiscais e cupons a loja cuida; aqui não os vemos.
say-complaint = Entendemos que isso incomoda. Uma pessoa da loja pode ajudar.
say-person =
    { $open ->
        [always] Uma pessoa da loja pode ajudar, 24 horas por dia.
        [yes] Uma pessoa da loja pode ajudar. Horário: { $hours }.
       *[no] Uma pessoa da loja pode ajudar.
    }
say-store-hours =
    { $open ->
        [always] A loja fica aberta 24 horas. Sobre o endereço, fale com a loja.
        [yes] O horário da loja: { $hours }. Sobre o endereço, fale com a loja.
       *[no] Aqui não sabemos o horário nem o endereço da loja.
    }

say-note-reply = A loja não lê as respostas desta conversa.

## Vários números em uma mensagem

not-there-several =
    Ainda não vemos estes números: { $orders }.
    Pedidos novos podem demorar a aparecer. Confira os números ou espere; vamos avisar quando aparecerem.
awaiting-already-several = Já estamos esperando estes, e vamos avisar quando aparecerem: { $orders }.
api-trouble-several =
    Agora não conseguimos consultar estes pedidos: { $orders }. Você não precisa fazer nada; vamos avisar aqui assim que possível.
looking-up-several =
    Estamos procurando seus pedidos. Demora um pouco mais que o normal; as respostas chegam aqui sozinhas.
not-looked-up = Não procurados: { $orders }.

numbers-rest =
    { $count ->
        [one] Pegamos o primeiro. Envie de novo estes: { $orders }.
       *[other] Pegamos os primeiros { $count }. Envie de novo estes: { $orders }.
    }

guess-which =
    { $count ->
        [one] É este o número?
       *[other] É um destes números?
    }

stop-not-followed = Você não acompanha aqui: { $orders }. Nada chega sobre isso.

## Botões: no máximo 20 caracteres

button-ask-where = Onde está?
button-ask-wrong = Algo está errado
button-ask-store = Falar com a loja
button-stop-looking = Parar de procurar
