### The card of an order: one message that always shows how the order stands. Line 1 is the headline, then sentences.
###
### $order    what the order is called: its number, or its label in quotes. Comes ready, with tags.
### $named    yes if the store's name is set, which is then $store; else no.
### $known    yes if the courier's name is known, which is then $courier; else no.
### $total    how many packages the order has; $n is the one that this is about.
### Line 1 must make sense alone; its words in bold have at most 30 characters.

language-name = English

# A name that the shopper gave to the order.
order-label = “{ $label }”

## Line 1

headline-received = 📝 <b>Received</b> · Order { $order }
headline-being-prepared = 🛒 <b>Being prepared</b> · Order { $order }
headline-packed = 📦 <b>Packed</b> · Order { $order }
# Awaiting the courier, or pickup: it is not known which.
headline-arranging = ⏳ <b>Arranging delivery or pickup</b> · Order { $order }
headline-awaiting-courier = ⏳ <b>Waiting for the courier</b> · Order { $order }
headline-on-its-way = 🚚 <b>On its way</b> · Order { $order }
headline-ready-for-pickup = 🛍️ <b>Ready for pickup</b> · Order { $order }
headline-delivered = ✅ <b>Delivered</b> · Order { $order }
# Delivered, after it was ready for pickup.
headline-collected = ✅ <b>Picked up</b> · Order { $order }
# Somebody says that it didn't arrive.
headline-missing = ✅ <b>Delivered, but not with you</b> · Order { $order }
headline-returned = ↩️ <b>Back at the store</b> · Order { $order }
# Of several packages, some are delivered and the others went back.
headline-partly = ↩️ <b>Partly delivered</b> · Order { $order }
headline-canceled = ❌ <b>Canceled</b> · Order { $order }
headline-handed-off = 💬 <b>Handled by the store directly</b> · Order { $order }
headline-unknown = ℹ️ <b>At another step</b> · Order { $order }
headline-incident = ⚠️ <b>Problem with the delivery</b> · Order { $order }
headline-hold = ⏸️ <b>Delivery on hold</b> · Order { $order }

## The same words in sentences and lists

short-received = received
short-being-prepared = being prepared
short-packed = packed
short-arranging = arranging delivery or pickup
short-awaiting-courier = waiting for the courier
short-on-its-way = on its way
short-ready-for-pickup = ready for pickup
short-delivered = delivered
short-collected = picked up
short-returned = back at the store
short-partly = partly delivered
short-canceled = canceled
short-handed-off = handled by the store directly
short-unknown = at another step
short-incident = problem with the delivery
short-hold = delivery on hold

## What the status means. Those of one stage differ in fact.

state-pending =
    { $named ->
        [yes] It’s registered, and { $store } hasn’t started yet.
       *[no] It’s registered, and the store hasn’t started yet.
    } There’s nothing for you to do.
state-ready-for-handling =
    { $named ->
        [yes] It’s in line at { $store }, and nobody has started yet.
       *[no] It’s in line at the store, and nobody has started yet.
    } Gathering the items comes next.
state-ready-for-picking =
    { $named ->
        [yes] Someone at { $store } has been given your order.
       *[no] Someone at the store has been given your order.
    } The items are still on the shelf.
state-picking =
    { $named ->
        [yes] Your items are being gathered at { $store }; some may still change.
       *[no] The store is gathering your items; some may still change.
    }
state-ready-for-packing =
    { $named ->
        [yes] Gathering is finished at { $store }.
       *[no] The store has finished gathering.
    } Now your order waits to be packed.
state-packing =
    { $named ->
        [yes] It’s being packed at { $store } right now.
       *[no] The store is packing it right now.
    }
state-ready-for-invoicing =
    { $named ->
        [yes] It’s packed and still at { $store }.
       *[no] It’s packed and still at the store.
    } The receipt comes next.
state-invoicing =
    { $named ->
        [yes] It stays packed at { $store } while the receipt is issued.
       *[no] It stays packed while the store issues the receipt.
    } There’s nothing to pay or do here.
