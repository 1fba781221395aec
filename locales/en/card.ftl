### The card of an order: one message that always shows how the order stands. Line 1 is the headline, then sentences.
###
### $order    what the order is called: its number, or its label in quotes. Comes ready, with tags.
### $named    yes if the store's name is set, which is then $store; else no.
### $known    yes if the courier's name is known, which is then $courier; else no.
### $total    how many packages the order has, 1 if none is known; $n is the place of the one that this is about, from 1.
### In groups several people read the same card: “you” must suit them all.
### Line 1 must make sense alone; its words in bold have at most 30 characters.

language-name = English

# A name that the shopper gave to the order.
order-label = “{ $label }”

## Line 1

headline-received = 📝 <b>Received by the store</b> · Order { $order }
headline-being-prepared = 🛒 <b>Being prepared</b> · Order { $order }
headline-packed = 📦 <b>Packed</b> · Order { $order }
# Awaiting the courier, or pickup: it is not known which.
headline-arranging = ⏳ <b>Arranging delivery or pickup</b> · Order { $order }
headline-awaiting-courier = ⏳ <b>Waiting for the courier</b> · Order { $order }
headline-on-its-way = 🚚 <b>On its way</b> · Order { $order }
headline-ready-for-pickup = 🛍️ <b>Ready for pickup</b> · Order { $order }
# The couriers report only some of its packages at the pickup place.
headline-partly-there = 🛍️ <b>Part is at the pickup place</b> · Order { $order }
headline-unreported = 🛍️ <b>Ready, but ask before you go</b> · Order { $order }
# It has been ready for a while.
headline-reminder = 🛍️ <b>Still ready for pickup</b> · Order { $order }
# The card came because one package of several is at its end, and others are under way.
headline-package-delivered = 🚚 <b>Package { $n } delivered</b> · Order { $order }
headline-package-returned = ↩️ <b>Package { $n } went back</b> · Order { $order }
headline-delivered = ✅ <b>Delivered</b> · Order { $order }
# Delivered, after it was ready for pickup.
headline-collected = ✅ <b>Picked up</b> · Order { $order }
# Somebody says that it didn't arrive.
headline-missing = ⚠️ <b>Delivered, but not received</b> · Order { $order }
# The same of an order that was picked up.
headline-uncollected = ⚠️ <b>Picked up, but not by you</b> · Order { $order }
headline-returned = ↩️ <b>Back at the store</b> · Order { $order }
# Of several packages, some are delivered and the others went back.
headline-partly = ↩️ <b>Partly delivered</b> · Order { $order }
headline-canceled = ❌ <b>Canceled</b> · Order { $order }
headline-handed-off = 💬 <b>Handled by the store directly</b> · Order { $order }
headline-unknown = ℹ️ <b>Moved to another step</b> · Order { $order }
headline-incident = ⚠️ <b>Problem with the delivery</b> · Order { $order }
headline-hold = ⏸️ <b>Delivery on hold</b> · Order { $order }

## The same words in sentences and lists

short-received = received by the store
short-being-prepared = being prepared
short-packed = packed
short-arranging = arranging delivery or pickup
short-awaiting-courier = waiting for the courier
short-on-its-way = on its way
short-ready-for-pickup = ready for pickup
short-partly-there = part is at the pickup place
short-unreported = ready, but ask before you go
short-delivered = delivered
short-collected = picked up
short-returned = back at the store
short-partly = partly delivered
short-canceled = canceled
short-handed-off = handled by the store directly
short-unknown = moved to another step
short-incident = problem with the delivery
short-hold = delivery on hold
short-reminder = still ready for pickup
short-package-delivered = package { $n } delivered
short-package-returned = package { $n } went back
short-missing = delivered, but not received
short-uncollected = picked up, but not by you

## What the status means. Those of one stage differ in fact.

state-pending =
    { $named ->
        [yes] Your order is in, and { $store } hasn’t started on it yet.
       *[no] Your order is in, and the store hasn’t started on it yet.
    } There’s nothing you need to do.
