### O que só a equipe da loja lê. Os comentários de cada mensagem estão em inglês, em en/staff.ftl.

## Alertas

alert-key-refused =
    ⚠️ O Pick and Pack não aceita a chave da API
    Enquanto isso, nenhum pedido é consultado; os webhooks continuam chegando. Confira PICKPACK_API_KEY.
alert-key-accepted =
    ✅ O Pick and Pack voltou a aceitar a chave da API
    Os pedidos são consultados como antes.
alert-api-down =
    ⚠️ A API do Pick and Pack não responde
    Enquanto isso, nenhum pedido é consultado; os webhooks continuam chegando. Você não precisa fazer nada agora.
alert-api-up =
    ✅ A API do Pick and Pack voltou a responder
    Os pedidos são consultados como antes.
alert-unknown-status =
    ⚠️ O bot não conhece este status: { $raw }
    Ele veio com o pedido { $number }. Quem acompanha lê que o pedido está em outra etapa.
alert-unreadable-link =
    ⚠️ Este link de rastreamento não pode ser mostrado: { $raw }
    Pedido { $number }, transportadora { $courier }. Quem acompanha não fica esperando um link; se vier um válido, ele aparece.
alert-other-account =
    ⚠️ O bot recusa os webhooks da conta { $raw }
    Ele só aceita os da própria conta e os das contas que os pedidos dela citam. Se esta é sua, confira a chave nas configurações.
alert-aside =
    ⚠️ Uma mensagem sobre o pedido { $number } não foi entregue
    Motivo: { $reason }. Para tentar de novo: /resend
alert-backup-failed =
    ⚠️ A cópia de segurança falhou
    Motivo: { $reason }
alert-webhook-mismapped =
    ⚠️ Não conseguimos ler um webhook sobre um pedido
    Ele trouxe os campos { $raw }. Os do Pick and Pack são orderId, oldStatus, newStatus e hostname, no primeiro nível. Confira a configuração do webhook; até lá, os pedidos são consultados pela API.
alert-not-received =
    ⚠️ O pedido { $number } foi entregue, mas alguém diz que não recebeu
    { $verified ->
        [yes] Acompanhado por link assinado desde { $since }.
       *[no] Acompanhado pelo número desde { $since }.
    } { $followers ->
        [one] { $followers } conversa acompanha. Receberam: { $good }. Não receberam: { $missing }.
       *[other] { $followers } conversas acompanham. Receberam: { $good }. Não receberam: { $missing }.
    }
alert-other =
    ⚠️ Algo precisa de atenção: { $raw }
    Veja os detalhes no log.

## Alertas que chegaram ou terminaram

alert-webhooks-silent =
    ⚠️ Nenhum webhook está chegando
    Encontramos por conta própria novidades que nenhum webhook trouxe: { $lost }. Confira o webhook nas configurações do Pick and Pack; até lá, as novidades chegam mais tarde.
alert-webhooks-refused =
    ⚠️ Os webhooks do Pick and Pack estão sendo recusados
    { $secret ->
        [yes] O segredo deles falta ou não está certo. Compare com WEBHOOK_SECRET nas configurações.
       *[no] Eles não são como esperamos. O log diz por quê.
    } Até lá, as novidades chegam mais tarde.
alert-webhooks-back =
    ✅ Os webhooks voltaram a chegar
    As novidades chegam na hora, como antes. Você não precisa fazer nada.
alert-webhooks-readable =
    ✅ Os webhooks sobre pedidos voltaram a ser lidos
    As novidades chegam na hora, como antes. Você não precisa fazer nada.
alert-nothing-found =
    ⚠️ O Pick and Pack não encontra nenhum dos nossos pedidos
    Consultamos { $count } números desde o início. A chave pode ser de outra conta: confira PICKPACK_API_KEY.
alert-found-again =
    ✅ O Pick and Pack encontra os nossos pedidos
    Você não precisa fazer nada.
alert-disk-low =
    ⚠️ O disco está quase cheio
    Há { $free } MB livres onde fica o banco de dados. Libere espaço: sem ele, não dá para guardar novidades.
alert-disk-free =
    ✅ Há espaço no disco de novo
    Há { $free } MB livres.
alert-backup-made =
    ✅ A cópia de segurança de hoje foi feita
    Você não precisa fazer nada.
alert-token-accepted =
    ✅ O Telegram voltou a aceitar o nosso token
    Ele era recusado desde { $since }, e nada foi enviado. O que esperava sai agora.
alert-database-down =
    ⚠️ Não conseguimos guardar nada
    O banco de dados não funciona: nenhuma novidade entra ou sai; o Pick and Pack envia de novo mais tarde. Confira o disco da máquina do bot.
alert-database-up =
    ✅ Voltamos a guardar novidades
    O que esperava sai agora. Você não precisa fazer nada.
alert-stuck =
    ⚠️ O pedido { $number } não avança
    Está em { $raw } desde { $since }, e alguém espera por ele.
alert-moves-again =
    ✅ O pedido { $number } voltou a avançar
    Você não precisa fazer nada.
alert-received =
    ✅ O pedido { $number } apareceu
    Quem disse que não recebeu já está com ele.
alert-digest =
    ℹ️ <b>O dia até { $time }</b>
    Pedidos com novidades: { $orders }
    Entregues: { $delivered }
    Alguém não recebeu: { $missing }
    Não avançam: { $stuck }
    Mensagens não entregues: { $undelivered }
    Novidades que o webhook perdeu: { $lost }