state-invoiced =
    { $named ->
        [yes] The receipt is issued, and your order is packed at { $store }.
       *[no] The receipt is issued, and your order is packed at the store.
    } A courier or pickup comes next.
state-preparing-shipping =
    { $named ->
        [yes] It’s still at { $store }.
       *[no] It’s still at the store.
    } The handover is being arranged, to a courier or for pickup.
state-ready-for-shipping =
    { $named ->
        [yes] It’s ready to leave { $store }.
       *[no] It’s ready to leave the store.
    } The courier has yet to come.
state-waiting-for-delivery-company =
    { $named ->
        [yes] The delivery is booked, and your order is still at { $store }.
       *[no] The delivery is booked, and your order is still at the store.
    } The courier has yet to come.
state-on-route =
    { $total ->
        [1]
            { $known ->
                [yes] { $named ->
                    [yes] Collected by { $courier } at { $store }.
                   *[no] Collected by { $courier } at the store.
                }
               *[no] { $named ->
                    [yes] The courier collected it at { $store }.
                   *[no] The courier collected it at the store.
                }
            }
       *[other] It comes in { $total } packages.
    }
# $labelled: yes if line 1 shows a label instead of the number, which is needed at the counter.
state-waiting-for-pickup =
    { $labelled ->
        [yes] Bring the order number { $number }, and the pickup code if the store emailed you one.
       *[no] Bring the order number, and the pickup code if the store emailed you one.
    }
# $known: yes if the courier itself reports it. $timed: at (when it happened), seen (when we saw it), no. $clock: the time.
state-delivered =
    { $known ->
        [yes] { $timed ->
            [at] Reported by { $courier }, { $clock }. Enjoy!
            [seen] Reported by { $courier }, as of { $clock }. Enjoy!
           *[no] Reported by { $courier }. Enjoy!
        }
       *[no] { $timed ->
            [at] { $named ->
                [yes] Reported by { $store }, { $clock }. Enjoy!
               *[no] Reported by the store, { $clock }. Enjoy!
            }
            [seen] { $named ->
                [yes] Reported by { $store }, as of { $clock }. Enjoy!
               *[no] Reported by the store, as of { $clock }. Enjoy!
            }
           *[no] { $named ->
                [yes] Reported by { $store }. Enjoy!
               *[no] Reported by the store. Enjoy!
            }
        }
    }
state-returned =
    The delivery was not completed. { $named ->
        [yes] Contact { $store } to agree how to get it.
       *[no] Contact the store to agree how to get it.
    }
state-canceled =
    Nothing will be sent. { $named ->
        [yes] For the reason or the payment, contact { $store }.
       *[no] For the reason or the payment, contact the store.
    }
state-idle =
    That’s no problem, but you’ll get no more news here. { $named ->
        [yes] For questions, contact { $store }.
       *[no] For questions, contact the store.
    }
state-unknown =
    We have no word for this step, and by itself it’s no problem. The next news comes here.

## Ready for pickup: where

pickup-at-checkout = It’s at the place you chose at checkout.
# $place: name and address. $open: yes if the $hours are known, always if it never closes.
pickup-at =
    { $open ->
        [always] It’s at { $place }, open at any hour.
        [yes] It’s at { $place }. Hours: { $hours }.
       *[no] It’s at { $place }.
    }
reminder = It’s still waiting for you.

## Before the status's own sentence

# $before: what was told before, as a short phrase.
back = We told you before: “{ $before }”. The store or the courier now reports an earlier step.
# From one end to another, such as from canceled to delivered.
corrected = We told you before: “{ $before }”. That no longer holds; the store or the courier now reports this.
# Back from an end that was told.
mistaken = A correction: “{ $before }” no longer holds. The store or the courier now reports this instead.
# Returned, after it was told as delivered.
went-back =
    It went back after it had been reported as delivered. { $named ->
        [yes] If you didn’t expect this, contact { $store }.
       *[no] If you didn’t expect this, contact the store.
    }
# Only the store's notices say so: its system could not be asked.
by-store =
    { $named ->
        [yes] Reported by { $store }, not confirmed yet.
       *[no] Reported by the store, not confirmed yet.
    }
