### Respostas ao que as pessoas dizem com palavras. Os comentários de cada mensagem estão em inglês, em en/answers.ftl.

## O que é o bot

say-greeting =
    { $named ->
        [yes] Olá, este é o bot da loja { $store }.
       *[no] Olá.
    } { $follows ->
        [none] Aqui você vê cada etapa do seu pedido. Vamos começar?
        [one] Seu pedido está assim:
       *[several] Seus pedidos estão assim:
    }

say-help =
    { $named ->
        [yes] Este é o bot da loja { $store }: aqui você vê cada etapa do seu pedido.
       *[no] Este é o bot da loja onde você comprou: aqui você vê cada etapa do seu pedido.
    } Em /help está tudo o que dá para fazer.

how-to-begin =
    { $way ->
        [link] Para ver como está seu pedido, abra o link que a loja enviou.
        [group] Para ver como está um pedido, escreva assim: <code>/order { $example }</code>
       *[number] Para ver como está seu pedido, envie o número que está no e-mail da loja, como <code>{ $example }</code>.
    }

how-to-follow-again =
    { $way ->
        [link] Para voltar a acompanhar um pedido, abra o link que a loja enviou.
        [group] Para voltar a acompanhar um pedido, escreva assim: <code>/order { $example }</code>
       *[number] Para voltar a acompanhar um pedido, envie o número dele.
    }
thanked = De nada. Se precisar, é só escrever.

say-privacy =
    Guardamos o identificador desta conversa, seus pedidos e o que já avisamos sobre eles. Só a equipe da loja vê isso. Os detalhes estão em /privacy; para apagar, envie /forget.

say-languages = Escrevemos nestes idiomas: { $languages }. Qual você prefere?
language-missing = Esse idioma ainda não temos. Escolha um destes: { $languages }.

say-unsure = Não entendemos bem do que você precisa. É alguma destas coisas?

not-text =
    { $kind ->
        [voice] Não conseguimos ouvir áudios.
        [picture] Não conseguimos ver fotos nem arquivos.
       *[other] Só conseguimos ler texto.
    } { $way ->
        [link] Escreva em poucas palavras do que você precisa.
        [group] Escreva o número do pedido assim: <code>/order { $example }</code>
       *[number] Escreva em poucas palavras do que você precisa ou envie o número do pedido.
    }

## Como está um pedido

say-which = Qual pedido você quer ver?

say-awaited =
    Pedido { $order }: ainda não apareceu aqui. Início da busca: { $time }.
    Confira no e-mail da loja se não há um dígito trocado. Avisamos aqui assim que o pedido aparecer.

say-when =
    Não temos o dia nem a hora da entrega. { $link ->
        [yes] Talvez a página da transportadora mostre.
       *[no] Aqui você vê cada etapa do pedido.
    }

say-courier =
    { $courier ->
        [link] { $known ->
            [yes] Quem traz é a transportadora { $carrier }. A página dela mostra onde o pacote está.
            [named] Quem traz são as transportadoras { $carrier }. A página de cada uma mostra onde está o pacote dela.
            [several] A página da transportadora mostra onde o pacote está.
           *[no] Não temos o nome da transportadora. Talvez a página dela mostre.
        }
        [awaited] { $known ->
            [yes] Quem traz é a transportadora { $carrier }. O link de rastreamento aparece aqui assim que ela enviar.
            [named] Quem traz são as transportadoras { $carrier }. Cada link de rastreamento aparece aqui assim que chegar.
            [several] Seu pedido está a caminho. O link de rastreamento aparece aqui assim que a transportadora enviar.
           *[no] Ainda não sabemos qual é a transportadora. O link de rastreamento aparece aqui assim que ela enviar.
        }
        [several] Abra o pedido: se já estiver a caminho e houver link de rastreamento, ele aparece ali.
       *[none] Ainda não sabemos. Quando o pedido sair, o link de rastreamento, se houver, aparece aqui.
    } { $named ->
        [yes] Para qualquer outra coisa, fale com a loja { $store }.
       *[no] Para qualquer outra coisa, fale com a loja.
    }

say-pickup =
    { $ready ->
        [yes] { $placed ->
            [yes] Seu pedido está pronto. Local de retirada: { $place }.
           *[no] Seu pedido está pronto no local que você escolheu na compra.
        }
        [part] Segundo a transportadora, até agora chegou só uma parte ao local de retirada. Pergunte à loja antes de ir. { $placed ->
            [yes] Local: { $place }.
           *[no] Local: o que você escolheu na compra.
        }
        [unreported] A transportadora ainda não informou que seu pedido chegou ao local de retirada. Pergunte à loja antes de ir. { $placed ->
            [yes] Local: { $place }.
           *[no] Local: o que você escolheu na compra.
        }
        [way] Seu pedido está com a transportadora, a caminho. Se você escolheu retirada, avisamos aqui quando ele estiver pronto.
       *[no] Quando seu pedido ficar pronto, você retira no local que escolheu na compra.
    } Leve o número do pedido e o código de retirada, se a loja enviou um por e-mail.