state-ready-for-handling =
    { $named ->
        [yes] Your order is in line at { $store }; no one has started gathering it yet.
       *[no] Your order is in line at the store; no one has started gathering it yet.
    }
state-ready-for-picking =
    { $named ->
        [yes] Your order has been given to someone at { $store } to gather.
       *[no] Your order has been given to someone at the store to gather.
    } Your items are still on the shelf.
state-picking =
    { $named ->
        [yes] { $store } is gathering your items right now; some may still change.
       *[no] The store is gathering your items right now; some may still change.
    }
state-ready-for-packing =
    { $named ->
        [yes] { $store } is done gathering the items.
       *[no] The store is done gathering the items.
    } Your order is waiting to be packed.
state-packing =
    { $named ->
        [yes] { $store } is packing your order right now.
       *[no] The store is packing your order right now.
    }
state-ready-for-invoicing =
    { $named ->
        [yes] It’s packed and still at { $store }; the receipt isn’t out yet.
       *[no] It’s packed and still at the store; the receipt isn’t out yet.
    }
state-invoicing =
    { $named ->
        [yes] { $store } is issuing the receipt for your packed order.
       *[no] The store is issuing the receipt for your packed order.
    } You don’t need to pay or do anything here.
state-invoiced =
    { $named ->
        [yes] { $store } has issued the receipt.
       *[no] The store has issued the receipt.
    } Arranging a courier or your pickup comes next.
state-preparing-shipping =
    { $named ->
        [yes] It’s still at { $store }, where they’re arranging a courier or your pickup.
       *[no] It’s still at the store, where they’re arranging a courier or your pickup.
    }
state-ready-for-shipping =
    { $named ->
        [yes] It’s ready to leave { $store }.
       *[no] It’s ready to leave the store.
    } The courier hasn’t come for it yet.
state-waiting-for-delivery-company =
    { $named ->
        [yes] The delivery is booked, and your order is still at { $store }.
       *[no] The delivery is booked, and your order is still at the store.
    } It leaves when the courier comes.
state-on-route =
    { $total ->
        [1]
            { $known ->
                [yes] { $named ->
                    [yes] It left { $store } with { $courier }.
                   *[no] It left the store with { $courier }.
                }
               *[no] { $named ->
                    [yes] The courier collected it from { $store }.
                   *[no] The courier collected it from the store.
                }
            }
       *[other] It’s coming in { $total } packages.
    }
# $labelled: yes if line 1 shows a label instead of the number, which is needed at the counter.
state-waiting-for-pickup =
    { $labelled ->
        [yes] Bring your order number { $number }, and the pickup code if the store emailed you one.
       *[no] Bring your order number, and the pickup code if the store emailed you one.
    }
# $known: yes if the courier itself reports it, else no.
# $timed: at (when it happened), seen (when we saw it), no (not known). $clock: the time, for example "2:13 PM"; with the
# day before it unless that is today: "Nov 5, 2:13 PM".
state-delivered =
    { $known ->
        [yes] { $timed ->
            [at] Reported by { $courier } ({ $clock }). Enjoy!
            [seen] Reported by { $courier } (noticed { $clock }). Enjoy!
           *[no] Reported by { $courier }. Enjoy!
        }
       *[no] { $timed ->
            [at] { $named ->
                [yes] Reported by { $store } ({ $clock }). Enjoy!
               *[no] Reported by the store ({ $clock }). Enjoy!
            }
            [seen] { $named ->
                [yes] Reported by { $store } (noticed { $clock }). Enjoy!
               *[no] Reported by the store (noticed { $clock }). Enjoy!
            }
           *[no] { $named ->
                [yes] Reported by { $store }. Enjoy!
               *[no] Reported by the store. Enjoy!
            }
        }
    }
