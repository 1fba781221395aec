### What Telegram shows of the bot: its command menu, its name and its own page. Plain text, no tags.

cmd-orders = See your orders
cmd-order = Follow or see one order: /order NUMBER
cmd-stop = Stop following an order
cmd-language = Choose the language
cmd-settings = How much we message you
cmd-privacy = What we keep about you
cmd-forget = Delete what we keep here
cmd-export = Get a copy of what we keep about you
cmd-help = What you can do here

cmd-check = All we know about an order
cmd-stuck = Orders and messages to look at
cmd-stats = Today and the last 7 days in numbers
cmd-who = Who follows an order
cmd-resend = Send an order’s status again
cmd-tell = Write to an order’s followers
cmd-link = Make a signed link to an order

# The bot's name for people of this language: at most 64 characters, the store's name among them. It is set only if the
# store has a name, never for the store's own language, and never over a name that the owner has given in this one.
bot-name =
    { $named ->
        [yes] { $store }: your orders
       *[no] Your orders
    }

# Above an empty chat, before START is pressed: at most 512 characters. $by_link: yes if a link is needed to follow.
bot-description =
    { $named ->
        [yes] See each step of your order at { $store }, from the moment it comes in until you have it.
       *[no] See each step of your order, from the moment it comes in until you have it.
    } { $by_link ->
        [yes] Open the link that the store sent you. That’s all.
       *[no] Press START and send your order number. That’s all.
    }
# On the bot's profile, and where it is shared: at most 120 characters.
bot-short-description =
    { $named ->
        [yes] See each step of your order at { $store }.
       *[no] See each step of your order.
    }
