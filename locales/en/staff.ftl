### What only the store's staff reads. Raw statuses may be shown here.
###
### $number, $raw, $reason and $command come ready, with tags. $raw is what Pick and Pack or the courier wrote, unchanged.
### $time and $since are points in time, for example "Thu, Nov 5, 2:20 PM".
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
    It came from { $courier } with order { $number }. Followers see no link until the courier gives one that works.
alert-other-account =
    ⚠️ We refuse webhooks of the account { $raw }
    We take only those of this bot’s own account and of accounts that its orders name. If that account is yours, check the key in the settings.
alert-aside =
    ⚠️ A message about order { $number } was not delivered
    Reason: { $reason }. To send it again: /resend
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
# $since: since when nothing has changed. $raw: its status.
alert-stuck =
    ⚠️ Order { $number } isn’t moving
    It has been { $raw } since { $since }, and somebody is waiting for it.
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
button-mute = Mute 1 h
button-done = Done
toast-muted = Nothing of this kind here for an hour
toast-alert-done = Done. The others see that it was you
toast-alert-already = Somebody is done with it already

## /check

check-heading = <b>Order</b> { $number }
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
check-told = Told { $time }: { $raw } ({ $reason })
check-nothing-told = Nothing told yet
check-history =
    { $count ->
        [1] { $time }: { $raw }
       *[other] { $time }: { $raw }, { $count } times
    }
check-unknown = We don’t know order { $number }, and the API doesn’t show it. Check the number.

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
staff-unknown-order = We don’t know order { $number }. Check the number.

stuck-heading = <b>Orders that don’t move</b>
stuck-row = { $number }: { $raw }, since { $time }
# $service: what the courier reports, further on than the order itself.
stuck-courier-ahead = { $number }: { $raw }, since { $time }, but the courier reports { $service }
# $statuses: those that it, or one of its packages, comes to again and again; $count: how often.
stuck-in-turns = { $number }: { $statuses } in turns, { $count } times within 24 hours
stuck-none = Every order is moving.

stats-heading = <b>Numbers since { $time }</b>
# $name: what is counted.
stats-row = { $name }: { $value }
stats-name-orders = Orders followed
stats-name-chats = Chats
stats-name-sent = Messages sent
stats-name-waiting = Messages waiting
stats-name-aside = Messages not delivered
stats-name-perhaps = Messages maybe delivered
stats-name-delay = Seconds from event to message (median)
stats-name-good = Deliveries confirmed by people
stats-name-missing = Deliveries that people don’t have
stats-name-found = Deliveries that turned up later
stats-name-pauses = Pauses Telegram asks for right now
stats-name-longest-pause = Seconds left in the longest pause

who-heading =
    { $count ->
        [one] Order { $number } has { $count } follower
       *[other] Order { $number } has { $count } followers
    }
# $verified: yes if the chat came by a signed link. $chat: the chat's id.
who-row =
    { $verified ->
        [yes] { $chat }: { $raw }, by link
       *[no] { $chat }: { $raw }, by number
    }
who-nobody = Nobody follows order { $number }.

resend-done =
    { $count ->
        [one] We’re telling { $count } chat again how order { $number } stands.
       *[other] We’re telling { $count } chats again how order { $number } stands.
    }
tell-confirm =
    { $count ->
        [one] This goes to { $count } follower of order { $number }. Send it?
       *[other] This goes to { $count } followers of order { $number }. Send it?
    }
tell-cancelled = Nothing was sent.
tell-done =
    { $count ->
        [one] Sent to { $count } follower of order { $number }.
       *[other] Sent to { $count } followers of order { $number }.
    }
# $length and $limit: characters.
tell-too-long = This text is too long: it has { $length } characters, and { $limit } is the most. An emoji counts as two or more.
button-send = Send it
button-cancel = Don’t send it

# $url: the link itself.
link-made =
    Link to order { $number }:
    { $url }
link-too-long = We can’t make a link to order { $number }: its number is too long.
link-no-secret = To make links, set LINK_SECRET in the settings first.