# Of an order that was picked up; the values are those of state-delivered.
state-collected =
    { $timed ->
        [at] { $named ->
            [yes] Reported by { $store } ({ $clock }). Enjoy!
           *[no] Reported by the store ({ $clock }). Enjoy!
        }
        [seen] { $named ->
            [yes] Reported by { $store } (noticed { $clock }). Enjoy!
           *[no] Reported by the store (noticed { $clock }). Enjoy!
        }
       *[no] { $named ->
            [yes] Reported by { $store }. Enjoy!
           *[no] Reported by the store. Enjoy!
        }
    }
state-returned =
    The delivery wasn’t completed. { $named ->
        [yes] Contact { $store } about how to get your order.
       *[no] Contact the store about how to get your order.
    }
# Returned, after it was ready for pickup.
not-collected =
    The pickup wasn’t completed. { $named ->
        [yes] Contact { $store } about how to get your order.
       *[no] Contact the store about how to get your order.
    }
state-canceled =
    Nothing will be sent. { $named ->
        [yes] To ask why, or about your payment, contact { $store }.
       *[no] To ask why, or about your payment, contact the store.
    }
state-idle =
    { $named ->
        [yes] { $store } takes it from here, so this chat gets no more news.
       *[no] The store takes it from here, so this chat gets no more news.
    } For questions, contact them.
state-unknown =
    Your order moved to a step that we don’t have a name for. That alone doesn’t mean anything is wrong; we’ll tell you what comes next.

## Ready for pickup: where

pickup-at-checkout = Pick it up at the place you chose at checkout.
# $place: name and address. $open: yes if the store's $hours are known, always if it never closes, else no.
pickup-at =
    { $open ->
        [always] Pick it up at { $place }, at any hour.
        [yes] Pick it up at { $place }. Hours: { $hours }.
       *[no] Pick it up at { $place }.
    }

# The couriers report only some of its packages at the pickup place: $there of $total. pickup-doubted-at follows.
pickup-partly =
    The courier reports { $there } of { $total } packages at the pickup place so far. { $named ->
        [yes] Before you go, ask { $store } whether all of it is there.
       *[no] Before you go, ask the store whether all of it is there.
    }
pickup-doubted-at =
    { $placed ->
        [yes] Place: { $place }.
       *[no] Place: the one you chose at checkout.
    }
# A courier has the order, and reports none of it at the pickup place. pickup-doubted-at follows.
pickup-unreported =
    The courier hasn’t reported it there yet. { $named ->
        [yes] Before you go, ask { $store } whether it’s there.
       *[no] Before you go, ask the store whether it’s there.
    }
# All packages are there.
pickup-complete =
    { $total ->
        [1] Your package has reached the pickup place.
       *[other] The last package has reached the pickup place too.
    }

## Before the status's own sentence

# $before: what was told before, as a short phrase (short-…).
back = We told you “{ $before }”; the store or courier now reports an earlier step.
# From one end to another, such as from canceled to delivered.
corrected = We told you “{ $before }”, but that’s no longer the case.
# Back from an end that was told.
mistaken = We told you “{ $before }”, but the store or courier has corrected that.
# Returned, after it was told as delivered.
went-back =
    It was reported delivered, and then it went back. { $named ->
        [yes] If you didn’t expect that, contact { $store }.
       *[no] If you didn’t expect that, contact the store.
    }
# Only the store's notices say so: its system could not be asked.
by-store =
    { $named ->
        [yes] Reported by { $store }.
       *[no] Reported by the store.
    }
late =
    It’s taking longer than usual; that alone doesn’t mean anything is wrong. { $named ->
        [yes] For questions, contact { $store }.
       *[no] For questions, contact the store.
    }
link-came =
    { $total ->
        [1] Your tracking link is here; nothing else has changed.
       *[other] A tracking link is here; nothing else has changed.
    }
news-incident-solved =
    { $total ->
        [1] Good news from the courier: the problem is solved.
       *[other] Good news from the courier: the problem with package { $n } of { $total } is solved.
    }
news-hold-solved =
    { $total ->
        [1] Good news from the courier: the delivery is moving again.
       *[other] Good news from the courier: package { $n } of { $total } is moving again.
    }
