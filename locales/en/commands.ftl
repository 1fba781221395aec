### What Telegram shows of the bot: its command menu and its own page. Plain text, no tags.

cmd-orders = Orders you follow
cmd-order = Follow or see one order: /order NUMBER
cmd-stop = Stop following an order
cmd-language = Choose the language
cmd-settings = Choose how much you hear
cmd-privacy = What is stored about you
cmd-forget = Delete what is stored about you
cmd-export = Get what is stored about you
cmd-help = What you can do here

cmd-check = Everything known about an order
cmd-stuck = Orders that don’t move
cmd-stats = Numbers of the last day
cmd-who = Who follows an order
cmd-resend = Tell an order’s state again
cmd-tell = Write to an order’s followers
cmd-link = Make a signed link to an order

bot-description =
    { $named ->
        [yes] Follow your orders at { $store }.
       *[no] Follow your orders at the store.
    } { $by_link ->
        [yes] Open the link that the store sent you, and we’ll show you each step until the order is with you.
       *[no] Send an order number, and we’ll show you each step until it is with you.
    }
bot-short-description =
    { $named ->
        [yes] Follow your orders at { $store }.
       *[no] Follow your orders at the store.
    }
