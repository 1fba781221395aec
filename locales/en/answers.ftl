### Answers to what people say in words: one or two sentences that fit, then the way on. Orders are lines below.
###
### $follows  how many orders the answer is about: `none`, `one`, `several`.
### $way      how an order is followed here: `number` (send it), `link` (the store's own alone), `group` (/order NUMBER).
### $example  an order number that nobody has; it stands in <code> tags, which a tap copies.
### $named    yes if the store's name is set, which is then $store. $open: yes if its $hours are, always if it never closes.
### $contact  yes if a button below leads to a person at the store.

## What the bot is

# Below is a line for each order, or how to begin.
say-greeting =
    { $named ->
        [yes] Hello from the order bot at { $store }.
       *[no] Hello from the store’s order bot.
    } { $follows ->
        [none] Here you can follow your order step by step. You’re not following one yet.
        [one] Here’s how your order is doing:
       *[several] Here’s how your orders are doing:
    }

# Is it real? Whose is it? What does it do? How to begin follows on the next line.
say-help =
    { $named ->
        [yes] This bot is run by { $store }, and it tells you each step of your order.
       *[no] This bot is run by the store you ordered from, and it tells you each step of your order.
    } /help lists everything you can do here.

how-to-begin =
    { $way ->
        [link] To see your order here, open the link that the store sent you.
        [group] To see an order here, put its number after the command: <code>/order { $example }</code>
       *[number] To see your order here, send us its number. It’s in the store’s email and looks like this: <code>{ $example }</code>
    }

# How to follow an order again: below the words that it is followed no more. $way: as for how-to-begin.
how-to-follow-again =
    { $way ->
        [link] To follow an order again, open the link that the store sent you.
        [group] To follow an order again, put its number after the command: <code>/order { $example }</code>
       *[number] To follow an order again, send us its number.
    }
thanked = You’re welcome, glad to help.

say-privacy =
    We keep this chat’s ID, your orders and what we told you about them. Only the store’s staff see that. /privacy has the details. To delete it, send /forget.

# Somebody asked about languages, and it isn’t clear for which.
# $languages: their own names. Below is a button for each.
say-languages = We write in these languages: { $languages }. Which one would you like?
# That language isn’t among them.
language-missing = We don’t write in that language yet. You can choose one of these: { $languages }.

# Below are three buttons: where it is, something is wrong, talk to the store.
say-unsure = We’re not sure what you mean. Is it one of these?

# $kind: what was sent instead of words: `voice` (a voice message, a song), `picture` (a picture, film or file), `other`.
not-text =
    { $kind ->
        [voice] We can’t listen to voice messages here.
        [picture] We can’t open pictures or files here.
       *[other] We can only read text here.
    } { $way ->
        [link] Tell us what you need in a few words.
        [group] Put the order number after the command: <code>/order { $example }</code>
       *[number] Tell us what you need in a few words, or send your order number.
    }

## How an order stands

# Below are the orders, with a button each.
say-which = Which order do you mean?

# A number that is not seen yet. $time: since when it is looked for, for example "Thu, Nov 5, 2:20 PM".
say-awaited =
    We can’t find order { $order } yet; we’ve been looking since { $time }.
    Check it against the store’s email: a character may be wrong. We’ll message you when it shows up.

# $link: yes if a button below leads to the courier's page, else no.
say-when =
    We don’t have a delivery day or time. { $link ->
        [yes] The courier’s page may show one.
       *[no] You can follow each step here.
    }

# $courier: `link` (the button leads to the courier's page), `awaited` (it is on its way, and has no link), `several` (a choice
# of orders), `none`. $known: yes if the courier's name is known, which is then $carrier; `named` if its packages
# have couriers of several names, which are then $carrier; `several` if not all of those are known; else no.
say-courier =
    { $courier ->
        [link] { $known ->
            [yes] It’s with { $carrier }. Their page shows where the package is.
            [named] The couriers are { $carrier }. A courier’s page shows where its package is.
            [several] The courier’s page shows where the package is.
           *[no] We don’t know which courier it is, but their page shows where the package is.
        }
        [awaited] { $known ->
            [yes] It’s on its way with { $carrier }. We’ll add the tracking link once we get one.
            [named] It’s on its way with { $carrier }. We’ll add each tracking link once we get one.
            [several] It’s on its way. We’ll add the tracking link once we get one.
           *[no] It’s on its way, but we don’t know with which courier. We’ll add the tracking link once we get one.
        }
        [several] Choose your order: if its courier gave a tracking link, you’ll find it there.
       *[none] We don’t know yet. If the courier gives a tracking link, you’ll see it here once your order is on its way.
    } { $named ->
        [yes] For anything else, contact { $store }.
       *[no] For anything else, contact the store.
    }