# Not of an order that is ready for pickup.
news-delivered = Package { $n } of { $total } has been delivered; the rest is still to come.
news-returned =
    Package { $n } of { $total } went back to the store. { $named ->
        [yes] Contact { $store } about how to get it.
       *[no] Contact the store about how to get it.
    }
news-not-delivered =
    { $total ->
        [1] A correction from the courier: it hasn’t been delivered after all.
       *[other] A correction from the courier: package { $n } of { $total } hasn’t been delivered after all.
    }
news-not-returned =
    { $total ->
        [1] A correction from the courier: it’s on its way after all.
       *[other] A correction from the courier: package { $n } of { $total } is on its way after all.
    }

## Instead of the status's own sentence

# The couriers report the end of each package, and the order itself goes on. $couriers: several if the
# couriers' names differ, else one.
all-delivered =
    { $total ->
        [1] The courier says it’s delivered; the store hasn’t confirmed that yet.
        [2] { $couriers ->
            [several] The couriers say both packages are delivered; the store hasn’t confirmed that yet.
           *[one] The courier says both packages are delivered; the store hasn’t confirmed that yet.
        }
       *[other] { $couriers ->
            [several] The couriers say all { $total } packages are delivered; the store hasn’t confirmed that yet.
           *[one] The courier says all { $total } packages are delivered; the store hasn’t confirmed that yet.
        }
    } { $named ->
        [yes] If something’s missing, contact { $store }.
       *[no] If something’s missing, contact the store.
    }
all-returned =
    { $total ->
        [1] The courier says it went back to the store.
        [2] { $couriers ->
            [several] The couriers say both packages went back to the store.
           *[one] The courier says both packages went back to the store.
        }
       *[other] { $couriers ->
            [several] The couriers say all { $total } packages went back to the store.
           *[one] The courier says all { $total } packages went back to the store.
        }
    } { $named ->
        [yes] Contact { $store } about how to get your order.
       *[no] Contact the store about how to get your order.
    }
all-partly =
    Some of it is delivered, and the rest went back to the store. { $named ->
        [yes] To get the rest, contact { $store }.
       *[no] To get the rest, contact the store.
    }
trouble-incident =
    { $total ->
        [1]
            { $known ->
                [yes] We have no details from { $courier }, and delivery may take longer.
               *[no] The courier gave no details, and delivery may take longer.
            }
       *[other] Package { $n } of { $total } has a problem and may take longer; the courier gave no details.
    } { $named ->
        [yes] For more, contact { $store }. We’ll message you when it’s solved.
       *[no] For more, contact the store. We’ll message you when it’s solved.
    }
trouble-hold =
    { $total ->
        [1] The courier has paused the delivery for now.
       *[other] The courier has put package { $n } of { $total } on hold.
    } There’s nothing for you to do; we’ll message you when it’s moving again. { $named ->
        [yes] For questions, contact { $store }.
       *[no] For questions, contact the store.
    }

## After it

# The only package, before the order leaves: the courier has chosen who brings it. Nobody has collected it yet.
assigned =
    { $known ->
        [yes] Courier confirmed: { $courier }.
       *[no] The courier is confirmed.
    }
# The only package, and its courier is known: before the order leaves, or after news such as a solved problem.
courier = The courier is { $courier }.
# A promise, so only while a link can come. $links: which are missing: only (that of the only package), one (of several
# packages that of package $n), missing (there are some, and several are missing), others (of all packages that are not at
# their end), all.
link-later =
    { $links ->
        [one] We’ll add the tracking link for package { $n } here once the courier gives us one.
        [missing] We’ll add the other tracking links here once we get them.
        [others] We’ll add tracking links for the other packages here once we get them.
        [all] { $couriers ->
            [several] We’ll add tracking links here once the couriers give us any.
           *[one] We’ll add tracking links here once the courier gives us any.
        }
       *[only] We’ll add the tracking link here once the courier gives us one.
    }