done-by =
    { $known ->
        [no] Resolvido.
       *[other] Resolvido: { $name }
    }
button-mute = Silenciar 1 h
button-done = Resolvido
toast-muted = Por uma hora, nada disso aqui
toast-alert-done = Resolvido. Os outros veem que foi você
toast-alert-already = Alguém já resolveu

## /check

check-heading = <b>Pedido</b> { $number }
check-status = Status: { $raw }
check-lifted = Avisado como { $raw }, segundo um serviço de envio
check-courier-ahead = A transportadora informa { $raw }; o pedido ainda não
check-divergence = Um webhook informou { $raw }, e a API ainda não confirmou. Recebido: { $time }
check-differs = A API ainda mostra { $raw }, mas um webhook informou que o pedido já saiu desse status. Consultado: { $time }
check-misses =
    { $count ->
        [one] Não apareceu em { $count } resposta da API
       *[other] Não apareceu em { $count } respostas seguidas da API
    }
check-failures =
    { $count ->
        [one] { $count } consulta falhou
       *[other] { $count } consultas seguidas falharam
    }
check-since = Desde: { $time }
check-heard = Último webhook: { $time }
check-asked = Última resposta válida da API: { $time }
check-next = Próxima consulta: { $time }
check-service =
    Serviço { $n }: { $raw }, transportadora { $courier }, veículo { $vehicle }{ $closed ->
        [yes] , a API não mostra mais
       *[no] {""}
    }
    Link: { $link }{ $shown ->
        [yes] , mostrado a quem acompanha
       *[no] , não mostrado a quem acompanha
    }
# The courier’s own, of the service above.
check-tracking = Código de rastreamento: { $tracking }, status do rastreamento: { $raw }
check-no-services = Ainda sem serviço de envio
check-followers = Acompanham: { $followers }, em pausa: { $paused }, esperam este número: { $awaiting }
check-told = Avisado { $time }: { $raw } ({ $reason })
check-nothing-told = Nenhum aviso ainda
check-history =
    { $count ->
        [1] { $time }: { $raw }
       *[other] { $time }: { $raw }, { $count } vezes
    }
check-unknown = Não conhecemos o pedido { $number }, e a API não o mostra.

## Outros comandos

staff-hint = Aqui você é da equipe. Envie um número para acompanhar o pedido, ou { $command } para ver tudo sobre ele. O resto está em /help.
staff-usage = Escreva assim: { $command }
staff-test =
    Isto é um teste
    Os avisos do bot para a equipe chegam neste chat. Você não precisa fazer nada.
staff-not-admin = Só quem administra este bot pode fazer isto.
staff-unknown-order = Não conhecemos o pedido { $number }. Confira o número.

stuck-heading = <b>Pedidos que não avançam</b>
stuck-row = { $number }: { $raw }, desde { $time }
stuck-courier-ahead = { $number }: { $raw }, desde { $time }, mas a transportadora informa { $service }
stuck-in-turns = { $number }: alterna entre { $statuses }, { $count } vezes em 24 horas
stuck-none = Nenhum pedido parado: todos avançam.

stats-heading = <b>Números desde { $time }</b>
stats-row = { $name }: { $value }
stats-name-orders = Pedidos acompanhados
stats-name-chats = Conversas
stats-name-sent = Mensagens enviadas
stats-name-waiting = Mensagens na fila
stats-name-aside = Mensagens não entregues
stats-name-perhaps = Mensagens talvez entregues
stats-name-delay = Segundos do evento até a mensagem (mediana)
stats-name-good = Entregas que as pessoas confirmaram
stats-name-missing = Entregas que as pessoas não receberam
stats-name-found = Entregas que apareceram depois
stats-name-pauses = Pausas pedidas pelo Telegram agora
stats-name-longest-pause = Segundos até o fim da pausa mais longa

who-heading =
    { $count ->
        [one] O pedido { $number } é acompanhado por { $count } conversa
       *[other] O pedido { $number } é acompanhado por { $count } conversas
    }
who-row =
    { $verified ->
        [yes] { $chat }: { $raw }, por link
       *[no] { $chat }: { $raw }, por número
    }
who-nobody = Ninguém acompanha o pedido { $number }.

resend-done =
    { $count ->
        [one] Enviamos de novo a situação do pedido { $number } para { $count } conversa.
       *[other] Enviamos de novo a situação do pedido { $number } para { $count } conversas.
    }
tell-confirm =
    { $count ->
        [one] A mensagem vai para { $count } conversa que acompanha o pedido { $number }. Enviar?
       *[other] A mensagem vai para { $count } conversas que acompanham o pedido { $number }. Enviar?
    }
tell-cancelled = Certo, não enviamos nada.
tell-done =
    { $count ->
        [one] Enviado para { $count } conversa que acompanha o pedido { $number }.
       *[other] Enviado para { $count } conversas que acompanham o pedido { $number }.
    }
tell-too-long = O texto é longo demais: tem { $length } caracteres, e cabem { $limit }. Um emoji conta como dois ou mais.
button-send = Enviar
button-cancel = Não enviar

link-made =
    Link do pedido { $number }:
    { $url }
link-too-long = O número { $number } é longo demais para um link.
link-no-secret = Para criar links, defina LINK_SECRET nas configurações.
