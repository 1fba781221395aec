### Answers to people. No emoji here, unless the answer is an order's state.
###
### $order    what the order is called: its number, or its label in quotes. Comes ready, with tags.
### $way      how an order is followed here: `number` (send it), `link` (the store's own alone), `group` (/order NUMBER).
### $example  an order number that nobody has; it stands in <code> tags, which a tap copies.
### $named    yes if the store's name is set, which is then $store; else no.

# $days: how long a finished order is kept.
# $copies: yes if the bot makes daily backups, which are kept for seven days; no if it makes none.
privacy =
    <b>What we keep</b>
    This chat’s ID, language and settings, the orders you follow, the names you gave them, and what we told you.
    <b>For how long</b>
    { $days ->
        [one] We delete a finished order after { $days } day.
       *[other] We delete a finished order after { $days } days.
    }
    { $copies ->
        [yes] The daily backups keep it for seven more days.
       *[no] The store may make its own backups; your order stays there until those are deleted.
    }
    <b>Who sees it</b>
    { $named ->
        [yes] Only the staff at { $store } who run this bot.
       *[no] Only the store’s staff who run this bot.
    } Messages travel through Telegram.
    /export sends you a copy of what we keep, and /forget deletes what we keep.
    So that nobody can guess order numbers, we also count how many you look up. We keep that count for one day, without your name or the numbers; /forget doesn’t delete that count.

# /order without a number, in a private chat.
order-usage = Put your order number after the command: <code>/order { $example }</code>
# In a group, where plain messages are not read: to a greeting, or to something that was not understood.
group-hint = To follow an order in this group, put its number after the command: <code>/order { $example }</code>

## What was not understood

unknown-command = We don’t have that command. /help lists everything you can do here.
# Somebody sent something that looks like a number, and isn't one of an order.
not-a-number =
    We couldn’t find an order number in that. Copy it from the store’s email; it looks like this: <code>{ $example }</code>

## Orders that can't be shown

# The number is wrong, or of another shopper, or so new that it isn't there yet: the same words for all three.
not-there =
    ℹ️ <b>Number not found yet</b> · Order { $order }
    A new order can take a while to show up. Check the number, or just wait: we’ll message you when we see it.

# The same number again, before it was seen.
awaiting-already =
    We’re still looking for order { $order }, and we’ll message you when it shows up. In the meantime, check the number: a character may be wrong.

# $count: how many numbers may wait at once.
awaiting-limit =
    { $count ->
        [one] We can look for only { $count } number at a time. Stop it with /stop, then try this one again.
       *[other] We can look for only { $count } numbers at a time. Stop one with /stop, then try this one again.
    }

# $count: how many orders may be followed at once.
follow-limit =
    { $count ->
        [one] You can follow only { $count } order at a time. Stop it with /stop, then try this one again.
       *[other] You can follow only { $count } orders at a time. Stop one with /stop, then try this one again.
    }

# Too many wrong numbers. $minutes: how long to wait.
wait =
    { $minutes ->
        [one] We couldn’t find your last few numbers. Check them against the store’s email, and try again in { $minutes } minute.
       *[other] We couldn’t find your last few numbers. Check them against the store’s email, and try again in { $minutes } minutes.
    }

# Too many new orders in a day. $count: how many are allowed; $wait: hours to wait.
day-limit =
    { $count ->
        [one] You can add { $count } order a day by number, and you’ve reached that limit.
       *[other] You can add { $count } orders a day by number, and you’ve reached that limit.
    } { $wait ->
        [one] Try again in { $wait } hour, or open the link that the store sent you.
       *[other] Try again in { $wait } hours, or open the link that the store sent you.
    }

# In a group, where Telegram hides who writes: an anonymous administrator, or a channel.
person-hidden =
    Telegram doesn’t show us who’s writing here. Post as yourself, not anonymously, or send us the number in a private chat.

# It is not this number's turn yet, or the answer takes long.
looking-up = We’re looking up order { $order }. It’s taking longer than usual. No need to send it again: we’ll answer here.

# $count: how many numbers of one person are looked up at once.
look-up-limit =
    { $count ->
        [one] We’re still looking up { $count } number for you. Send this one again once you have our answer.
       *[other] We’re still looking up { $count } numbers for you. Send this one again once you have our answers.
    }

# Pick and Pack doesn't answer; the bot goes on asking by itself.
api-trouble =
    We can’t look up order { $order } right now. No need to send it again: we’ll keep trying and answer here.

# If orders can be followed only by the store's own link.
link-required =
    { $named ->
        [yes] To follow an order at { $store }, open the link that the store sent you.
       *[no] To follow an order, open the link that the store sent you.
    } The number alone isn’t enough here.
