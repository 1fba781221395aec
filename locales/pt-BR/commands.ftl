### O que o Telegram mostra do bot: o menu de comandos, o nome e a página dele. Texto sem tags.

cmd-orders = Ver seus pedidos
cmd-order = Acompanhar ou ver um pedido: /order NÚMERO
cmd-stop = Parar de acompanhar um pedido
cmd-language = Escolher o idioma
cmd-settings = Escolher quais avisos receber
cmd-privacy = O que guardamos sobre você
cmd-forget = Apagar o que guardamos aqui
cmd-export = Receber uma cópia dos seus dados
cmd-help = O que você pode fazer aqui

cmd-check = Tudo o que sabemos de um pedido
cmd-stuck = Pedidos e mensagens para revisar
cmd-stats = Os números de hoje e dos últimos 7 dias
cmd-who = Quem acompanha um pedido
cmd-resend = Enviar de novo a situação de um pedido
cmd-tell = Escrever para quem acompanha um pedido
cmd-link = Criar um link assinado de um pedido

bot-name =
    { $named ->
        [yes] { $store }: seus pedidos
       *[no] Seus pedidos
    }

bot-description =
    { $named ->
        [yes] Veja cada etapa do seu pedido da loja { $store }, do registro até a entrega ou a retirada.
       *[no] Veja cada etapa do seu pedido, do registro até a entrega ou a retirada.
    } { $by_link ->
        [yes] Abra o link que a loja enviou para você. É só isso.
       *[no] Toque em INICIAR e envie o número do seu pedido. É só isso.
    }
bot-short-description =
    { $named ->
        [yes] Veja cada etapa do seu pedido da loja { $store }.
       *[no] Veja cada etapa do seu pedido.
    }