# $ready: `yes` if the order is ready for pickup, `part` if the couriers report only a part of it there,
# `unreported` if a courier has it and reports none of it there, `way` if it is on its way, else `no`. $placed: yes if every order of the store is picked up at $place.
say-pickup =
    { $ready ->
        [yes] { $placed ->
            [yes] It’s ready at { $place }.
           *[no] It’s ready at the place you chose at checkout.
        }
        [part] So far, the courier reports only part of it at the pickup place. Ask the store before you go. { $placed ->
            [yes] Place: { $place }.
           *[no] Place: the one you chose at checkout.
        }
        [unreported] The courier hasn’t reported it at the pickup place yet. Ask the store before you go. { $placed ->
            [yes] Place: { $place }.
           *[no] Place: the one you chose at checkout.
        }
        [way] A courier has it, and it’s on its way. If you chose pickup, we’ll message you when it’s ready.
       *[no] Once your order is ready, pick it up at the place you chose at checkout.
    } Bring the order number, and the pickup code if the store emailed you one.

# A line of a list, of a number that somebody wrote.
list-row-unknown = { $number } – not followed here

## What the store does. The way to it follows on the next line.

way-to-store =
    { $contact ->
        [yes] { $named ->
            [yes] To contact { $store }, use the button below.
           *[no] To contact the store, use the button below.
        }
       *[no] { $named ->
            [yes] Contact { $store }, and have your order number ready.
           *[no] Contact the store you ordered from, and have your order number ready.
        }
    }

# $delivered: `yes` if an order is reported as delivered, `one` or `several` that are not, `ended` for one that never will
# be (it was canceled or went back), else `unknown`.
# $state: of one order, how it stands: one of the short phrases of card.ftl, "being packed" or "delivery on hold".
say-not-received =
    { $delivered ->
        [yes] The store or the courier says it was delivered. Ask at home and at the front desk first; the store can check where it is.
        [one] As far as we know, your order hasn’t been delivered. Right now: { $state }. If you heard otherwise, the store can check.
        [ended] As far as we know, your order wasn’t delivered. Right now: { $state }. If you heard otherwise, the store can check.
        [several] As far as we know, none of your orders has been delivered. If you heard otherwise, the store can check.
       *[unknown] Ask at home and at the front desk first. If it’s not there, the store can check where it is.
    }
say-wrong = The store can sort that out with you. Tell them what’s wrong or missing, with a photo if you can.

# $left: `yes` if it is on its way or ready for pickup, `ended` if it was delivered, returned or canceled, else `no`.
say-cancel =
    Only the store can cancel an order. { $left ->
        [ended] It’s too late for that now, but the store can tell you what’s still possible.
        [yes] This far along, that’s difficult, so ask them what’s still possible.
       *[no] Ask them before it leaves.
    }
say-change =
    Only the store can change an order or its address. { $left ->
        [ended] It’s too late for that now, but the store can tell you what’s still possible.
        [yes] This far along, that’s difficult, so ask them what’s still possible.
       *[no] Ask them before it leaves.
    }
say-refund = The store takes care of returns, exchanges and refunds, and can tell you what to do.
say-payment = The store takes care of payments, receipts and coupons. We don’t see them here.
say-complaint = We understand that you’re upset. Someone at the store can help you.
say-person =
    { $open ->
        [always] Someone at the store can help you, day or night.
        [yes] Someone at the store can help you. Store hours: { $hours }.
       *[no] Someone at the store can help you.
    }
say-store-hours =
    { $open ->
        [always] The store is open around the clock. For the address, just ask them.
        [yes] Store hours: { $hours }. For the address, just ask them.
       *[no] We don’t have the store’s hours or address here, but the store can tell you.
    }
# In $hours, of a day on which the store never closes: “Mon–Fri 9:00 AM–8:00 PM; Sat 24 hours”.
open-all-day = 24 hours

# Somebody answers what the store's staff wrote to them.
say-note-reply = The store can’t see what you write in this chat.

## Several numbers in one message. $orders: the numbers, with commas between them.

not-there-several =
    We can’t find these numbers yet: { $orders }.
    New orders can take a while to show up. Check the numbers, or just wait: we’ll message you when we see them.
awaiting-already-several =
    We’re still watching for these numbers: { $orders }. In the meantime, check them; we’ll message you when they show up.
api-trouble-several =
    We can’t look up these orders right now: { $orders }. No need to send them again: we’ll keep trying and answer here.
looking-up-several =
    We’re looking up your orders. It’s taking longer than usual. No need to send them again: we’ll answer here.
# Stands below a limit that was reached; may be one number or several.
not-looked-up =
    { $count ->
        [one] Then send us this one again: { $orders }.
       *[other] Then send us these again: { $orders }.
    }

# $count: how many of them were taken. $orders: the rest, one or several.
numbers-rest =
    { $count ->
        [one] We can look up { $count } number per message. Send the rest in new messages: { $orders }.
       *[other] We can look up { $count } numbers per message. Send the rest in new messages: { $orders }.
    }

# A number was misspelled; what may be meant is on the buttons. $count: how many.
guess-which =
    { $count ->
        [one] Did you mean this number?
       *[other] Did you mean one of these numbers?
    }

# Somebody wants to stop what isn't followed. $orders: one number or several.
stop-not-followed = You’re not getting messages here about { $orders }, so there’s nothing to stop.

## Buttons: at most 20 characters

button-ask-where = Where is it?
button-ask-wrong = Something’s wrong
button-ask-store = Talk to the store
button-stop-looking = Stop looking
