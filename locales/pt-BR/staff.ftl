### O que só a equipe da loja lê. Os comentários de cada mensagem estão em inglês, em en/staff.ftl.

## Alertas

alert-key-refused =
    ⚠️ O Pick and Pack recusa a chave da API
    Nenhum pedido é consultado até ela ser aceita; os webhooks continuam chegando. Verifique PICKPACK_API_KEY.
alert-key-accepted =
    ✅ O Pick and Pack aceita a chave da API de novo
    Os pedidos são consultados como antes.
alert-api-down =
    ⚠️ A API do Pick and Pack não responde
    Nenhum pedido é consultado até ela responder; os webhooks continuam chegando. Nada a fazer agora.
alert-api-up =
    ✅ A API do Pick and Pack responde de novo
    Os pedidos são consultados como antes.
alert-unknown-status =
    ⚠️ Um status para o qual este bot não tem palavra: { $raw }
    Ele veio com o pedido { $number }. Quem acompanha lê que o pedido passou para outra etapa.
alert-unreadable-link =
    ⚠️ Não é um link de rastreamento que se possa mostrar: { $raw }
    Veio de { $courier } com o pedido { $number }. Nenhum link é prometido aos seguidores; um que se possa ler é mostrado como sempre.
alert-other-account =
    ⚠️ Os avisos da conta { $raw } são recusados
    Só são aceitos os da conta deste bot e os das contas que os pedidos dela citam. Se ela é sua, confira a chave nas configurações.
alert-aside =
    ⚠️ Uma mensagem sobre o pedido { $number } não pôde ser enviada
    Motivo: { $reason }. Para tentar de novo: /resend
alert-backup-failed =
    ⚠️ A cópia de segurança falhou
    Motivo: { $reason }
alert-webhook-mismapped =
    ⚠️ Um webhook sobre um pedido não pode ser lido
    Os campos dele: { $raw }. Os do Pick and Pack são orderId, oldStatus, newStatus e hostname, fora de qualquer outro campo. Confira a configuração do webhook; até lá os pedidos são consultados.
alert-not-received =
    ⚠️ O pedido { $number } consta como entregue, e alguém não recebeu
    { $verified ->
        [yes] Acompanhado por link assinado desde: { $since }.
       *[no] Acompanhado pelo número desde: { $since }.
    } { $followers ->
        [one] { $followers } pessoa acompanha. Receberam: { $good }. Não receberam: { $missing }.
       *[other] { $followers } pessoas acompanham. Receberam: { $good }. Não receberam: { $missing }.
    }
alert-other =
    ⚠️ Algo precisa de atenção: { $raw }
    O log diz mais.

## /check

check-heading = <b>Pedido</b> { $number }
check-status = Status: { $raw }
check-lifted = Comunicado como { $raw }, segundo um serviço de envio
check-courier-ahead = A transportadora informa { $raw }, o pedido em si não
check-divergence = Um webhook disse { $raw }, e a API não confirmou. Recebido: { $time }
check-differs = A API ainda mostra { $raw }, que segundo um webhook o pedido já deixou. Consultado: { $time }
check-misses =
    { $count ->
        [one] Não apareceu em { $count } resposta seguida
       *[other] Não apareceu em { $count } respostas seguidas
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
check-told = Comunicado { $time }: { $raw } ({ $reason })
check-nothing-told = Nada comunicado ainda
check-history =
    { $count ->
        [1] { $time }: { $raw }
       *[other] { $time }: { $raw }, { $count } vezes
    }
check-unknown = O pedido { $number } não é conhecido aqui, e a API não o mostra.

## Outros comandos

staff-hint = Aqui você é da equipe. Envie um número de pedido para acompanhar, ou { $command } para ver tudo o que se sabe; o resto está em /help.
staff-usage = Escreva assim: { $command }
staff-not-admin = Só quem administra este bot pode fazer isto.
staff-unknown-order = O pedido { $number } não é conhecido aqui.

stuck-heading = <b>Pedidos que não avançam</b>
stuck-row = { $number }: { $raw }, desde { $time }
stuck-courier-ahead = { $number }: { $raw }, desde { $time }, mas a transportadora informa { $service }
stuck-in-turns = { $number }: { $statuses } em alternância, { $count } vezes em 24 horas
stuck-none = Todos os pedidos avançam.

stats-heading = <b>Números desde { $time }</b>
stats-row = { $name }: { $value }
stats-name-orders = Pedidos acompanhados
stats-name-chats = Conversas
stats-name-sent = Mensagens enviadas
stats-name-waiting = Mensagens em espera
stats-name-aside = Mensagens separadas
stats-name-perhaps = Mensagens que talvez chegaram
stats-name-delay = Segundos do evento à mensagem, mediana
stats-name-good = Entregas confirmadas pelas pessoas
stats-name-missing = Entregas que as pessoas não receberam
stats-name-found = Entregas que apareceram depois
stats-name-pauses = Pausas que o Telegram pede, agora
stats-name-longest-pause = Segundos que faltam da pausa mais longa

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
        [one] O pedido { $number } é comunicado de novo a { $count } conversa.
       *[other] O pedido { $number } é comunicado de novo a { $count } conversas.
    }
tell-confirm =
    { $count ->
        [one] Isto vai para { $count } conversa que acompanha o pedido { $number }. Enviar?
       *[other] Isto vai para { $count } conversas que acompanham o pedido { $number }. Enviar?
    }
tell-cancelled = Nada foi enviado.
tell-done =
    { $count ->
        [one] Enviado para { $count } conversa que acompanha o pedido { $number }.
       *[other] Enviado para { $count } conversas que acompanham o pedido { $number }.
    }
tell-too-long = Este texto é longo demais: tem { $length } caracteres e cabem no máximo { $limit }. Um emoji conta como dois ou mais.
button-send = Enviar
button-cancel = Não enviar

link-made =
    Link do pedido { $number }:
    { $url }
link-too-long = O pedido { $number } não pode ter link: o número é longo demais.
link-no-secret = Os links precisam de LINK_SECRET nas configurações.
