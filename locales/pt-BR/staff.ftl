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
    { $named ->
        [yes] Pedido { $number }, transportadora { $courier }.
       *[no] Pedido { $number }, sem nome da transportadora.
    } Quem acompanha não fica esperando um link; se vier um válido, ele aparece.
alert-other-account =
    ⚠️ O bot recusa os webhooks da conta { $raw }
    Ele só aceita os da própria conta e os das contas que os pedidos dela citam. Se esta é sua, confira a chave nas configurações.
alert-aside =
    ⚠️ Uma mensagem sobre o pedido { $number } não foi entregue
    Motivo: { $cause }. Para tentar de novo: /resend
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
    { $why ->
        [courier] A transportadora informa: { $reported }. O Pick and Pack ainda diz: { $state }.
        [not-found] O Pick and Pack não mostra mais o pedido. Último status, desde { $since }: { $state }.
        [unconfirmed] Um webhook e o Pick and Pack dizem coisas diferentes. Status no Pick and Pack: { $state }.
        [in-turns] Vai e volta: { $times } vezes em 24 horas. Status agora: { $state }.
       *[other] Status desde { $since }: { $state }.
    } Alguém espera por ele.
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
over-since = Terminou às { $time }.
muted-until = Silenciado nesta conversa até { $time }.
button-mute = Silenciar 1 h
button-unmute = Reativar
button-done = Resolvido
toast-muted = Nada disso nesta conversa até { $time }
toast-muted-already = Já está silenciado nesta conversa, até { $time }
toast-unmuted = Esta conversa volta a receber avisos disso
toast-not-muted = Não está mais silenciado nesta conversa
toast-alert-over = Já terminou. Não há nada a fazer
toast-alert-done = Resolvido. Os outros veem que foi você
toast-alert-already =
    { $by ->
        [you] Você já resolveu
        [another] Já resolvido por { $name }
       *[unknown] Alguém já resolveu
    }
toast-staff-old =
    { $named ->
        [yes] Este botão é antigo: /check { $number } mostra como o pedido está agora
       *[no] Este botão é antigo: /help traz o painel como está agora
    }

## /check
## /check: como o pedido está, de relance

check-now = <b>Agora</b>
check-trouble =
    Informado por { $named ->
        [yes] { $courier }
       *[no] quem faz a entrega
    }: { $what }{ $total ->
        [1] {""}
       *[other] {" "}(pacote { $n } de { $total })
    }
check-state =
    { $timed ->
        [since] Status: { $what }, desde { $clock }
        [seen] Status: { $what }, visto { $clock }
       *[no] Status: { $what }
    }
check-found =
    { $webhook ->
        [missed] visto em consulta (o webhook não chegou)
       *[open] visto em consulta
    }
check-unreachable = O Pick and Pack não respondeu agora: isto é o que já sabíamos.
check-unknown-unreachable = Agora não conseguimos consultar o Pick and Pack, e ainda não sabemos nada do pedido { $number }.
check-apart-shown = O Pick and Pack diz “{ $before }”, mas a transportadora já está com ele: quem acompanha lê “{ $what }”.
check-apart-courier = A transportadora informa “{ $what }”, mas o Pick and Pack ainda diz “{ $before }”.
check-apart-behind = O Pick and Pack diz “{ $what }”, mas a transportadora ainda não informou isso.
check-apart-webhook = Um webhook disse “{ $what }” ({ $clock }), e o Pick and Pack ainda não confirmou.
check-apart-end = Um webhook disse “{ $what }”, mas o Pick and Pack ainda dizia “{ $before }” ({ $clock }).
check-gone =
    { $count ->
        [one] O Pick and Pack não encontra mais o pedido: { $count } resposta.
       *[other] O Pick and Pack não encontra mais o pedido: { $count } respostas seguidas.
    }
check-failing =
    { $count ->
        [one] O Pick and Pack não respondeu na última vez que perguntamos por ele.
       *[other] O Pick and Pack não respondeu nas últimas { $count } vezes que perguntamos por ele.
    }
check-webhook-at = Último webhook: { $clock }
check-no-webhook = Nenhum webhook sobre ele até agora
check-answered-at = Última resposta do Pick and Pack: { $clock }

check-courier = <b>Transportadora</b>
check-no-courier = Nenhuma informada até agora
check-link-shown = quem acompanha vê o link
check-link-seen = veem o link: { $count } de { $total } conversas
check-link-kept = tem link, não mostrado agora
check-link-unreadable = o link não pode ser mostrado
check-link-awaited = ainda sem link
check-link-none = sem link
check-tracking-id = Código de rastreamento: { $tracking }
check-more-packages =
    { $count ->
        [one] E mais { $count } pacote
       *[other] E mais { $count } pacotes
    }

check-told-to = <b>Avisos</b>
check-followed =
    { $count ->
        [0] Ninguém acompanha: ninguém é avisado
        [one] { $count } conversa acompanha
       *[other] { $count } conversas acompanham
    }{ $staff ->
        [0] {""}
       *[other] , da equipe: { $staff }
    }
