### O que o bot responde às pessoas. Os comentários de cada mensagem estão em inglês, em en/chat.ftl.

privacy =
    <b>O que guardamos</b>
    Desta conversa: o identificador, o idioma e as configurações. Dos pedidos: quais você acompanha, os nomes que deu a eles e o que já avisamos.
    <b>Por quanto tempo</b>
    { $days ->
        [one] Apagamos um pedido { $days } dia depois que ele é concluído.
       *[other] Apagamos um pedido { $days } dias depois que ele é concluído.
    }
    { $copies ->
        [yes] Nas cópias de segurança diárias, ele fica mais sete dias.
       *[no] Se a loja faz cópias próprias, ele fica nelas pelo tempo que a loja definir.
    }
    <b>Quem vê</b>
    { $named ->
        [yes] Só a equipe da loja { $store } que cuida deste bot.
       *[no] Só a equipe da loja que cuida deste bot.
    } As mensagens passam pelo Telegram.
    Com /export, você recebe uma cópia dos seus dados; com /forget, apaga o que está aqui.
    Para que ninguém descubra pedidos testando números, contamos quantos você procurou. Guardamos esse total por um dia, sem o seu nome nem os números, e /forget não apaga isso.

order-usage = Faltou o número do pedido. Escreva assim: <code>/order { $example }</code>
group-hint = Para acompanhar um pedido neste grupo, escreva assim: <code>/order { $example }</code>

## O que não foi entendido

unknown-command = Esse comando não existe aqui. Em /help você vê tudo o que dá para fazer.
not-a-number =
    Não achamos um número de pedido nesta mensagem. Copie o número do e-mail da loja e envie aqui, assim: <code>{ $example }</code>

## Pedidos que não podem ser mostrados

not-there =
    ℹ️ Pedido { $order }: ainda não apareceu aqui
    Um pedido novo às vezes leva um tempo. Confira o número; se estiver certo, avisamos aqui assim que o pedido aparecer.

awaiting-already =
    Já estamos procurando o pedido { $order } e avisamos aqui assim que ele aparecer.

awaiting-limit =
    { $count ->
        [one] Já estamos procurando { $count } número, o máximo ao mesmo tempo. Pare essa busca com /stop e envie este de novo.
       *[other] Já estamos procurando { $count } números, o máximo ao mesmo tempo. Pare de procurar um deles com /stop e envie este de novo.
    }

follow-limit =
    { $count ->
        [one] Você já acompanha { $count } pedido, o máximo ao mesmo tempo. Deixe de acompanhar com /stop e envie este de novo.
       *[other] Você já acompanha { $count } pedidos, o máximo ao mesmo tempo. Deixe de acompanhar um deles com /stop e envie este de novo.
    }

wait =
    { $minutes ->
        [one] Não encontramos vários dos números enviados. Confira no e-mail da loja e tente de novo em { $minutes } minuto.
       *[other] Não encontramos vários dos números enviados. Confira no e-mail da loja e tente de novo em { $minutes } minutos.
    }

day-limit =
    { $count ->
        [one] Você chegou ao limite de { $count } pedido novo por dia.
       *[other] Você chegou ao limite de { $count } pedidos novos por dia.
    } { $wait ->
        [one] Tente de novo em { $wait } hora ou abra o link que a loja enviou.
       *[other] Tente de novo em { $wait } horas ou abra o link que a loja enviou.
    }

person-hidden =
    Aqui o Telegram não mostra quem está escrevendo. Escreva com o seu próprio perfil ou envie o número na nossa conversa particular.

looking-up = Estamos procurando o pedido { $order }. Está demorando um pouco mais que o normal, e a resposta chega aqui sozinha.

look-up-limit =
    { $count ->
        [one] Ainda estamos procurando { $count } número. Quando a resposta chegar, envie este de novo.
       *[other] Ainda estamos procurando { $count } números. Quando as respostas chegarem, envie este de novo.
    }

api-trouble =
    Não conseguimos consultar o pedido { $order } agora. Não precisa enviar de novo: avisamos aqui assim que conseguirmos.

link-required =
    { $named ->
        [yes] Para acompanhar um pedido da loja { $store }, abra o link que ela enviou.
       *[no] Para acompanhar um pedido, abra o link que a loja enviou.
    } Só com o número, não dá para mostrar o pedido aqui.
link-bad =
    Este link não funciona. { $way ->
        [number] Abra o último que a loja enviou ou envie o número do seu pedido.
       *[other] Abra o último que a loja enviou ou peça um novo a ela.
    }

## Acompanhamento