# A person has pressed “Didn’t get it?”; missing-advice follows. $told: told (the store's staff), later (they
# are told when it opens), nobody (they can't be reached here, or this person has told of too many orders today).
receipt-missing =
    { $told ->
        [told] You told us that you don’t have it, and we’ve told the store.
        [later] You told us that you don’t have it. The store will see this when it opens.
       *[nobody] You told us that you don’t have it, but this doesn’t reach the store.
    }
missing-advice =
    { $named ->
        [yes] Ask at home or at the front desk first; if it doesn’t turn up, contact { $store }.
       *[no] Ask at home or at the front desk first; if it doesn’t turn up, contact the store.
    }
# Of an order that was picked up.
uncollected-advice =
    { $named ->
        [yes] Ask at home whether somebody picked it up; if nobody did, contact { $store }.
       *[no] Ask at home whether somebody picked it up; if nobody did, contact the store.
    }
# A person has pressed “All good”, and “I have it now” after “Didn’t get it?”.
receipt-good = Glad you have it.
receipt-found = Glad it turned up.

## Packages, if there are several. $is: how this one stands.

package =
    { $is ->
        [on-its-way]
            { $known ->
                [yes] <b>Package { $n }</b>: on its way with { $courier }
               *[no] <b>Package { $n }</b>: on its way
            }
        [waiting]
            { $known ->
                [yes] <b>Package { $n }</b>: waiting for { $courier }
               *[no] <b>Package { $n }</b>: waiting for the courier
            }
        [delivered]
            { $known ->
                [yes] <b>Package { $n }</b>: delivered by { $courier }
               *[no] <b>Package { $n }</b>: delivered
            }
        [returned] <b>Package { $n }</b>: back at the store
        [incident] <b>Package { $n }</b>: problem with the delivery
        [hold] <b>Package { $n }</b>: delivery on hold
       *[other] <b>Package { $n }</b>: no news right now
    }

## How far it is

step-received = Step 1 of 5. Next: being prepared.
step-being-prepared = Step 2 of 5. Next: packed.
step-packed = Step 3 of 5. Next: on its way, or ready for pickup.
step-awaiting-courier = Step 3 of 5. Next: on its way.
step-on-its-way = Step 4 of 5. Next: delivered.
step-ready-for-pickup = Step 4 of 5. Next: picked up.
# In trouble: what comes next is not sure. $step: 1 to 4.
step-trouble = Step { $step } of 5.

## The timeline: at most 30 characters beside the time

# $seen: yes if nobody told when it happened, so that it happened before $clock. $what: one of the lines below.
# $clock: "9:44 AM", with the day before it unless that is today.
past =
    { $seen ->
        [yes] noticed { $clock }  { $what }
       *[no] { $clock }  { $what }
    }
past-pending = Order received
past-ready-for-handling = In line at the store
past-ready-for-picking = Assigned at the store
past-picking = Items being gathered
past-ready-for-packing = Done gathering items
past-packing = Being packed
past-ready-for-invoicing = Packed
past-invoicing = Receipt being issued
past-invoiced = Receipt issued
past-preparing-shipping = Arranging delivery or pickup
past-ready-for-shipping = Ready for the courier
past-waiting-for-delivery-company = Delivery booked
past-on-route = Left the store
past-waiting-for-pickup = Ready for pickup
past-delivered = Delivered
past-collected = Picked up
past-returned = Back at the store
past-canceled = Canceled
past-idle = Handled by the store directly
past-unknown = Another step
past-package-courier =
    { $total ->
        [1]
            { $known ->
                [yes] Courier: { $courier }
               *[no] Courier confirmed
            }
       *[other]
            { $known ->
                [yes] Package { $n }: { $courier }
               *[no] Package { $n }: courier confirmed
            }
    }
past-package-left = Package { $n } left the store
past-package-delivered =
    { $total ->
        [1] Delivered, says the courier
       *[other] Package { $n } delivered
    }
