### O que o bot responde às pessoas. Os comentários de cada mensagem estão em inglês, em en/chat.ftl.

## Começo

privacy =
    <b>O que fica guardado</b>
    O identificador, o idioma e as configurações desta conversa, os pedidos que você acompanha, os nomes que você deu e o que avisamos.
    <b>Por quanto tempo</b>
    { $days ->
        [one] Um pedido concluído é apagado depois de { $days } dia.
       *[other] Um pedido concluído é apagado depois de { $days } dias.
    }
    { $copies ->
        [yes] As cópias de segurança diárias guardam esses dados por mais sete dias.
       *[no] Se a loja tem cópias próprias, os dados ficam nelas enquanto a loja as guardar.
    }
    <b>Quem vê</b>
    { $named ->
        [yes] Só a equipe que cuida deste bot em { $store }.
       *[no] Só a equipe da loja que cuida deste bot.
    } As mensagens passam pelo Telegram.
    Com /export você recebe uma cópia, com /forget tudo é apagado.
    Para que ninguém adivinhe números de pedidos, também contamos quantos você procurou: por um dia, sem o seu nome nem os números. /forget não apaga essa conta.

order-usage = Escreva o número depois do comando: <code>/order { $example }</code>
group-hint = Em grupos, escreva o número depois do comando: <code>/order { $example }</code>

## O que não foi entendido

unknown-command = Não conhecemos este comando. Veja em /help o que você pode fazer aqui.
not-a-number =
    Não vemos um número de pedido nesta mensagem. Envie como está no e-mail da loja, por exemplo <code>{ $example }</code>.

## Pedidos que não podem ser mostrados

not-there =
    ℹ️ O pedido { $order }: ainda não vemos este número
    Um pedido novo pode demorar a aparecer. Confira o número ou espere; vamos avisar quando aparecer.

awaiting-already =
    Já estamos esperando o pedido { $order }, e vamos avisar quando aparecer.

awaiting-limit =
    { $count ->
        [one] Já estamos esperando { $count } número. Pare com /stop e tente este de novo.
       *[other] Já estamos esperando { $count } números. Pare um deles com /stop e tente este de novo.
    }

follow-limit =
    { $count ->
        [one] Você já acompanha { $count } pedido. Pare com /stop e tente este de novo.
       *[other] Você já acompanha { $count } pedidos. Pare um deles com /stop e tente este de novo.
    }

wait =
    { $minutes ->
        [one] Vários números não foram encontrados. Espere { $minutes } minuto e tente de novo.
       *[other] Vários números não foram encontrados. Espere { $minutes } minutos e tente de novo.
    }

day-limit =
    { $count ->
        [one] Dá para acompanhar { $count } pedido novo por dia pelo número.
       *[other] Dá para acompanhar { $count } pedidos novos por dia pelo número.
    } { $hours ->
        [one] Tente de novo em { $hours } hora, ou abra o link que a loja enviou.
       *[other] Tente de novo em { $hours } horas, ou abra o link que a loja enviou.
    }

person-hidden =
    Não dá para ver quem escreve aqui. Escreva com o seu próprio nome, ou envie o número na nossa conversa privada.

looking-up = Estamos procurando o pedido { $order }. Está demorando um pouco mais que o normal; a resposta chega aqui.

look-up-limit =
    { $count ->
        [one] Ainda estamos procurando { $count } número. Envie o próximo quando respondermos.
       *[other] Ainda estamos procurando { $count } números. Envie o próximo quando respondermos.
    }

api-trouble =
    Não conseguimos consultar o pedido { $order } agora. Você não precisa fazer nada; vamos avisar aqui assim que possível.

link-required =
    { $named ->
        [yes] Para acompanhar um pedido em { $store }, abra o link que a loja enviou.
       *[no] Para acompanhar um pedido, abra o link que a loja enviou.
    } Só o número não basta aqui.
link-bad = Este link não é válido. Abra o mais novo que a loja enviou, ou peça outro.

## Acompanhamento