list-heading = <b>Seus pedidos</b>
list-row = { $number } – { $state }
list-row-labelled = “{ $label }” { $number } – { $state }
list-row-awaited = { $number } – ainda não apareceu
list-empty =
    Nenhum pedido por aqui no momento. { $way ->
        [link] Para acompanhar um, abra o link que a loja enviou.
        [group] Para acompanhar um, escreva o número depois de /order.
       *[number] Para acompanhar um, envie o número.
    }

stopped =
    Pronto, paramos os avisos do pedido { $order }. { $way ->
        [link] Se quiser voltar a acompanhar, abra o link que a loja enviou.
        [group] Se quiser voltar a acompanhar, escreva o número depois de /order.
       *[number] { $labelled ->
            [yes] Se quiser voltar a acompanhar, envie { $number }.
           *[no] Se quiser voltar a acompanhar, envie o número.
        }
    }
stopped-awaiting = Pronto, paramos de procurar o pedido { $order }. Em /help você vê como acompanhar de novo.
stopped-all = Pronto, paramos todos os avisos.
stop-which = Qual pedido você quer parar de acompanhar?
stop-nothing = Você não acompanha nenhum pedido aqui, então não há avisos para parar.

## Idioma

language-choose = Qual idioma você prefere?
language-changed = Pronto, a partir de agora falamos em português.

## Configurações

settings = Quantos avisos você quer receber dos seus pedidos? Agora: { $level }.
settings-levels =
    <b>Etapas principais</b>: uma mensagem a cada etapa principal. Os detalhes entram na mensagem mais nova do pedido.
    <b>Todos os detalhes</b>: uma mensagem a cada mudança, com som só no essencial.
    <b>Só o essencial</b>: uma mensagem quando o pedido sai, fica pronto para retirada, é concluído ou tem um problema. O resto entra na mensagem mais nova.
settings-nights =
    { $quiet ->
        [yes] <b>Silêncio à noite</b>: ativado. Das 22h às 8h, no fuso horário da loja, tudo chega sem som.
       *[no] <b>Silêncio à noite</b>: desativado. Ative para receber tudo sem som das 22h às 8h, no fuso horário da loja.
    }

level-name-main = Etapas principais
level-name-every = Todos os detalhes
level-name-key = Só o essencial
button-quiet-nights = Silenciar à noite
button-loud-nights = Ligar som à noite

## Dar nome a um pedido

name-unclear = Não dá para usar isso como nome. Responda de novo à nossa pergunta com algumas palavras, como “Presente da minha mãe”.

## Dados pessoais

export-ready = Aqui está tudo o que guardamos sobre esta conversa.
export-empty = Agora não há pedidos nem configurações desta conversa aqui. Em /help você vê como começar.
forget-confirm =
    Isto apaga o que guardamos aqui: pedidos, nomes e configurações. Na loja nada é cancelado, mas você deixa de receber novidades. Apagar?
forget-done = Pronto, apagamos os pedidos, os nomes e as configurações desta conversa. Em /privacy você vê o que fica por mais um tempo.
forget-cancelled = Certo, não apagamos nada.

## Quando algo deu errado do nosso lado

apology = Desculpe, algo deu errado do nosso lado. Tente de novo em um minuto.
flood = Chegaram muitas mensagens de uma vez, e só lemos as primeiras. Envie de novo as que faltaram, aos poucos.
not-yours-to-stop = Só um administrador do grupo ou quem começou a acompanhar este pedido pode parar os avisos.
group-admins-only = Só um administrador do grupo pode fazer isso. Peça a um deles.

## Respostas curtas a um toque

toast-refreshed = Acabamos de verificar
toast-too-soon = Acabamos de verificar. Tente de novo em um minuto
toast-stopped = Pronto, paramos os avisos deste pedido
toast-old = Este botão não funciona mais. Envie /orders para ver seus pedidos
toast-not-yours = Este botão é para outra pessoa do grupo
toast-apology = Desculpe, algo deu errado do nosso lado. Tente de novo em um minuto
toast-flood = Foram muitos toques de uma vez. Espere um pouco e toque de novo
toast-saved = Pronto
toast-trouble = Não conseguimos verificar agora. Avisamos aqui assim que conseguirmos
# Somebody has said whether they have what was delivered.
toast-noted = Anotado. Agradecemos por avisar
# A new card is just being sent.
toast-moment = Só um momento: já vem uma mensagem nova

## Botões: até 20 caracteres

button-forget = Apagar tudo
button-keep = Manter tudo
button-stop-all = Parar todos
