### What only the store’s staff reads: their panel, the orders to look at, the numbers of the days.
###
### $number and $reason come ready, with tags. $time is a clock time, with the day before it unless that is today.
### $lasted, $usual, $median and $most are durations, for example "1 hr 20 min"; $state is a step in a few words.

## The panel: /start and /help

panel =
    <b>For staff</b>
    Alerts come to this chat. Press a button, or send a command with an order number behind it:
    /check – all we know about an order
    /who – who follows it
    /resend – send its status again
    /tell – write to its followers
    /link – make a signed link to it
    An order number alone follows it, as it does for shoppers.

button-panel-search = Search order
button-panel-stuck = Stuck orders
button-panel-today = Today
button-panel-write = Write to followers
button-panel-alerts = Alerts
button-panel-settings = Settings
button-panel-home = Back to panel

# These two ask for a reply.
panel-search = Which order? Reply to this message with its number.
panel-write = Reply to this message with the order number and, after it, what its followers should read. You see it once more before it goes out.
# A reply to the first that holds no order number.
panel-search-unclear = There’s no order number in that. Press Search order in /help and try again.

# Below a member’s own settings. $admin: yes if they may write to followers. $hours: when the store is open, by weekday.
panel-settings =
    { $admin ->
        [yes] You’re an admin: you may also write to followers and send a status again.
       *[no] You may look at everything. Writing to followers is for admins (ADMIN_IDS).
    } { $open ->
        [yes] Alerts that can wait come while the store is open: { $hours }.
       *[other] {""}
    }

## What is wrong now

open-heading = <b>Open alerts</b>
open-none = Nothing is wrong right now.
# What this chat has muted; the last of it ends at $time.
open-muted =
    { $count ->
        [one] Muted in this chat: { $count } kind of alert, until { $time }
       *[other] Muted in this chat: { $count } kinds of alerts, until { $time } at the latest
    }
button-unmute-all = Unmute all
# $how: down, failing (every call since $time, of which little is known yet), or limited: it answers, but not as it
# should.
open-database =
    { $how ->
        [down] Nothing can be stored, since { $time }. Webhooks are refused until it works again; look at the disk.
        [failing] Storing has been failing since { $time }. Look at the disk.
       *[limited] Storing fails now and then, since { $time }. Look at the disk.
    }
open-telegram =
    { $how ->
        [down] Telegram doesn’t take our messages, since { $time }. They wait, and nothing is lost.
        [failing] Calls to Telegram have been failing since { $time }. Messages wait, and nothing is lost.
       *[limited] Telegram answers, but not as it should, since { $time }. The log has the details.
    }
open-pickpack =
    { $how ->
        [down] Pick and Pack can’t be asked, since { $time }. Webhooks still arrive.
        [failing] Calls to Pick and Pack have been failing since { $time }. Webhooks still arrive.
       *[limited] Pick and Pack answers, but not always, since { $time }. Webhooks still arrive.
    }

## /stuck

stuck-heading = <b>To look at</b>
stuck-none = Every order is moving, no courier reports a problem, and every message of the last day was delivered.
stuck-section-trouble = <b>The courier reports a problem</b> ({ $count })
stuck-section-slow = <b>Not moving</b> ({ $count })
stuck-section-courier = <b>The courier says otherwise</b> ({ $count })
stuck-section-failed = <b>Messages not delivered</b> ({ $count })
stuck-more = … and { $count } more
# $what: what is wrong, in a few words; $named: yes if the courier is known.
stuck-trouble =
    { $number }: { $what }, for { $lasted }{ $named ->
        [yes] {" "}({ $courier })
       *[no] {""}
    }
# $own: yes if there is enough history to say how long this store’s orders usually take.
stuck-slow =
    { $number }: { $state }, for { $lasted }{ $own ->
        [yes] . Nine in ten take { $usual } at most
       *[no] {""}
    }
stuck-not-found = { $number }: { $state }, and Pick and Pack no longer shows it
stuck-unconfirmed = { $number }: { $state }. A webhook and Pick and Pack say different things
stuck-in-turns =
    { $count ->
        [one] { $number }: goes back and forth, { $count } time within 24 hours
       *[other] { $number }: goes back and forth, { $count } times within 24 hours
    }
# $reported: what the courier says, in a few words.
stuck-courier-ahead = { $number }: { $state }, for { $lasted }, but the courier reports: { $reported }
# In place of a number, of a message that is about none.
stuck-no-number = No order
stuck-failed =
    { $count ->
        [one] { $number }: { $count } message, { $time }. Reason: { $why }
       *[other] { $number }: { $count } messages, the last { $time }. Reason: { $why }
    }
stuck-perhaps =
    { $count ->
        [one] { $number }: { $count } message maybe delivered, { $time }. Telegram didn’t answer
       *[other] { $number }: { $count } messages maybe delivered, the last { $time }. Telegram didn’t answer
    }
stuck-failed-alert =
    { $count ->
        [one] { $count } alert to staff, { $time }. Reason: { $why }
       *[other] { $count } alerts to staff, the last { $time }. Reason: { $why }
    }

## /stats

stats-heading = <b>Today</b> · last 7 days
# $name: what is counted. $today and $week: how many, or a duration.
stats-row = { $name }: <b>{ $today }</b> · { $week }
stats-name-orders = New orders
stats-name-delivered = Delivered
stats-name-late = Late in a step
stats-name-told = Messages to shoppers
stats-name-not-delivered = Not delivered
stats-name-perhaps = Maybe delivered
stats-name-good = Shoppers who have it
stats-name-missing = “Didn’t get it”
stats-name-found = Turned up later
stats-name-lost = News no webhook brought
stats-name-median = Event to message, half within
stats-name-p99 = Event to message, 99 of 100 within
# Where nothing has been counted yet.
stats-none = none yet
# $days: for how long finished orders are kept, if that is less than a week.
stats-kept =
    { $days ->
        [one] Finished orders are kept for { $days } day, so the second number knows no more than that.
       *[other] Finished orders are kept for { $days } days, so the second number knows no more than that.
    }
stats-stages = <b>Time by step, last 7 days</b>
stats-stage =
    { $count ->
        [one] { $state }: { $median } ({ $count } order)
       *[other] { $state }: half within { $median }, nine in ten within { $most } ({ $count } orders)
    }
stats-stages-none = No order has left a step yet.
stats-now = <b>Now</b>
stats-followed =
    { $count ->
        [one] { $count } order followed
       *[other] { $count } orders followed
    }
stats-chats =
    { $count ->
        [one] { $count } chat
       *[other] { $count } chats
    }
stats-waiting =
    { $count ->
        [one] { $count } message waiting
       *[other] { $count } messages waiting
    }
stats-pauses =
    { $count ->
        [one] Telegram asks for { $count } pause, over in { $lasted }
       *[other] Telegram asks for { $count } pauses, the longest over in { $lasted }
    }
