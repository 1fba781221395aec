### Answers to what people say in words: one or two sentences that fit, then the way on. Orders are lines below.
###
### $follows  how many orders the answer is about: `none`, `one`, `several`.
### $way      how an order is followed here: `number` (send it), `link` (the store's own alone), `group` (/order NUMBER).
### $named    yes if the store's name is set, which is then $store. $open: yes if its $hours are, always if it never closes.
### $example  an order number that nobody has; it stands in <code> tags, which a tap copies.
### $contact  yes if a button below leads to a person at the store.

## What the bot is

say-greeting =
    { $named ->
        [yes] Hello. Here { $store } shows you each step of your order.
       *[no] Hello. Here the store shows you each step of your order.
    } { $follows ->
        [none] Nothing is followed in this chat yet.
        [one] This is how yours stands:
       *[several] This is how yours stand:
    }

# Is it real? Whose is it? What does it do? How to begin follows on the next line.
say-help =
    { $named ->
        [yes] This bot belongs to { $store } and shows you each step of your order.
       *[no] This bot belongs to the store where you bought, and shows you each step of your order.
    } /help shows all that you can do here.

how-to-begin =
    { $way ->
        [link] To see how your order stands, open the link that the store sent you.
        [group] To see how an order stands, write its number after the command: <code>/order { $example }</code>
       *[number] To see how your order stands, send its number. It is in the store’s email, for example <code>{ $example }</code>.
    }

thanked = You’re welcome.

say-privacy =
    We keep this chat’s id, your orders and what we told you about them; only the store’s staff see it. /privacy has the details, /forget deletes it all.

# $languages: their own names.
language-missing = We don’t write that language yet. We have: { $languages }.

# Below are three buttons: where it is, something is wrong, talk to the store.
say-unsure = We’re not sure what you mean. Is it one of these?

# $kind: what was sent instead of words.
not-text =
    { $kind ->
        [voice] We can’t listen to voice messages.
        [picture] We can’t look at pictures and files.
       *[other] We only read text.
    } { $way ->
        [link] Write what you need in a few words.
        [group] Write the order number after the command: <code>/order { $example }</code>
       *[number] Write what you need in a few words, or send the order number.
    }

## How an order stands

# Below are the orders, with a button each.
say-which = Which order do you mean?

# A number that is not seen yet. $time: since when it is looked for.
say-awaited =
    Order { $order }: we don’t see this number yet. We’ve been looking since { $time }.
    Check it against the store’s email: a digit may be wrong. We’ll tell you when it appears.

# $link: yes if a button below leads to the courier's page.
say-when =
    We aren’t told a day or an hour for the delivery. { $link ->
        [yes] The courier’s page may say more.
       *[no] Here you see each step.
    }

# $courier: `link` (the button leads to the courier's page), `several` (a choice of orders), `none`.
say-courier =
    { $courier ->
        [link] The courier’s page shows where the package is.
        [several] Open the order: the link to the courier’s page is there once it is on its way.
       *[none] The link to the courier’s page is on the order’s card as soon as the courier gives one.
    } { $named ->
        [yes] About anything else, ask at { $store }.
       *[no] About anything else, ask the store.
    }

# $ready: yes if the order is ready for pickup.
say-pickup =
    { $ready ->
        [yes] It is ready at the place chosen at checkout.
       *[no] An order is picked up at the place chosen at checkout, once it is ready.
    } Bring the order number, and the pickup code if the store emailed you one.

list-row-unknown = { $number } – not followed here

## What the store does. The way to it follows on the next line.

way-to-store =
    { $contact ->
        [yes] { $named ->
            [yes] The button takes you to { $store }.
           *[no] The button takes you to the store.
        }
       *[no] { $named ->
            [yes] Ask at { $store }, and have the order number at hand.
           *[no] Ask the shop where you bought it, and have the order number at hand.
        }
    }

# $delivered: `yes` if an order is reported as delivered, `one` or `several` that are not, else `unknown`.
# $state: of one order, how it stands.
say-not-received =
    { $delivered ->
        [yes] We’re sorry. Ask at home and at the front desk; the store can find out where it is.
        [one] Your order isn’t reported as delivered: { $state }. If you heard otherwise, the store can find out.
        [several] None of your orders is reported as delivered yet. If you heard otherwise, the store can find out.
       *[unknown] The store can find out where it is. Ask at home and at the front desk too.
    }
say-wrong = The store takes care of that. Tell them what is wrong, with a photo if you can.

# $left: `yes` if the order has left the store already, `ended` if it was delivered, returned or canceled, else `no`.
say-cancel =
    Only the store can cancel an order. { $left ->
        [ended] It’s too late for that: the order has already ended. The store can tell you what is still possible.
        [yes] It has already left, so it can’t easily be stopped. Ask what is still possible.
       *[no] Ask before it leaves.
    }
say-change =
    Only the store can change an order or where it goes. { $left ->
        [ended] It’s too late for that: the order has already ended. The store can tell you what is still possible.
        [yes] It has already left, so it can’t easily be changed. Ask what is still possible.
       *[no] Ask before it leaves.
    }
say-refund = The store takes care of returns, exchanges and refunds.
say-payment = The store takes care of payments, receipts and coupons; we don’t see them here.
say-complaint = We understand that this is annoying. A person at the store can help.
say-person =
    { $open ->
        [always] A person at the store can help you, at any hour.
        [yes] A person at the store can help you. Hours: { $hours }.
       *[no] A person at the store can help you.
    }
say-store-hours =
    { $open ->
        [always] The store is always open. For the address, ask the store.
        [yes] The store’s hours: { $hours }. For the address, ask the store.
       *[no] We don’t know the store’s hours or address here.
    }

# Somebody answers what the store's staff wrote to them.
say-note-reply = The store doesn’t read answers in this chat.

## Several numbers in one message. $orders: the numbers.

not-there-several =
    We don’t see these numbers yet: { $orders }.
    New orders can take a while to appear. Check the numbers or wait; we’ll tell you when they appear.
awaiting-already-several = We’re already waiting for these, and we’ll tell you when they appear: { $orders }.
api-trouble-several =
    We can’t ask about these orders right now: { $orders }. Nothing is needed from you; we’ll tell you here as soon as we can.
looking-up-several =
    We’re looking up your orders. It takes a little longer than usual; the answers come here by themselves.
not-looked-up = Not looked up: { $orders }.

# $count: how many of them were taken.
numbers-rest =
    { $count ->
        [one] We took the first { $count }. Send these again: { $orders }.
       *[other] We took the first { $count }. Send these again: { $orders }.
    }

# A number was misspelled; what may be meant is on the buttons. $count: how many.
guess-which =
    { $count ->
        [one] Did you mean this number?
       *[other] Did you mean one of these numbers?
    }

stop-not-followed = Not followed here: { $orders }. Nothing comes about that.

## Buttons: at most 20 characters

button-ask-where = Where is it?
button-ask-wrong = Something is wrong
button-ask-store = Talk to the store
button-stop-looking = Stop looking