list-heading = <b>Pedidos que você acompanha</b>
list-row = { $number } – { $state }
list-row-labelled = “{ $label }” { $number } – { $state }
list-row-awaited = { $number } – ainda não apareceu
list-empty =
    Você não acompanha nenhum pedido. { $way ->
        [link] Para acompanhar um, abra o link que a loja enviou.
        [group] Para acompanhar um, escreva o número depois de /order.
       *[number] Para acompanhar um, envie o número.
    }

stopped =
    Você parou de acompanhar o pedido { $order }. { $way ->
        [link] Para acompanhar de novo, abra o link que a loja enviou.
        [group] Para acompanhar de novo, escreva o número depois de /order.
       *[number] Para acompanhar de novo, envie o número.
    }
stopped-awaiting = Não esperamos mais o pedido { $order }.
stopped-all =
    { $count ->
        [one] Você parou de acompanhar { $count } pedido.
       *[other] Você parou de acompanhar { $count } pedidos.
    }
stop-which = Qual pedido você quer parar de acompanhar?
stop-nothing = Você não acompanha nenhum pedido, então não há o que parar.

## Idioma

language-choose = Em que idioma você quer ler?
language-changed = A partir de agora, escrevemos em português.

## Configurações

settings = Quantos avisos você quer receber sobre seus pedidos? Agora: { $level }.
settings-levels =
    <b>Passos principais</b>: uma mensagem a cada etapa; o resto aparece na última mensagem do pedido.
    <b>Cada passo</b>: uma mensagem a cada passo; as de rotina chegam sem som.
    <b>Só o essencial</b>: uma mensagem quando sai, está pronto para retirada, termina ou tem um problema; o resto aparece na última.
settings-nights =
    { $quiet ->
        [yes] As <b>noites silenciosas</b> estão ativadas: das 22h às 8h, no horário da loja, tudo chega sem som.
       *[no] As <b>noites silenciosas</b> estão desativadas. Ative para receber tudo sem som das 22h às 8h, no horário da loja.
    }

level-name-main = Passos principais
level-name-every = Cada passo
level-name-key = Só o essencial
button-quiet-nights = Silenciar à noite
button-loud-nights = Tocar à noite

## Dar nome a um pedido

name-unclear = Isso não pode ser um nome. Responda de novo à nossa pergunta com algumas palavras, como “Presente da mamãe”.

## Dados pessoais

export-ready = Este arquivo contém tudo o que está guardado sobre esta conversa.
export-empty = Não há nada guardado sobre esta conversa.
forget-confirm =
    Isto apaga tudo o que está guardado sobre esta conversa: pedidos, nomes, configurações. Você não vai receber mais novidades dos seus pedidos. Apagar tudo?
forget-done = Tudo o que estava guardado sobre esta conversa foi apagado.
forget-cancelled = Nada foi apagado.

## Quando algo deu errado do nosso lado

apology = Desculpe, algo deu errado do nosso lado. Tente de novo em um minuto.
flood = Chegaram muitas mensagens de uma vez e só lemos as primeiras. Envie de novo o que faltou, aos poucos.
not-yours-to-stop = Só quem começou a acompanhar este pedido aqui pode parar.
group-admins-only = Só um administrador deste grupo pode fazer isso.

## Respostas curtas a um toque

toast-refreshed = Está atualizado
toast-too-soon = Acabamos de consultar. Tente de novo em um minuto
toast-stopped = Você parou de acompanhar este pedido
toast-old = Este botão está desatualizado. Envie /orders
toast-not-yours = Este botão é da mensagem de outra pessoa
toast-apology = Desculpe, algo deu errado do nosso lado. Tente de novo em um minuto
toast-flood = Muita coisa de uma vez. Tente de novo em instantes
toast-saved = Salvo
toast-trouble = Não conseguimos consultar agora. Vamos avisar assim que possível
# Somebody has said whether they have what was delivered.
toast-noted = Anotado. Agradecemos o aviso
# A new card is just being sent.
toast-moment = Um momento, por favor

## Botões: até 20 caracteres

button-forget = Apagar tudo
button-keep = Manter tudo
button-stop-all = Parar todos