check-cannot-write = Não conseguimos escrever: { $count } ({ $why })
check-waited =
    { $count ->
        [one] { $count } conversa espera este número
       *[other] { $count } conversas esperam este número
    }
check-not-received =
    Dizem que não receberam: { $count }{ $timed ->
        [yes] {""} (desde: { $clock })
       *[no] {""}
    }{ $by ->
        [somebody] ; { $name } está cuidando
        [unknown] ; alguém da equipe está cuidando
        [told] ; alerta à equipe: { $alerted }
        [later] ; alerta à equipe, previsto: { $alerted }
       *[nobody] ; a equipe não foi alertada
    }
check-not-told = Sem aviso: { $what }, { $count } ({ $why })
check-stopped =
    { $count ->
        [one] { $count } conversa parou de acompanhar: { $clock }
       *[other] { $count } conversas pararam de acompanhar, a última: { $clock }
    }
check-received = Dizem que receberam: { $count }
check-card-private =
    { $count ->
        [one] Em { $count } conversa particular se lê:
       *[other] Em { $count } conversas particulares se lê:
    }
check-card-group =
    { $count ->
        [one] Em { $count } grupo se lê:
       *[other] Em { $count } grupos se lê:
    }
check-card-new = Quem começar a acompanhar leria:
check-other-cards =
    { $count ->
        [one] Em mais { $count } conversa se lê outra coisa
       *[other] Em mais { $count } conversas se lê outra coisa
    }
check-no-card =
    { $count ->
        [one] { $count } conversa ainda não tem o cartão
       *[other] { $count } conversas ainda não têm o cartão
    }
check-event = { $clock } { $what }, { $clauses }
check-span = { $first }–{ $last }
check-to =
    { $count ->
        [one] para { $count } conversa
       *[other] para { $count } conversas
    }
check-messages =
    { $count ->
        [one] { $messages } mensagens para { $count } conversa
       *[other] { $messages } mensagens para { $count } conversas
    }
check-silent =
    { $all ->
        [yes] sem som
       *[no] { $count } sem som
    }
check-undelivered =
    { $count ->
        [one] { $count } não entregue: { $why }
       *[other] { $count } não entregues: { $why }
    }
check-maybe =
    { $count ->
        [one] { $count } talvez entregue
       *[other] { $count } talvez entregues
    }
check-pending =
    { $count ->
        [one] { $count } ainda por enviar
       *[other] { $count } ainda por enviar
    }
check-pending-until =
    { $held ->
        [yes] { $count } ainda por enviar: o Telegram pediu para esperar até { $clock }
       *[no] { $count } ainda por enviar, não antes de { $clock }
    }
check-pending-tried =
    { $count ->
        [one] { $count } ainda por enviar: o Telegram ainda não o recebeu
       *[other] { $count } ainda por enviar: o Telegram ainda não os recebeu
    }
check-earlier =
    { $count ->
        [one] { $count } aviso anterior está em “Ver detalhes”
       *[other] { $count } avisos anteriores estão em “Ver detalhes”
    }
check-what-asked = { $what } (a pedido)
check-what-again = { $what } (enviado de novo)
check-what-reminder = lembrete de retirada
check-what-late = demora mais que o normal
check-what-solved = problema resolvido
check-what-package-delivered = um pacote entregue
check-what-package-returned = um pacote voltou para a loja
check-what-note =
    { $named ->
        [yes] mensagem da loja, de { $author }
       *[no] mensagem da loja
    }{ $known ->
        [yes] : “{ $text }”
       *[no] {""}
    }
check-what-never-seen = número não encontrado
check-what-archived = muito tempo sem novidades
check-why-blocked = bot bloqueado
check-why-removed = tiraram o bot do grupo
check-why-deleted = a conta ou o grupo não existe mais
check-why-no-right = o bot não pode escrever lá
check-why-too-long = texto longo demais
check-why-message-gone = a mensagem não existe mais
check-why-topic-gone = o tópico do grupo foi fechado ou não existe mais
check-why-format = o Telegram não entende a formatação
check-why-button = o Telegram recusa um dos botões
check-why-busy = o Telegram pediu para esperar
check-why-no-answer = o Telegram não respondeu
check-why-quoted = o Telegram diz “{ $text }”
check-why-other = o Telegram dá outro motivo
check-awaited = O Pick and Pack ainda não mostra o pedido { $number }.
check-waited-since =
    { $count ->
        [one] { $count } conversa espera por ele desde { $clock }. Vamos avisar quando ele aparecer.
       *[other] { $count } conversas esperam por ele, a primeira desde { $clock }. Vamos avisar quando ele aparecer.
    }
check-next-ask = Próxima consulta: { $clock }
check-their-message = O que foi dito a elas:

write-ask = Responda a esta mensagem com o que quem acompanha o pedido { $number } deve ler.
write-number =
    Para qual pedido é este texto? Responda a esta mensagem com o número dele.
    { $text }