late =
    It’s taking longer than usual, which by itself is no problem. { $named ->
        [yes] For questions, contact { $store }.
       *[no] For questions, contact the store.
    }
link-came =
    { $total ->
        [1] The tracking link is here; nothing else changed.
       *[other] A tracking link is here; nothing else changed.
    }
news-incident-solved =
    { $total ->
        [1] The courier reports the problem solved.
       *[other] The courier reports the problem with package { $n } of { $total } solved.
    }
news-hold-solved =
    { $total ->
        [1] The courier reports that the delivery goes on.
       *[other] The courier reports that the delivery of package { $n } of { $total } goes on.
    }
# $rest: yes if another package is still under way.
news-delivered =
    { $rest ->
        [yes] Package { $n } of { $total } is reported delivered; the rest is still to come.
       *[no] Package { $n } of { $total } is reported delivered, and no other is under way.
    }
news-returned =
    { $total ->
        [1] The courier reports that it went back to the store.
       *[other] Package { $n } of { $total } went back to the store.
    } { $named ->
        [yes] Contact { $store } about it.
       *[no] Contact the store about it.
    }
news-not-delivered =
    { $total ->
        [1] A correction by the courier: it has not been delivered after all.
       *[other] A correction by the courier: package { $n } of { $total } has not been delivered after all.
    }
news-not-returned =
    { $total ->
        [1] A correction by the courier: the delivery goes on after all.
       *[other] A correction by the courier: the delivery of package { $n } of { $total } goes on after all.
    }

## Instead of the status's own sentence

# The couriers report the end of each package, and the order itself goes on.
all-delivered =
    { $total ->
        [1] The courier reports it delivered; the store has not confirmed it yet.
       *[other] The courier reports all { $total } packages delivered; the store has not confirmed it yet.
    } { $named ->
        [yes] If something is not with you, contact { $store }.
       *[no] If something is not with you, contact the store.
    }
all-returned =
    { $total ->
        [1] The courier reports that it went back to the store.
       *[other] The couriers report that all { $total } packages went back to the store.
    } { $named ->
        [yes] Contact { $store } about it.
       *[no] Contact the store about it.
    }
all-partly =
    No package is under way any more. { $named ->
        [yes] About what went back, contact { $store }.
       *[no] About what went back, contact the store.
    }
trouble-incident =
    { $total ->
        [1]
            { $known ->
                [yes] Reported by { $courier } without details; it can take longer.
               *[no] The courier gave no details, and it can take longer.
            }
       *[other] It’s about package { $n } of { $total }. The courier gave no details, and it can take longer.
    } { $named ->
        [yes] For more, contact { $store }. We’ll message you when it’s solved.
       *[no] For more, contact the store. We’ll message you when it’s solved.
    }
trouble-hold =
    { $total ->
        [1] The courier has paused it for now.
       *[other] The courier has paused package { $n } of { $total } for now.
    } There’s nothing for you to do; we’ll message you when it goes on. { $named ->
        [yes] For questions, contact { $store }.
       *[no] For questions, contact the store.
    }

## After it

# The only package, before the order leaves.
assigned =
    { $known ->
        [yes] Courier confirmed: { $courier }.
       *[no] The courier is confirmed.
    }
courier = It will come with { $courier }.
link-later =
    { $total ->
        [1] The tracking link comes here as soon as the courier gives one.
       *[other] More tracking links come here as soon as the couriers give them.
    }
# $told: told (the store's staff), later (they will see it), nobody.
receipt-missing =
    { $told ->
        [told] You told us that you don’t have it, and the store has been told.
        [later] You told us that you don’t have it, and the store will see this.
       *[nobody] You told us that you don’t have it.
    }
missing-advice =
    { $named ->
        [yes] Ask at home or at the front desk first; if it doesn’t turn up, contact { $store }.
       *[no] Ask at home or at the front desk first; if it doesn’t turn up, contact the store.
    }
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
       *[other] <b>Package { $n }</b>: no news yet
    }

## How far it is

