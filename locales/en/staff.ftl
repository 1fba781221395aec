### What only the store's staff reads. Raw statuses may be shown here.
###
### $number, $raw, $reason and $command come ready, with tags. $raw is what Pick and Pack or the courier wrote, unchanged.
### $time and $since are clock times of the store, with the day before it unless that is today: "2:20 PM".
### An alert says what happened on line 1, then what that means and what to do.

## Alerts

alert-key-refused =
    ⚠️ Pick and Pack refuses our API key
    We can’t ask about orders until it accepts it; webhooks still arrive. Check PICKPACK_API_KEY.
alert-key-accepted =
    ✅ Pick and Pack accepts our API key again
    We’re asking about orders as before. There’s nothing to do.
alert-api-down =
    ⚠️ Pick and Pack’s API isn’t answering
    We can’t ask about orders until it does; webhooks still arrive. There’s nothing to do for now.
alert-api-up =
    ✅ Pick and Pack’s API answers again
    We’re asking about orders as before. There’s nothing to do.
alert-unknown-status =
    ⚠️ This bot has no word for a status: { $raw }
    It came with order { $number }. Followers see only that the order is at another step.
alert-unreadable-link =
    ⚠️ A tracking link can’t be shown: { $raw }
    { $named ->
        [yes] It came from { $courier } with order { $number }.
       *[no] It came with order { $number }, without the name of a courier.
    } Followers see no link until the courier gives one that works.
alert-other-account =
    ⚠️ We refuse webhooks of the account { $raw }
    We take only those of this bot’s own account and of accounts that its orders name. If that account is yours, check the key in the settings.
# $cause: why, in a few words.
alert-aside =
    ⚠️ A message about order { $number } was not delivered
    Reason: { $cause }. To send it again: /resend
alert-backup-failed =
    ⚠️ The backup failed
    Reason: { $reason }
alert-webhook-mismapped =
    ⚠️ We can’t read a webhook about an order
    Its fields: { $raw }. Pick and Pack’s own are orderId, oldStatus, newStatus and hostname, not inside another field. Check the webhook’s settings; until then, we ask about orders ourselves.
# $verified: yes if the order is followed by a signed link. $since: since when. $followers: how many chats follow it;
# $good and $missing of them say that they have it, or don't.
alert-not-received =
    ⚠️ Order { $number } is delivered, but somebody doesn’t have it
    { $verified ->
        [yes] Followed by the store’s link since { $since }.
       *[no] Followed by number since { $since }.
    } { $followers ->
        [one] { $followers } follower. Have it: { $good }. Don’t have it: { $missing }.
       *[other] { $followers } followers. Have it: { $good }. Don’t have it: { $missing }.
    }
# An alert that has no text of its own.
alert-other =
    ⚠️ Something needs a look: { $raw }
    The log has the details.

## Alerts that have come or ended

# Pick and Pack’s webhooks. What was missed was found by asking.
alert-webhooks-silent =
    ⚠️ No webhooks are arriving
    We found news ourselves that no webhook told us: { $lost }. Check the webhook in Pick and Pack’s settings; until then, news comes later than it should.
alert-webhooks-refused =
    ⚠️ We refuse Pick and Pack’s webhooks
    { $secret ->
        [yes] Their secret is wrong or missing. Compare it with WEBHOOK_SECRET in the settings.
       *[no] They aren’t as we expect them. The log says why.
    } Until then, news comes later than it should.
alert-webhooks-back =
    ✅ Webhooks are arriving again
    News comes at once, as before. There’s nothing to do.
alert-webhooks-readable =
    ✅ We can read webhooks about orders again
    News comes at once, as before. There’s nothing to do.
# $count: different order numbers.
alert-nothing-found =
    ⚠️ Pick and Pack finds none of our orders
    We asked for { $count } numbers since the start. This may be the key of another account: check PICKPACK_API_KEY.
alert-found-again =
    ✅ Pick and Pack finds our orders
    There’s nothing to do.
# $free: megabytes.
alert-disk-low =
    ⚠️ The disk is nearly full
    { $free } MB are free where the database is. Make room: without it, we can’t store any news.
alert-disk-free =
    ✅ There’s room on the disk again
    { $free } MB are free.
alert-backup-made =
    ✅ Today’s backup was made
    There’s nothing to do.