list-row-unknown = { $number } – você não acompanha este aqui

## O que a loja faz

way-to-store =
    { $contact ->
        [yes] { $named ->
            [yes] Toque no botão para falar com a loja { $store }.
           *[no] Toque no botão para falar com a loja.
        }
       *[no] { $named ->
            [yes] Fale com a loja { $store } e tenha em mãos o número do pedido.
           *[no] Fale com a loja onde você comprou e tenha em mãos o número do pedido.
        }
    }

say-not-received =
    { $delivered ->
        [yes] Pergunte em casa e na portaria. Se não estiver lá, a loja pode descobrir onde está.
        [one] Ainda não recebemos nenhum aviso de entrega deste pedido. Situação: { $state }. Se disseram outra coisa, a loja pode verificar.
        [ended] Não recebemos nenhum aviso de entrega deste pedido. Situação: { $state }. Se disseram outra coisa, a loja pode verificar.
        [several] Ainda não recebemos nenhum aviso de entrega de nenhum dos seus pedidos. Se disseram outra coisa, a loja pode verificar.
       *[unknown] A loja pode descobrir onde está o pedido. Pergunte também em casa e na portaria.
    }
say-wrong = Quem resolve isso é a loja. Conte a ela o que está errado e, se puder, mande uma foto.
say-cancel =
    Só a loja pode cancelar um pedido. { $left ->
        [ended] Agora já é tarde para isso, mas ela pode dizer o que ainda é possível.
        [yes] Nesta etapa já é mais difícil; pergunte o que ainda é possível.
       *[no] Peça antes que o pedido saia.
    }
say-change =
    Só a loja pode mudar um pedido ou o endereço. { $left ->
        [ended] Agora já é tarde para isso, mas ela pode dizer o que ainda é possível.
        [yes] Nesta etapa já é mais difícil; pergunte o que ainda é possível.
       *[no] Peça antes que o pedido saia.
    }
say-refund = Quem cuida de trocas, devoluções e reembolsos é a loja.
say-payment = Quem cuida de pagamentos, notas fiscais e cupons é a loja; aqui só vemos as etapas do pedido.
say-complaint = Entendemos, isso incomoda mesmo. Uma pessoa da loja pode ajudar você.
say-person =
    { $open ->
        [always] Uma pessoa da loja pode ajudar você, a qualquer hora.
        [yes] Uma pessoa da loja pode ajudar você. Horário: { $hours }.
       *[no] Uma pessoa da loja pode ajudar você.
    }
say-store-hours =
    { $open ->
        [always] A loja fica aberta 24 horas. Sobre o endereço, pergunte a ela.
        [yes] Horário da loja: { $hours }. Sobre o endereço, pergunte a ela.
       *[no] Aqui não temos o horário nem o endereço, mas a loja informa.
    }
open-all-day = 24 horas

say-note-reply = A loja não vê o que você responde aqui.

## Vários números em uma mensagem

not-there-several =
    Ainda não apareceram aqui: { $orders }.
    Pedidos novos às vezes levam um tempo. Confira os números; se estiverem certos, avisamos aqui assim que eles aparecerem.
awaiting-already-several = Já estamos procurando estes pedidos e avisamos aqui assim que eles aparecerem: { $orders }.
api-trouble-several =
    Não conseguimos consultar estes pedidos agora: { $orders }. Não precisa enviar de novo: avisamos aqui assim que conseguirmos.
looking-up-several =
    Estamos procurando seus pedidos. Está demorando um pouco mais que o normal, e as respostas chegam aqui sozinhas.
not-looked-up =
    { $count ->
        [one] Depois, envie de novo este número: { $orders }.
       *[other] Depois, envie de novo estes números: { $orders }.
    }

numbers-rest =
    { $count ->
        [one] Só lemos o primeiro. Envie o que faltou em outras mensagens: { $orders }.
       *[other] Só lemos os { $count } primeiros. Envie o que faltou em outras mensagens: { $orders }.
    }

guess-which =
    { $count ->
        [one] O número é este?
       *[other] O número é algum destes?
    }

stop-not-followed = Você não acompanha aqui nenhum pedido de número { $orders }, então não há avisos para parar.

## Botões: no máximo 20 caracteres

button-ask-where = Onde está o pedido?
button-ask-wrong = Algo veio errado
button-ask-store = Falar com a loja
button-stop-looking = Parar de procurar
