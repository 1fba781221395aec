### What only the store's staff reads. Raw statuses may be shown here.
###
### $number, $raw, $reason and $command come ready, with tags.

## Alerts

alert-key-refused =
    ⚠️ Pick and Pack refuses the API key
    Orders are not asked for until it accepts it; webhooks still arrive. Check PICKPACK_API_KEY.
alert-key-accepted =
    ✅ Pick and Pack accepts the API key again
    Orders are asked for as before.
alert-api-down =
    ⚠️ Pick and Pack’s API does not answer
    Orders are not asked for until it does; webhooks still arrive. Nothing is needed now.
alert-api-up =
    ✅ Pick and Pack’s API answers again
    Orders are asked for as before.
alert-unknown-status =
    ⚠️ A status that this bot has no word for: { $raw }
    It came with order { $number }. Followers are told that the order moved to another step.
alert-unreadable-link =
    ⚠️ Not a tracking link that can be shown: { $raw }
    It came from { $courier } with order { $number }. Followers are promised no link; one that can be read is shown as ever.
alert-other-account =
    ⚠️ Webhooks of the account { $raw } are refused
    Only those of this bot’s own account are taken, and of accounts that its orders name. If it is yours, check the key in the settings.
alert-aside =
    ⚠️ A message about order { $number } could not be sent
    Reason: { $reason }. To try again: /resend
alert-backup-failed =
    ⚠️ The backup failed
    Reason: { $reason }
alert-webhook-mismapped =
    ⚠️ A webhook about an order can’t be read
    Its fields: { $raw }. Pick and Pack’s own are orderId, oldStatus, newStatus and hostname, not inside of another field. Check the webhook’s settings; until then orders are asked for.
# $verified: yes if the order is followed by a signed link. $since: since when. $followers: how many chats follow it;
# $good and $missing of them say that they have it, or don't.
alert-not-received =
    ⚠️ Order { $number } is reported delivered, and somebody doesn’t have it
    { $verified ->
        [yes] Followed by signed link since { $since }.
       *[no] Followed by number since { $since }.
    } { $followers ->
        [one] { $followers } follower. Have it: { $good }. Don’t have it: { $missing }.
       *[other] { $followers } followers. Have it: { $good }. Don’t have it: { $missing }.
    }
# An alert that has no text of its own.
alert-other =
    ⚠️ Something needs a look: { $raw }
    The log says more.

## /check

check-heading = <b>Order</b> { $number }
check-status = Status: { $raw }
check-lifted = Told as { $raw }, which a shipping service reports
# $raw: what the courier reports, further on than the order itself.
check-courier-ahead = The courier reports { $raw }, the order itself does not
check-divergence = A webhook said { $raw }, and the API has not confirmed it. Heard: { $time }
check-differs = The API still shows { $raw }, which a webhook said the order has left. Asked: { $time }
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
check-asked = Last answer of the API that counts: { $time }
check-next = Next call: { $time }
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
check-unknown = No order { $number } is known here, and the API does not show it.

## Other commands

# Staff write something that is neither a command nor a number. $command: one that helps.
staff-hint = You are staff here. Send an order number to follow it, or { $command } to see all that is known; /help shows the rest.
# $command: as it must be typed.
staff-usage = Write it like this: { $command }
staff-not-admin = Only an admin of this bot may do this.
staff-unknown-order = No order { $number } is known here.

stuck-heading = <b>Orders that don’t move</b>
stuck-row = { $number }: { $raw }, since { $time }
# $service: what the courier reports, further on than the order itself.
stuck-courier-ahead = { $number }: { $raw }, since { $time }, but the courier reports { $service }
# $statuses: those that it, or one of its packages, comes to again and again; $count: how often.
stuck-in-turns = { $number }: { $statuses } in turns, { $count } times within 24 hours
stuck-none = Every order moves.

stats-heading = <b>Numbers since { $time }</b>
# $name: what is counted.
stats-row = { $name }: { $value }
stats-name-orders = Orders followed
stats-name-chats = Chats
stats-name-sent = Messages sent
stats-name-waiting = Messages waiting
stats-name-aside = Messages set aside
stats-name-perhaps = Messages perhaps told
stats-name-delay = Seconds from event to message, median
stats-name-good = Deliveries confirmed by people
stats-name-missing = Deliveries that people don’t have
stats-name-found = Deliveries that turned up later
stats-name-pauses = Pauses that Telegram asks for, now
stats-name-longest-pause = Seconds left of the longest pause

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
        [one] Order { $number } is told again to { $count } chat.
       *[other] Order { $number } is told again to { $count } chats.
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
# $limit: characters.
tell-too-long = This text is too long: it has { $length } characters, and at most { $limit } fit. An emoji counts as two or more.
button-send = Send it
button-cancel = Don’t send it

# $url: the link itself.
link-made =
    Link to order { $number }:
    { $url }
link-too-long = Order { $number } can’t have a link: its number is too long for one.
link-no-secret = Links need the setting LINK_SECRET.