# It can only be said when it is over. $since: since when.
alert-token-accepted =
    ✅ Telegram accepts our token again
    It refused it since { $since }, so nothing was sent. What waited is going out now.
alert-database-down =
    ⚠️ We can’t store anything
    The database doesn’t work, so no news is taken or sent; Pick and Pack sends it again later. Check the disk of this bot’s machine.
alert-database-up =
    ✅ We can store news again
    What waited is going out now. There’s nothing to do.
# $since: since when nothing has changed. $state: its status in a few words. $why: courier (which
# reports $reported), not-found, unconfirmed, in-turns ($times: how often), or slow.
alert-stuck =
    ⚠️ Order { $number } isn’t moving
    { $why ->
        [courier] The courier reports: { $reported }. Pick and Pack still says: { $state }.
        [not-found] Pick and Pack no longer shows it. Its last status, since { $since }: { $state }.
        [unconfirmed] A webhook and Pick and Pack say different things. Pick and Pack’s status: { $state }.
        [in-turns] It goes back and forth: { $times } times within 24 hours. Its status now: { $state }.
       *[other] Its status since { $since }: { $state }.
    } Somebody is waiting for it.
alert-moves-again =
    ✅ Order { $number } is moving again
    There’s nothing to do.
alert-received =
    ✅ Order { $number } has turned up
    Everybody who missed it has it now.
# Once a day, when the store closes. $orders: with news; $missing: of which somebody says not to have it; $undelivered:
# messages; $lost: news that no webhook told us; $stuck: orders that aren’t moving.
alert-digest =
    ℹ️ <b>The day until { $time }</b>
    Orders with news: { $orders }
    Delivered: { $delivered }
    Somebody didn’t get it: { $missing }
    Not moving: { $stuck }
    Messages not delivered: { $undelivered }
    News lost by webhook: { $lost }
# $name: whose work it was; $known: no if they want to be forgotten.
done-by =
    { $known ->
        [no] Done.
       *[other] Done: { $name }
    }
# Under an alert. $time: "2:58 PM".
over-since = It’s been over since { $time }.
muted-until = Muted in this chat until { $time }.
button-mute = Mute 1 h
button-unmute = Unmute
button-done = Done
toast-muted = Nothing of this kind in this chat until { $time }
toast-muted-already = Muted in this chat already, until { $time }
toast-unmuted = This chat hears of this kind again
toast-not-muted = It’s no longer muted in this chat
toast-alert-over = It’s over already. There’s nothing to do
toast-alert-done = Done. The others see that it was you
# $by: you, another (then $name is theirs), unknown.
toast-alert-already =
    { $by ->
        [you] You’re done with it already
        [another] { $name } is done with it already
       *[unknown] Somebody is done with it already
    }
# A button of staff’s that does nothing any more. $named: yes if the message shows the number of an order.
toast-staff-old =
    { $named ->
        [yes] This button is old: /check { $number } shows the order as it is now
       *[no] This button is old: /help brings the panel as it is now
    }

## /check
## /check: how an order stands, at a glance. What is raw comes with the button below it.

# $what: a status in words, ready. $clock: "2:58 PM", with the day before it unless that is today.
check-now = <b>Now</b>
# What is wrong on the road, said before the status. $what: in a few words, such as “delivery on hold”.
check-trouble =
    Reported by { $named ->
        [yes] { $courier }
       *[no] the courier
    }: { $what }{ $total ->
        [1] {""}
       *[other] {" "}(package { $n } of { $total })
    }
# $timed: since (when it happened), seen (when we saw it), no (not known).
check-state =
    { $timed ->
        [since] Status: { $what }, since { $clock }
        [seen] Status: { $what }, seen at { $clock }
       *[no] Status: { $what }
    }
# Behind what no webhook has told. $webhook: missed, or open while it may still come.
check-found =
    { $webhook ->
        [missed] found by asking (its webhook didn’t come)
       *[open] found by asking
    }
check-unreachable = Pick and Pack didn’t answer just now, so this is what we knew before.
check-unknown-unreachable = Pick and Pack can’t be asked right now, and we know nothing about order { $number } yet.
check-apart-shown = Pick and Pack says “{ $before }”, but the courier already has it: followers read “{ $what }”.
check-apart-courier = The courier reports “{ $what }”, but Pick and Pack still says “{ $before }”.
check-apart-behind = Pick and Pack says “{ $what }”, but the courier hasn’t reported that yet.
check-apart-webhook = A webhook said “{ $what }” ({ $clock }), and Pick and Pack hasn’t confirmed it yet.
check-apart-end = A webhook said “{ $what }”, but Pick and Pack still said “{ $before }” ({ $clock }).
check-gone =
    { $count ->
        [one] Pick and Pack doesn’t find it any more: { $count } answer.
       *[other] Pick and Pack doesn’t find it any more: { $count } answers in a row.
    }