link-bad =
    That link doesn’t work. { $way ->
        [number] Open the newest one that the store sent you, or send us your order number.
       *[other] Open the newest one that the store sent you, or ask the store for a new one.
    }

## Following

list-heading = <b>Orders you follow</b>
# Lines of a list. $state: how the order stands, one of the short phrases of card.ftl ("being prepared").
list-row = { $number } – { $state }
list-row-labelled = “{ $label }” { $number } – { $state }
list-row-awaited = { $number } – not found yet
list-empty =
    You’re not following any orders right now. { $way ->
        [link] To see one here, open the link that the store sent you.
        [group] To see one here, write its number after /order.
       *[number] Send us an order number, and we’ll show you how it’s going.
    }

# $labelled: yes if the order is called by its label, which hides the $number.
stopped =
    Done, no more messages about order { $order }. { $way ->
        [link] Changed your mind? Open the link that the store sent you.
        [group] Changed your mind? Write its number after /order.
       *[number] { $labelled ->
            [yes] Changed your mind? Send { $number } again.
           *[no] Changed your mind? Send its number again.
        }
    }
# The number was never seen.
stopped-awaiting = Done, we’ve stopped looking for order { $order }. /orders shows what you still follow.
# Also numbers that were awaited. Below is how to follow one again.
stopped-all = Done, no more messages about any of your orders.
# Buttons with the orders are below.
stop-which = Which order do you want to stop following?
stop-nothing = There’s nothing to stop: you’re not following any orders right now.

## Language

language-choose = Which language would you like?
language-changed = Done, we’ll write in English from now on.

## Settings

# $level: the name of the level in force, one of level-name-….
settings = How much do you want to hear about your orders? Right now: { $level }.
settings-levels =
    <b>Main steps</b>: a message at each main step, like packed or on its way. Smaller steps show in the latest message.
    <b>Every step</b>: a message at every step, with sound only for key news.
    <b>Key news only</b>: a message when it leaves, is ready for pickup, is delivered or has a problem. The rest shows in the latest message.
# $quiet: yes if nothing rings there at night, else no.
settings-nights =
    { $quiet ->
        [yes] <b>Quiet nights</b> are on: no sound from 10 PM to 8 AM in the store’s time zone.
       *[no] <b>Quiet nights</b> are off. Turn them on for no sound from 10 PM to 8 AM in the store’s time zone.
    }

level-name-main = Main steps
level-name-every = Every step
level-name-key = Key news only
button-quiet-nights = Keep nights quiet
button-loud-nights = Sound at night too

## Naming an order

# Somebody was asked what an order is to be called, and answered with nothing that can be a name.
name-unclear = We can’t use that as a name. Reply to our question again with a few words, like “Mom’s gift”.

## Personal data

# Stands below the file.
export-ready = Here’s a copy of what we keep about this chat.
export-empty = We’re not keeping any orders or settings for this chat right now. /help shows how to begin.
forget-confirm =
    This deletes what we keep here: your orders, their names and your settings. It cancels nothing at the store, but you’ll hear no more news. Delete it?
# Below is how to follow an order again.
forget-done = Done. What we kept about your orders is deleted, and your settings too. /privacy says what stays for a short while.
forget-cancelled = OK, nothing was deleted.

## When something went wrong on our side

apology = Sorry, something went wrong on our side. Please try again in a minute.
flood = That was a lot at once, so we read only the first few. Send the rest again, a few at a time.
# In a group.
not-yours-to-stop = Only the person who added this order, or a group admin, can stop following it.
group-admins-only = Only admins of this group can do that. You can ask one of them.

## Short answers to a press, without tags: at most 200 characters

toast-refreshed = Checked just now
toast-too-soon = We just checked. Try again in a minute
# Somebody stopped following, or presses a button of an order that isn't followed any more.
toast-stopped = You no longer follow this order
# The button stands on an old message, or what it was for is over.
toast-old = This button no longer works. Send /orders to see your orders
# In a group: only who follows the order, or an administrator, may press it.
toast-not-yours = This button is for someone else in this group
toast-apology = Sorry, something went wrong on our side. Try again in a minute
toast-flood = That was a lot at once. Try again in a moment
# A setting was changed, or all orders were stopped.
toast-saved = Done
toast-trouble = We can’t check right now. We’ll show you what’s new when we can
# Somebody has said whether they have what was delivered.
toast-noted = Thanks for telling us
# A new card is just being sent.
toast-moment = One moment, please

## Buttons: at most 20 characters

button-forget = Delete everything
button-keep = Keep everything
button-stop-all = Stop following all
