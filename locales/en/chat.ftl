### Answers to people. No emoji here, unless the answer is an order's state.
###
### $order    what the order is called: its number, or its label in quotes. Comes ready, with tags.
### $way      how an order is followed here: `number` (send it), `link` (the store's own alone), `group` (/order NUMBER).
### $named    yes if the store's name is set, which is then $store; else no.
### $example  an order number that nobody has; it stands in <code> tags, which a tap copies.

## Beginning

# $days: how long a finished order is kept.
privacy =
    <b>What is stored</b>
    This chat’s id, language and settings, the orders you follow, the names you gave them, and what you were told.
    <b>For how long</b>
    { $days ->
        [one] A finished order is deleted after { $days } day.
       *[other] A finished order is deleted after { $days } days.
    }
    { $copies ->
        [yes] The daily backups hold it for seven days more.
       *[no] If the store keeps copies of its own, they hold it as long as the store keeps them.
    }
    <b>Who sees it</b>
    { $named ->
        [yes] Only the staff at { $store } who run this bot.
       *[no] Only the store’s staff who run this bot.
    } Messages travel through Telegram.
    With /export you get a copy, with /forget all of it is deleted.
    So that nobody guesses order numbers, we also count how many you looked up: for one day, without your name or the numbers. /forget leaves this count.

order-usage = Write the number after the command: <code>/order { $example }</code>
group-hint = In groups, write the number after the command: <code>/order { $example }</code>

## What was not understood

unknown-command = We don’t know this command. /help shows what you can do here.
not-a-number =
    We see no order number in this message. Send it as it is in the store’s e-mail, for example <code>{ $example }</code>.

## Orders that can't be shown

not-there =
    ℹ️ Order { $order }: we don’t see this number yet
    A new order can take a while to appear. Check the number or wait; we’ll tell you when it appears.

awaiting-already =
    We’re already waiting for order { $order }, and we’ll tell you when it appears.

# $count: how many numbers may wait at once.
awaiting-limit =
    { $count ->
        [one] We’re already waiting for { $count } number. Stop it with /stop, then try this one again.
       *[other] We’re already waiting for { $count } numbers. Stop one with /stop, then try this one again.
    }

# $count: how many orders may be followed at once.
follow-limit =
    { $count ->
        [one] You already follow { $count } order. Stop it with /stop, then try this one again.
       *[other] You already follow { $count } orders. Stop one with /stop, then try this one again.
    }

# Too many wrong numbers. $minutes: how long to wait.
wait =
    { $minutes ->
        [one] Several numbers were not found. Wait { $minutes } minute, then try again.
       *[other] Several numbers were not found. Wait { $minutes } minutes, then try again.
    }

# Too many new orders in a day. $count: how many are allowed; $hours: how long to wait.
day-limit =
    { $count ->
        [one] You can follow { $count } new order a day by its number.
       *[other] You can follow { $count } new orders a day by their numbers.
    } { $hours ->
        [one] Try again in { $hours } hour, or open the link that the store sent you.
       *[other] Try again in { $hours } hours, or open the link that the store sent you.
    }

# In a group, where Telegram hides who writes: an anonymous administrator, or a channel.
person-hidden =
    We can’t see who is writing here. Write as yourself, or send the number in our private chat.

# It is not this number's turn yet, or the answer takes long.
looking-up = We’re looking up order { $order }. It takes a little longer than usual; the answer comes here by itself.

# $count: how many numbers of one person are looked up at once.
look-up-limit =
    { $count ->
        [one] We’re still looking up { $count } number for you. Send the next one when it is answered.
       *[other] We’re still looking up { $count } numbers for you. Send the next one when they are answered.
    }

api-trouble =
    We can’t ask about order { $order } right now. Nothing is needed from you; we’ll tell you here as soon as we can.

# If orders can be followed only by the store's own link.
link-required =
    { $named ->
        [yes] To follow an order at { $store }, open the link that the store sent you.
       *[no] To follow an order, open the link that the store sent you.
    } A number alone is not enough here.
link-bad = This link is not valid. Open the newest one that the store sent you, or ask the store for it.

## Following

list-heading = <b>Orders you follow</b>
list-row = { $number } – { $state }
list-row-labelled = “{ $label }” { $number } – { $state }
list-row-awaited = { $number } – not seen yet
list-empty =
    You aren’t following any orders. { $way ->
        [link] To follow one, open the link that the store sent you.
        [group] To follow one, write its number after /order.
       *[number] To follow one, send its number.
    }

stopped =
    You no longer follow order { $order }. { $way ->
        [link] To follow it again, open the link that the store sent you.
        [group] To follow it again, write its number after /order.
       *[number] To follow it again, send its number.
    }
stopped-awaiting = We’re no longer waiting for order { $order }.
# $count: how many orders were followed or awaited.
stopped-all =
    { $count ->
        [one] You no longer follow { $count } order.
       *[other] You no longer follow { $count } orders.
    }
stop-which = Which order do you want to stop following?
stop-nothing = You aren’t following any orders, so there is nothing to stop.

## Language

language-choose = Which language do you want to read?
language-changed = From now on, we write in English.

## Settings

# $level: the name of the level in force.
settings = How much do you want to hear about your orders? Now: { $level }.
settings-levels =
    <b>Main steps</b>: a message at each stage; the rest shows in the order’s latest message.
    <b>Every step</b>: a message at each step; routine ones arrive without sound.
    <b>Key news only</b>: a message when it leaves, is ready for pickup, ends or has a problem; the rest shows in the latest one.
# $quiet: yes if nothing rings there at night.
settings-nights =
    { $quiet ->
        [yes] <b>Quiet nights</b> are on: from 10 PM to 8 AM, the store’s time, everything arrives without sound.
       *[no] <b>Quiet nights</b> are off. Turn them on to get everything without sound from 10 PM to 8 AM, the store’s time.
    }

level-name-main = Main steps
level-name-every = Every step
level-name-key = Key news only
button-quiet-nights = Silence nights
button-loud-nights = Ring at night too

## Naming an order

# Somebody was asked what an order is to be called, and answered with nothing that can be a name.
name-unclear = That can’t be a name. Reply to our question again, with a few words like “Mom’s gift”.

## Personal data

export-ready = This file holds all that is stored about this chat.
export-empty = Nothing is stored about this chat.
forget-confirm =
    This deletes all that is stored about this chat: orders, names, settings. You’ll hear nothing more about your orders. Delete it all?
forget-done = All that was stored about this chat is deleted.
forget-cancelled = Nothing was deleted.

## When something went wrong on our side

apology = Sorry, something went wrong on our side. Try again in a minute.
flood = That was a lot at once, so we read only the first messages. Send what is missing again, a few at a time.
not-yours-to-stop = Only the person who followed this order here can stop it.
group-admins-only = Only an administrator of this group can do this.

## Short answers to a press, without tags: at most 200 characters

toast-refreshed = Up to date
toast-too-soon = Just checked. Try again in a minute
toast-stopped = You no longer follow this order
toast-old = This button is out of date. Send /orders
toast-not-yours = This button belongs to someone else’s message
toast-apology = Sorry, something went wrong on our side. Try again in a minute
toast-flood = That was a lot at once. Try again in a moment
toast-saved = Saved
toast-trouble = We can’t ask right now. We’ll tell you as soon as we can
# Somebody has said whether they have what was delivered.
toast-noted = Noted, thank you
# A new card is just being sent.
toast-moment = One moment, please

## Buttons: at most 20 characters

button-forget = Delete everything
button-keep = Keep everything
button-stop-all = Stop following all
