### O que só a equipe da loja lê: o painel, os pedidos a revisar, os números dos dias.

## O painel: /start e /help

panel =
    <b>Para a equipe</b>
    Os alertas chegam a esta conversa. Toque em um botão ou envie um comando com um número de pedido:
    /check – tudo o que sabemos de um pedido
    /who – quem o acompanha
    /resend – enviar de novo a situação dele
    /tell – escrever para quem o acompanha
    /link – criar um link assinado
    Com o número sozinho, você acompanha o pedido, como os clientes.

button-panel-search = Buscar pedido
button-panel-stuck = Pedidos parados
button-panel-today = Hoje
button-panel-write = Escrever a clientes
button-panel-alerts = Alertas
button-panel-settings = Configurações
button-panel-home = Voltar ao painel

panel-search = Qual pedido? Responda a esta mensagem com o número dele.
panel-write = Responda a esta mensagem com o número do pedido e, depois, o que deve ser lido por quem o acompanha. Você vê o texto mais uma vez antes do envio.
panel-search-unclear = Não há número de pedido nisso. Toque em Buscar pedido em /help e tente de novo.
panel-settings =
    { $admin ->
        [yes] Você é administrador: também pode escrever para quem acompanha um pedido e enviar de novo a situação dele.
       *[no] Você pode ver tudo. Escrever para quem acompanha um pedido cabe aos administradores (ADMIN_IDS).
    } { $open ->
        [yes] Os alertas que podem esperar chegam com a loja aberta: { $hours }.
       *[other] {""}
    }

## O que falha agora

open-heading = <b>Alertas abertos</b>
open-none = Nada falha agora.
open-muted =
    { $count ->
        [one] Silenciado nesta conversa: { $count } tipo de aviso, até { $time }
       *[other] Silenciados nesta conversa: { $count } tipos de avisos, até { $time } no máximo
    }
button-unmute-all = Reativar todos
open-database =
    { $how ->
        [down] Nada pode ser guardado desde { $time }. Os webhooks são recusados até tudo funcionar de novo; verifique o disco.
        [failing] O armazenamento está falhando desde { $time }. Verifique o disco.
       *[limited] Às vezes não é possível guardar, desde { $time }. Verifique o disco.
    }
open-telegram =
    { $how ->
        [down] O Telegram não aceita nossas mensagens desde { $time }. Elas esperam, e nada se perde.
        [failing] As chamadas ao Telegram estão falhando desde { $time }. As mensagens esperam, e nada se perde.
       *[limited] O Telegram responde, mas não como deve, desde { $time }. Os detalhes estão no log.
    }
open-pickpack =
    { $how ->
        [down] O Pick and Pack não pode ser consultado desde { $time }. Os webhooks continuam chegando.
        [failing] As consultas ao Pick and Pack estão falhando desde { $time }. Os webhooks continuam chegando.
       *[limited] O Pick and Pack responde, mas nem sempre, desde { $time }. Os webhooks continuam chegando.
    }

## /stuck

stuck-heading = <b>Para revisar</b>
stuck-none = Todos os pedidos avançam, nenhuma transportadora informa problemas, e todas as mensagens do último dia foram entregues.
stuck-section-trouble = <b>A transportadora informa um problema</b> ({ $count })
stuck-section-slow = <b>Não avançam</b> ({ $count })
stuck-section-courier = <b>A transportadora diz outra coisa</b> ({ $count })
stuck-section-failed = <b>Mensagens não entregues</b> ({ $count })
stuck-more = … e mais { $count }
stuck-trouble =
    { $number }: { $what }, há { $lasted }{ $named ->
        [yes] {" "}({ $courier })
       *[no] {""}
    }
stuck-slow =
    { $number }: { $state }, há { $lasted }{ $own ->
        [yes] . Nove em cada dez levam no máximo { $usual }
       *[no] {""}
    }
stuck-not-found = { $number }: { $state }, e o Pick and Pack não o mostra mais
stuck-unconfirmed = { $number }: { $state }. Um webhook e o Pick and Pack dizem coisas diferentes
stuck-in-turns =
    { $count ->
        [one] { $number }: vai e volta, { $count } vez em 24 horas
       *[other] { $number }: vai e volta, { $count } vezes em 24 horas
    }
stuck-courier-ahead = { $number }: { $state }, há { $lasted }, mas a transportadora informa: { $reported }
stuck-no-number = Sem pedido
stuck-failed =
    { $count ->
        [one] { $number }: { $count } mensagem, { $time }. Motivo: { $why }
       *[other] { $number }: { $count } mensagens, a última { $time }. Motivo: { $why }
    }
stuck-perhaps =
    { $count ->
        [one] { $number }: { $count } mensagem talvez entregue, { $time }. O Telegram não respondeu
       *[other] { $number }: { $count } mensagens talvez entregues, a última { $time }. O Telegram não respondeu
    }
stuck-failed-alert =
    { $count ->
        [one] { $count } alerta à equipe, { $time }. Motivo: { $why }
       *[other] { $count } alertas à equipe, o último { $time }. Motivo: { $why }
    }

## /stats

stats-heading = <b>Hoje</b> · últimos 7 dias
stats-row = { $name }: <b>{ $today }</b> · { $week }
stats-name-orders = Pedidos novos
stats-name-delivered = Entregues
stats-name-late = Com atraso em uma etapa
stats-name-told = Mensagens a clientes
stats-name-not-delivered = Não entregues
stats-name-perhaps = Talvez entregues
stats-name-good = Clientes que já o têm
stats-name-missing = “Não recebi”
stats-name-found = Apareceram depois
stats-name-lost = Novidades sem webhook
stats-name-median = Do evento à mensagem, metade em até
stats-name-p99 = Do evento à mensagem, 99 de 100 em até
stats-none = ainda nada
stats-kept =
    { $days ->
        [one] Pedidos terminados ficam guardados por { $days } dia: o segundo número não alcança mais que isso.
       *[other] Pedidos terminados ficam guardados por { $days } dias: o segundo número não alcança mais que isso.
    }
stats-stages = <b>Tempo por etapa, últimos 7 dias</b>
stats-stage =
    { $count ->
        [one] { $state }: { $median } ({ $count } pedido)
       *[other] { $state }: metade em até { $median }, nove em cada dez em até { $most } ({ $count } pedidos)
    }
stats-stages-none = Nenhum pedido saiu de uma etapa ainda.
stats-now = <b>Agora</b>
stats-followed =
    { $count ->
        [one] { $count } pedido acompanhado
       *[other] { $count } pedidos acompanhados
    }
stats-chats =
    { $count ->
        [one] { $count } conversa
       *[other] { $count } conversas
    }
stats-waiting =
    { $count ->
        [one] { $count } mensagem na fila
       *[other] { $count } mensagens na fila
    }
stats-pauses =
    { $count ->
        [one] O Telegram pede { $count } pausa, que termina em { $lasted }
       *[other] O Telegram pede { $count } pausas; a mais longa termina em { $lasted }
    }