toast-asked-already = Essa pergunta já está acima: responda a ela
toast-below = Já está logo abaixo
toast-asking = Estamos consultando o Pick and Pack. O cartão vai mostrar a resposta
button-details = Ver detalhes
button-later = Mais recentes
button-earlier = Anteriores
button-resend = Reenviar
button-write = Escrever
button-followers = Ver quem acompanha
button-link = Link + QR
toast-admins-only = Só quem administra este bot pode fazer isto
toast-unreachable = O Pick and Pack não respondeu

## /check: os dados sem tradução, atrás do botão de detalhes

check-heading = <b>Pedido</b> { $number }
details-none = sem dado
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
details-history = <b>Histórico</b>
check-nothing-told = Nenhum aviso ainda
check-history =
    { $count ->
        [1] { $time }: { $what }
       *[other] { $time }: { $what }, { $count } vezes
    }
details-kind =
    { $kind ->
        [heard] webhook
        [chain] vários webhooks juntos
        [seen] resposta do Pick and Pack
        [unseen] etapas que nenhum webhook trouxe
        [repeat] webhook repetido
        [held] webhook à espera da resposta
        [doubtful] webhook que não se encaixa
        [stale] resposta anterior ao último webhook
        [differs] resposta que diz outra coisa
        [missed] o Pick and Pack não encontra
        [service] pacote
        [link] link de rastreamento
        [receipt] resposta de um cliente
       *[other] { $raw }
    }
check-unknown = Não conhecemos o pedido { $number }, e o Pick and Pack não o mostra. Confira o número.
under-a-second = menos de um segundo

## Outros comandos

staff-hint = Aqui você é da equipe. Envie um número para acompanhar o pedido, ou { $command } para ver tudo sobre ele. O resto está em /help.
staff-usage = Escreva assim: { $command }
staff-test =
    Isto é um teste
    Os avisos do bot para a equipe chegam nesta conversa. Você não precisa fazer nada.
staff-not-admin = Só quem administra este bot pode fazer isto.

who-heading =
    { $count ->
        [one] O pedido { $number } é acompanhado por { $count } conversa
       *[other] O pedido { $number } é acompanhado por { $count } conversas
    }
who-row =
    { $chat }: { $told ->
        [yes] último aviso: { $what } ({ $clock })
       *[no] ainda sem avisos
    }, { $verified ->
        [yes] por link
       *[no] por número
    }{ $paused ->
        [yes] {" "}– não conseguimos escrever ({ $why })
       *[no] {""}
    }
who-nobody = Ninguém acompanha o pedido { $number }.
who-unreachable =
    { $count ->
        [one] O pedido { $number } é acompanhado por { $count } conversa, mas não conseguimos escrever para ela ({ $why }): nada pode ser enviado.
       *[other] O pedido { $number } é acompanhado por { $count } conversas, mas não conseguimos escrever para nenhuma ({ $why }): nada pode ser enviado.
    }
who-rest =
    { $count ->
        [one] Para mais { $count } conversa não conseguimos escrever ({ $why }).
       *[other] Para mais { $count } conversas não conseguimos escrever ({ $why }).
    }

resend-done =
    { $count ->
        [0] Nada foi enviado: não dá para escrever a ninguém que acompanhe o pedido { $number }.
        [one] Enviamos de novo a situação do pedido { $number } para { $count } conversa.
       *[other] Enviamos de novo a situação do pedido { $number } para { $count } conversas.
    }
resend-just-now = A situação do pedido { $number } já foi enviada de novo às { $time }. Dá para repetir um minuto depois.
toast-resent-already = Já foi enviada de novo às { $time }. Dá para repetir um minuto depois
tell-confirm =
    { $count ->
        [one] A mensagem vai para { $count } conversa que acompanha o pedido { $number }. Enviar?
       *[other] A mensagem vai para { $count } conversas que acompanham o pedido { $number }. Enviar?
    }
tell-cancelled = Certo, não enviamos nada.
tell-done =
    { $count ->
        [0] Nada foi enviado: não dá para escrever a ninguém que acompanhe o pedido { $number }.
        [one] Enviado para { $count } conversa que acompanha o pedido { $number }.
       *[other] Enviado para { $count } conversas que acompanham o pedido { $number }.
    }
toast-sent-already =
    { $by ->
        [you] Já foi enviado por você, às { $time }
       *[another] Já foi enviado por outra pessoa, às { $time }
    }
toast-draft-gone = Este texto não espera mais pelo envio. Se ainda for preciso, escreva de novo
tell-too-long = O texto é longo demais: tem { $length } caracteres, e cabem { $limit }. Um emoji conta como dois ou mais.
button-send = Enviar
button-cancel = Não enviar

link-made =
    Link do pedido { $number }:
    { $url }
link-unseen =
    { $known ->
        [yes] O Pick and Pack ainda não mostra este pedido. Se o número estiver certo, o link vai funcionar quando ele aparecer.
       *[no] Agora não conseguimos consultar o Pick and Pack, e ainda não conhecemos este pedido. Se o número estiver certo, o link funciona.
    }
link-too-long = O número { $number } é longo demais para um link.
link-no-secret = Para criar links, defina LINK_SECRET nas configurações.