# A courier brought it to where the shopper picks it up.
past-package-there =
    { $total ->
        [1] At the pickup place
       *[other] Package { $n } at pickup place
    }
past-package-returned =
    { $total ->
        [1] Back, says the courier
       *[other] Package { $n } back at the store
    }
past-package-again =
    { $total ->
        [1] On its way again
       *[other] Package { $n }: on its way again
    }
past-package-incident =
    { $total ->
        [1] Problem with the delivery
       *[other] Package { $n }: problem
    }
past-package-hold =
    { $total ->
        [1] Delivery on hold
       *[other] Package { $n }: on hold
    }
past-package-solved =
    { $total ->
        [1] Problem solved
       *[other] Package { $n }: problem solved
    }
past-package-goes-on =
    { $total ->
        [1] Delivery moving again
       *[other] Package { $n }: moving again
    }

## Below

# $items is a list of names with commas between them, made ready; $more counts those that are not named.
items =
    { $more ->
        [0] Items: { $items }
        [one] Items: { $items } and { $more } other product
       *[other] Items: { $items } and { $more } other products
    }
# $quantity: as this language writes it, more than one or a part (“0.5”).
item = { $quantity } × { $name }

# On the first card of an order, by how much the chat wants to hear.
following-main = We’ll message you at each main step, with sound when it leaves or is ready for pickup.
following-every = We’ll message you at each step, with sound when it leaves or is ready for pickup.
following-key = We’ll message you about key news, such as when it leaves or is ready for pickup. Every other step shows here.
# The first card of an order that has left already, or is ready.
following-left = We’ll tell you here when something changes.
# Once, to chats that heard of every step before.
levels-changed = You now get a message at each main step. Want every step? Send /settings

# $updated comes ready, for example "2 minutes ago".
updated = Updated { $updated }
# $clock: when a person had us ask.
updated-checked = Updated { $updated }, checked { $clock }
checked = Checked { $clock }
# What is known may be old. $clock: the last check that worked.
last-checked = Last checked { $clock }, so there may be news
updated-last-checked = Updated { $updated }; last checked { $clock }, so there may be news
last-checked-unknown = We couldn’t check with the store yet; there may be news

## A card that is no longer the newest: one line

# $steps: the first and the last step with their times, made ready. $why: newer, stopped, archived.
fold =
    { $emoji } Order { $order }: { $steps }. { $why ->
        [newer] Newer message below.
        [stopped] You no longer follow it.
       *[archived] No longer followed here.
    }
# $state: a short phrase (short-…).
fold-step = { $state } { $clock }

## Messages of their own

# $text is what the store's staff wrote, word for word.
note =
    💬 <b>Message from the store</b> · Order { $order }
    <blockquote>{ $text }</blockquote>

name-ask = What would you like to call order { $order }? Reply with a few words, like “Mom’s gift”.

# An awaited number did not appear in 48 hours.
never-seen =
    ℹ️ <b>Number not found</b> · Order { $order }
    We looked for two days and have stopped now. Check the number and try again, or { $named ->
        [yes] contact { $store }.
       *[no] contact the store.
    }

# $days: for how long nothing was heard. Line 1 may show a label instead of the $number.
archived =
    { $days ->
        [one] ℹ️ <b>No news for { $days } day</b> · Order { $order }
       *[other] ℹ️ <b>No news for { $days } days</b> · Order { $order }
    }
    That’s why we’ve stopped following it for you. To follow it again, send /order { $number }, or open the store’s link.

## Buttons: at most 20 characters

button-track = Track package
# $known: yes if the courier's name is known. Cut after 20 characters.
button-track-package = Track package { $n }
button-map = Open map
button-more = More
button-back = Back
button-refresh = Refresh
button-copy = Copy number
button-name = Name it
button-share = Share
button-contact = Contact the store
button-settings = Message settings
button-stop = Stop following
button-all-good = All good
button-missing = Didn’t get it?
button-found = I have it now
# Staff: opens what is known of the order.
button-check = Show order