check-failing =
    { $count ->
        [one] Pick and Pack didn’t answer the last time we asked about it.
       *[other] Pick and Pack didn’t answer the last { $count } times we asked about it.
    }
check-webhook-at = Last webhook: { $clock }
check-no-webhook = No webhook about it so far
check-answered-at = Last answer of Pick and Pack: { $clock }

check-courier = <b>Courier</b>
check-no-courier = None named so far
# Beside a package. Followers see a link only while the order is on its way.
check-link-shown = followers see its link
# $count of $total chats: the others can’t be written to, or their card is changed only now.
check-link-seen = { $count } of { $total } chats see its link
check-link-kept = has a link, not shown right now
check-link-unreadable = its link can’t be shown
check-link-awaited = no link yet
check-link-none = no link
check-tracking-id = Tracking number: { $tracking }
check-more-packages =
    { $count ->
        [one] And { $count } more package
       *[other] And { $count } more packages
    }

check-told-to = <b>Told</b>
# $staff: how many of the chats are staff’s.
check-followed =
    { $count ->
        [0] Nobody follows it, so nobody is told
        [one] { $count } chat follows it
       *[other] { $count } chats follow it
    }{ $staff ->
        [0] {""}
       *[other] , { $staff } of them staff’s
    }
# $why: in a few words, from below.
check-cannot-write = Can’t be written to: { $count } ({ $why })
check-waited =
    { $count ->
        [one] { $count } chat waits for this number
       *[other] { $count } chats wait for this number
    }
# $timed: yes if it is known since when ($clock). $by: somebody of staff ($name) or unknown, who is done with the alert; told
# or later ($alerted: when staff were or are alerted); nobody.
check-not-received =
    Say they don’t have it: { $count }{ $timed ->
        [yes] {""}, since { $clock }
       *[no] {""}
    }{ $by ->
        [somebody] ; { $name } is on it
        [unknown] ; somebody of staff is on it
        [told] ; staff were alerted at { $alerted }
        [later] ; staff will be alerted at { $alerted }
       *[nobody] ; staff were not alerted
    }
# $what: what the chats were not told as they can’t be written to, in a few words.
check-not-told = Not told: { $what }, { $count } ({ $why })
# $clock: when the last of them stopped.
check-stopped =
    { $count ->
        [one] { $count } chat stopped following it: { $clock }
       *[other] { $count } chats stopped following it, the last one: { $clock }
    }
check-received = Say they have it: { $count }
# Below it stands what the card says, in the shopper’s own words.
check-card-private =
    { $count ->
        [one] { $count } private chat reads:
       *[other] { $count } private chats read:
    }
check-card-group =
    { $count ->
        [one] { $count } group reads:
       *[other] { $count } groups read:
    }
check-card-new = A new follower would read:
check-other-cards =
    { $count ->
        [one] { $count } more chat reads something else
       *[other] { $count } more chats read something else
    }
check-no-card =
    { $count ->
        [one] { $count } chat has no card of it yet
       *[other] { $count } chats have no card of it yet
    }
# One event: $what was told, and $clauses: to how many chats, and what was not delivered.
check-event = { $clock } { $what }, { $clauses }
# Where the first and the last message of a line went out at different times.
check-span = { $first }–{ $last }
check-to =
    { $count ->
        [one] to { $count } chat
       *[other] to { $count } chats
    }
# Where a chat got it more than once.
check-messages =
    { $count ->
        [one] { $messages } messages to { $count } chat
       *[other] { $messages } messages to { $count } chats
    }
# Sent without a sound: all of these messages, or those to so many chats.
check-silent =
    { $all ->
        [yes] silently
       *[no] { $count } silently
    }
check-undelivered = { $count } not delivered: { $why }
check-maybe = { $count } maybe delivered
check-pending = { $count } still to be sent
# $held: yes if Telegram asked us to wait.
check-pending-until =
    { $held ->
        [yes] { $count } still to be sent: Telegram asked us to wait until { $clock }
       *[no] { $count } still to be sent, at { $clock } at the earliest
    }
