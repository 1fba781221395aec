### O primeiro minuto: o que lê quem acabou de abrir o bot. Os comentários de cada mensagem estão em inglês, em en/start.ftl.

## Saudação

start =
    { $named ->
        [yes] Olá, este é o bot da loja { $store }. Envie o número do seu pedido e veja aqui cada etapa.
       *[no] Olá. Envie o número do seu pedido e veja aqui cada etapa.
    }
    O número está no e-mail em que a loja confirma seu pedido e é assim: <code>{ $example }</code>.

start-by-link =
    { $named ->
        [yes] Olá, este é o bot da loja { $store }. Aqui você vê cada etapa do seu pedido.
       *[no] Olá. Aqui você vê cada etapa do seu pedido.
    } Para começar, abra o link que a loja enviou para você.

group-hello =
    { $named ->
        [yes] Olá. Neste grupo, todos podem acompanhar um pedido da loja { $store }.
       *[no] Olá. Neste grupo, todos podem acompanhar um pedido.
    } { $way ->
        [link] Responda a esta mensagem com o link que a loja enviou para você.
       *[group] Escreva o número depois do comando: <code>/order { $example }</code>
    }

## Onde está o número

where-number =
    { $way ->
        [link] O link está no e-mail ou na mensagem da loja sobre o seu pedido. Abra, e seu pedido aparece aqui.
            Não encontrou? Peça o link à loja e tenha em mãos o número do pedido.
        [group] Procure o e-mail em que a loja confirmou seu pedido: o número está no assunto ou no começo. Ele também está na sua conta da loja, em “Meus pedidos”.
            Ele costuma terminar com um hífen e dois dígitos, como <code>{ $example }</code>. Aqui, escreva depois de /order.
       *[number] Procure o e-mail em que a loja confirmou seu pedido: o número está no assunto ou no começo. Ele também está na sua conta da loja, em “Meus pedidos”.
            Ele costuma terminar com um hífen e dois dígitos, como <code>{ $example }</code>. Não encontrou? A loja pode informar.
    }

example-sent =
    { $way ->
        [link] Esse é só o nosso exemplo. Para ver seu pedido, abra o link que a loja enviou para você.
        [group] Esse é só o nosso exemplo. Escreva depois de /order o número que está no e-mail da loja.
       *[number] Esse é só o nosso exemplo. Envie aqui o número que está no e-mail da loja.
    }

## Ajuda

help =
    <b>Acompanhar um pedido</b>
    { $way ->
        [link] Abra o link que a loja enviou para você. Depois, escreva do seu jeito: “Onde está?” ou “Não chegou”.
        [group] Escreva o número depois do comando: <code>/order { $example }</code>
       *[number] Envie o número como mensagem. Ele está no e-mail da loja e é assim: <code>{ $example }</code>. Ou escreva do seu jeito: “Onde está?” ou “Não chegou”.
    }

    <b>Comandos</b>
    /orders – seus pedidos e como estão
    /order – { $way ->
        [link] um pedido que você acompanha: escreva o número depois do comando
        [group] um pedido: escreva o número depois do comando
       *[number] um pedido: escreva o número depois do comando e, se quiser, um nome
    }
    /stop – parar de acompanhar um pedido
    /settings – escolher quais avisos receber
    /language – escolher o idioma
    /privacy – o que guardamos sobre você
    /export – receber uma cópia do que guardamos sobre você
    /forget – apagar o que guardamos aqui

    { $named ->
        [yes] Algo mais sobre o seu pedido? Pergunte à loja { $store }.
       *[no] Algo mais sobre o seu pedido? Pergunte à loja.
    }

## Botões: no máximo 20 caracteres

button-where-number = Onde está o número?
button-where-link = Onde está o link?
button-follow = Acompanhar pedido
button-private-chat = Abrir conversa
