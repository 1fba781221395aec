### The first minute: what somebody reads who has just opened the bot, or wants to know what to send and where it is.
###
### $way      how an order is followed here: `number` (send it), `link` (the store's own alone), `group` (/order NUMBER).
### $named    yes if the store's name is set, which is then $store; else no.
### $example  an order number that nobody has; it stands in <code> tags, which a tap copies.

## Hello

start =
    { $named ->
        [yes] Hello from the order bot at { $store }. Send us your order number, and you’ll see each step here.
       *[no] Hello from the store’s order bot. Send us your order number, and you’ll see each step of your order here.
    }
    It’s in the store’s email that confirms your order, and looks like <code>{ $example }</code>.

# If orders can be followed only by the store's own link.
start-by-link =
    { $named ->
        [yes] Hello from the order bot at { $store }. Here you see each step of your order.
       *[no] Hello from the store’s order bot. Here you see each step of your order.
    } To begin, open the link that the store sent you.

# The bot was added to a group, or somebody says /start there.
group-hello =
    { $named ->
        [yes] Hello. Add an order from { $store }, and everyone in this group can follow it.
       *[no] Hello. Add an order, and everyone in this group can follow it.
    } { $way ->
        [link] Reply to this message with the link that the store sent you.
       *[group] Write its number after the command: <code>/order { $example }</code>
    }

## Where the number stands

where-number =
    { $way ->
        [link] The link is in the store’s email or message about your order. Open it, and your order shows up here.
            Can’t find it? Ask the store for it, and have your order number ready.
        [group] Look in the store’s email that confirms your order: the number is in the subject or at the top. It’s also in your account at the store, under “My orders”.
            It usually ends with a hyphen and two digits, like <code>{ $example }</code>. Here, write it after /order.
       *[number] Look in the store’s email that confirms your order: the number is in the subject or at the top. It’s also in your account at the store, under “My orders”.
            It usually ends with a hyphen and two digits, like <code>{ $example }</code>. Not there? The store can tell you.
    }

# Somebody has sent our example itself.
example-sent =
    { $way ->
        [link] That’s only our example. To see your order, open the link that the store sent you.
        [group] That’s only our example. Yours is in the store’s email: write it after /order.
       *[number] That’s only our example. Yours is in the store’s email: send us that one.
    }

## Help

help =
    <b>Follow an order</b>
    { $way ->
        [link] Open the link that the store sent you. Then just ask, like “Where is it?” or “It didn’t arrive”.
        [group] Write its number after the command: <code>/order { $example }</code>
       *[number] Send its number as a message. It’s in the store’s email and looks like <code>{ $example }</code>. Or just ask, like “Where is it?” or “It didn’t arrive”.
    }

    <b>Commands</b>
    /orders – your orders and how they stand
    /order – { $way ->
        [link] an order that you follow: add its number
        [group] one order: add its number
       *[number] one order: add its number, and a name if you like
    }
    /stop – stop following an order
    /settings – how much we message you
    /language – choose the language
    /privacy – what we keep about you
    /export – get a copy of what we keep about you
    /forget – delete what we keep here

    { $named ->
        [yes] Anything else about your order? Ask { $store }.
       *[no] Anything else about your order? Ask the store.
    }

## Buttons: at most 20 characters

button-where-number = Where is my number?
button-where-link = Where is my link?
# To follow an order again that was just stopped.
button-follow = Follow order
# Leads from a group to the chat with the bot alone.
button-private-chat = Open private chat