# It was tried, and not taken.
check-pending-tried =
    { $count ->
        [one] { $count } still to be sent: Telegram hasn’t taken it so far
       *[other] { $count } still to be sent: Telegram hasn’t taken them so far
    }
check-earlier =
    { $count ->
        [one] { $count } earlier message is under Details
       *[other] { $count } earlier messages are under Details
    }
check-what-asked = { $what } (asked for)
check-what-again = { $what } (sent again)
check-what-reminder = reminder to pick it up
check-what-late = takes longer than usual
check-what-solved = problem solved
check-what-package-delivered = a package delivered
check-what-package-returned = a package back at the store
# $known: no where its text is kept no longer.
# $named: no where nobody knows any more who of staff wrote it; $author: a name, or an id.
check-what-note =
    { $named ->
        [yes] note from the store, by { $author }
       *[no] note from the store
    }{ $known ->
        [yes] : “{ $text }”
       *[no] {""}
    }
check-what-never-seen = number never found
check-what-archived = no news for a long time
check-why-blocked = blocked
check-why-removed = bot removed from the group
check-why-deleted = account or group no longer there
check-why-no-right = bot may not write there
check-why-too-long = text too long
check-why-message-gone = the message is no longer there
check-why-topic-gone = the group’s topic is closed or gone
check-why-format = Telegram can’t read its formatting
check-why-button = Telegram refuses one of its buttons
check-why-busy = Telegram asked us to wait
check-why-no-answer = Telegram didn’t answer
check-why-quoted = Telegram says “{ $text }”
check-why-other = Telegram gives another reason
check-awaited = Pick and Pack doesn’t show order { $number } yet.
check-waited-since =
    { $count ->
        [one] { $count } chat waits for it, since { $clock }. We’ll message it when the order shows up.
       *[other] { $count } chats wait for it, the first since { $clock }. We’ll message them when the order shows up.
    }
check-next-ask = Next time we ask: { $clock }
check-their-message = What they were told:

# Asks an admin for words of their own, which the bot then shows before it sends them.
write-ask = Reply to this message with what followers of order { $number } should read.
# The same where only the words were given: $text, ready.
write-number =
    Which order is this text for? Reply to this message with its number.
    { $text }
toast-asked-already = That question is above already: reply to it
toast-below = It’s below already
toast-asking = We’re asking Pick and Pack. The card will show what it says
button-details = Details
button-later = Later
button-earlier = Earlier
button-resend = Resend
button-write = Write
button-followers = Followers
button-link = Link + QR
toast-admins-only = Only admins of this bot can do that
toast-unreachable = Pick and Pack didn’t answer

## /check: the raw values, behind the button Details

check-heading = <b>Order</b> { $number }
# Where Pick and Pack gives no value.
details-none = not given
check-status = Status: { $raw }
# The courier is further on than the order itself: shoppers are told $raw.
check-lifted = Followers see { $raw }, which the courier reports
# $raw: what the courier reports, further on than the order itself.
check-courier-ahead = The courier reports { $raw }, but the order itself doesn’t
check-divergence = A webhook said { $raw }, and the API hasn’t confirmed it. Received: { $time }
check-differs = The API still shows { $raw }, but a webhook said the order has moved on. Asked: { $time }
check-misses =
    { $count ->
        [one] Not found in { $count } answer in a row
       *[other] Not found in { $count } answers in a row
    }
check-failures =
    { $count ->
        [one] { $count } call failed
       *[other] { $count } calls in a row failed
    }
check-since = Since: { $time }
check-heard = Last webhook: { $time }
check-asked = Last useful answer of the API: { $time }
check-next = Next time we ask: { $time }
# $shown: yes if the link is shown to shoppers. $closed: yes if the API no longer shows the service.
check-service =
    Service { $n }: { $raw }, courier { $courier }, vehicle { $vehicle }{ $closed ->
        [yes] , no longer shown by the API
       *[no] {""}
    }
    Link: { $link }{ $shown ->
        [yes] , shown to followers
       *[no] , not shown to followers
    }
# The courier’s own, of the service above.
check-tracking = Tracking number: { $tracking }, tracking status: { $raw }
check-no-services = No shipping service yet
check-followers = Followers: { $followers }, paused: { $paused }, waiting for this number: { $awaiting }
details-history = <b>History</b>
check-nothing-told = Nothing told yet
check-history =
    { $count ->
        [1] { $time }: { $what }
       *[other] { $time }: { $what }, { $count } times
    }
