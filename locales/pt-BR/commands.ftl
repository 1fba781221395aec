### O que o Telegram mostra do bot: o menu de comandos e a página dele. Texto sem tags.

cmd-orders = Pedidos que você acompanha
cmd-order = Acompanhar ou ver um pedido: /order NÚMERO
cmd-stop = Parar de acompanhar um pedido
cmd-language = Escolher o idioma
cmd-settings = Escolher quantos avisos você recebe
cmd-privacy = O que fica guardado sobre você
cmd-forget = Apagar o que está guardado sobre você
cmd-export = Receber o que está guardado sobre você
cmd-help = O que você pode fazer aqui

cmd-check = Tudo o que se sabe de um pedido
cmd-stuck = Pedidos que não avançam
cmd-stats = Números do último dia
cmd-who = Quem acompanha um pedido
cmd-resend = Avisar de novo a situação de um pedido
cmd-tell = Escrever para quem acompanha um pedido
cmd-link = Criar um link assinado de um pedido

bot-description =
    { $named ->
        [yes] Acompanhe seus pedidos em { $store }.
       *[no] Acompanhe seus pedidos na loja.
    } { $by_link ->
        [yes] Abra o link que a loja enviou, e vamos mostrar a você cada passo até o pedido estar com você.
       *[no] Envie um número de pedido, e vamos mostrar a você cada passo até o pedido estar com você.
    }
bot-short-description =
    { $named ->
        [yes] Acompanhe seus pedidos em { $store }.
       *[no] Acompanhe seus pedidos na loja.
    }