step-received = Step 1 of 5. Next: being prepared.
step-being-prepared = Step 2 of 5. Next: packed.
step-packed = Step 3 of 5. Next: leaves the store or is ready for pickup.
step-awaiting-courier = Step 3 of 5. Next: on its way.
step-on-its-way = Step 4 of 5. Next: delivered.
step-ready-for-pickup = Step 4 of 5. Next: picked up.
# In trouble. $step: 1 to 4. $state: a short phrase.
step-trouble = Step { $step } of 5: { $state }.

## The timeline: at most 30 characters beside the time

# $seen: yes if nobody told when it happened, so that it happened before $clock. $what: one of the lines below.
past =
    { $seen ->
        [yes] by { $clock }  { $what }
       *[no] { $clock }  { $what }
    }
past-pending = Order registered
past-ready-for-handling = In line at the store
past-ready-for-picking = Given to someone at the store
past-picking = Items being gathered
past-ready-for-packing = Gathering finished
past-packing = Being packed
past-ready-for-invoicing = Packed
past-invoicing = Receipt being issued
past-invoiced = Receipt issued
past-preparing-shipping = Handover being arranged
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
past-package-returned =
    { $total ->
        [1] Back, says the courier
       *[other] Package { $n } back at the store
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
        [1] Delivery goes on
       *[other] Package { $n }: goes on
    }

## Below

# $items is a list of names, made ready; $more counts those that are not named.
items =
    { $more ->
        [0] Items: { $items }
        [one] Items: { $items } and { $more } more
       *[other] Items: { $items } and { $more } more
    }
item = { $quantity } × { $name }

# On the first card of an order, by how much the chat wants to hear.
following-main = We’ll tell you here at each stage, with sound when it leaves or is ready for pickup.
following-every = We’ll tell you here about each step, with sound when it leaves or is ready for pickup.
following-key = We’ll message you when it leaves or is ready for pickup. Every other step shows here.
# The first card of an order that has left already, or is ready.
following-left = We’ll tell you here when something changes.
# Once, to chats that heard of every step before.
levels-changed = You now get a message at each stage. For one about every step: /settings

# $updated comes ready, for example "2 minutes ago".
updated = Updated { $updated }
# $clock: when a person had us ask.
updated-checked = Updated { $updated }, checked { $clock }
checked = Checked { $clock }
# What is known may be old. $clock: when it was last confirmed.
last-checked = Last checked { $clock }
last-checked-unknown = Not checked yet; there may be news

## A card that is no longer the newest: one line

# $steps: the first and the last step with their times, made ready. $why: newer, stopped, archived.
fold =
    { $emoji } Order { $order }: { $steps }. { $why ->
        [newer] Newer message below.
        [stopped] You no longer follow it.
       *[archived] No longer followed here.
    }
fold-step = { $state } { $clock }

## Messages of their own

# $text is what the store's staff wrote, word for word.
note =
    💬 Order { $order }: a message from the store
    <blockquote>{ $text }</blockquote>

name-ask = What shall we call order { $order }? Reply with a name.

# An awaited number did not appear in 48 hours.
never-seen =
    ℹ️ Order { $order }: we still don’t see this number
    We stop looking for it now. Check the number and send it again, or { $named ->
        [yes] contact { $store }.
       *[no] contact the store.
    }

archived =
    { $days ->
        [one] ℹ️ Order { $order } had no news for { $days } day
       *[other] ℹ️ Order { $order } had no news for { $days } days
    }
    We stop following it here. To see it again, send its number.

## Buttons: at most 20 characters

button-track = Track package
# $known: yes if the courier's name is known. Cut after 20 characters.
button-track-package =
    { $known ->
        [yes] Package { $n }: { $courier }
       *[no] Track package { $n }
    }
button-map = Map
button-more = More
button-back = Back
button-refresh = Refresh
button-copy = Copy number
button-name = Name it
button-share = Share
button-contact = Contact the store
button-settings = Hear more or less
button-stop = Stop following
button-all-good = All good
button-missing = Didn’t get it?
button-found = I have it now
# Staff: opens what is known of the order.
button-check = Look at the order