# What a line of the history tells.
details-kind =
    { $kind ->
        [heard] webhook
        [chain] several webhooks together
        [seen] answer of Pick and Pack
        [unseen] steps that no webhook brought
        [repeat] webhook that came again
        [held] webhook kept until the answer comes
        [doubtful] webhook that doesn’t fit
        [stale] answer older than the last webhook
        [differs] answer that says something else
        [missed] not found by Pick and Pack
        [service] package
        [link] tracking link
        [receipt] answer of a shopper
       *[other] { $raw }
    }
check-unknown = We don’t know order { $number }, and Pick and Pack doesn’t show it. Check the number.
# How long something has lasted that was over at once.
under-a-second = less than a second

## Other commands

# Staff write something that is neither a command nor a number. $command: one that helps.
staff-hint = You’re staff here. Send an order number to follow it, or { $command } to see all we know; /help lists the rest.
# $command: as it must be typed.
staff-usage = Write it like this: { $command }
# What `doctor --send-test` sends to each of the staff.
staff-test =
    This is a test
    What the bot has to tell staff arrives in this chat. There’s nothing to do.
staff-not-admin = Only admins of this bot can do that.

who-heading =
    { $count ->
        [one] Order { $number } has { $count } follower
       *[other] Order { $number } has { $count } followers
    }
# $verified: yes if the chat came by a signed link. $chat: the chat's id.
who-row =
    { $chat }: { $told ->
        [yes] told last: { $what } ({ $clock })
       *[no] nothing told yet
    }, { $verified ->
        [yes] by link
       *[no] by number
    }{ $paused ->
        [yes] {" "}– can’t be written to ({ $why })
       *[no] {""}
    }
who-nobody = Nobody follows order { $number }.
# It has followers, none of whom can be written to. $why: in a few words, from above.
who-unreachable =
    { $count ->
        [one] Order { $number } has { $count } follower, who can’t be written to ({ $why }): nothing can be sent.
       *[other] Order { $number } has { $count } followers, and none can be written to ({ $why }): nothing can be sent.
    }
# Behind how many a message goes to: who else follows the order.
who-rest =
    { $count ->
        [one] { $count } more follower can’t be written to ({ $why }).
       *[other] { $count } more followers can’t be written to ({ $why }).
    }

resend-done =
    { $count ->
        [0] Nothing was sent: nobody who follows order { $number } can be written to.
        [one] We’re telling { $count } chat again how order { $number } stands.
       *[other] We’re telling { $count } chats again how order { $number } stands.
    }
# Somebody has done that within the last minute, at $time.
resend-just-now = Order { $number } was already sent again at { $time }. It can be sent once more a minute after that.
toast-resent-already = Already sent again at { $time }. It can be sent once more a minute after that
tell-confirm =
    { $count ->
        [one] This goes to { $count } follower of order { $number }. Send it?
       *[other] This goes to { $count } followers of order { $number }. Send it?
    }
tell-cancelled = Nothing was sent.
tell-done =
    { $count ->
        [0] Nothing was sent: nobody who follows order { $number } can be written to.
        [one] Sent to { $count } follower of order { $number }.
       *[other] Sent to { $count } followers of order { $number }.
    }
# $by: you, another.
toast-sent-already =
    { $by ->
        [you] Sent already, at { $time }, by you
       *[another] Sent already, at { $time }, by somebody else
    }
toast-draft-gone = This text no longer waits to be sent. If it’s still needed, write it again
# $length and $limit: characters.
tell-too-long = This text is too long: it has { $length } characters, and { $limit } is the most. An emoji counts as two or more.
button-send = Send it
button-cancel = Don’t send it

# $url: the link itself.
link-made =
    Link to order { $number }:
    { $url }
# Behind the link to an order that isn’t known. $known: no if Pick and Pack couldn’t be asked.
link-unseen =
    { $known ->
        [yes] Pick and Pack doesn’t show this order yet. If the number is right, the link works once it does.
       *[no] Pick and Pack can’t be asked right now, so we don’t know this order yet. If the number is right, the link works.
    }
link-too-long = We can’t make a link to order { $number }: its number is too long.
link-no-secret = To make links, set LINK_SECRET in the settings first.
