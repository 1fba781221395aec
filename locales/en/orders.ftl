### Messages about an order's progress.
###
### $order    what the order is called: its number, or its label in quotes. Comes ready, with tags.
### $named    yes if the store's name is set, which is then $store; else no.
### $state    a short phrase from the end of this file, such as "being packed".
### $emoji    the emoji of the step the order is at now.
### Line 1 must make sense alone. Every line ends a sentence; only line 1 goes without a full stop.

language-name = English

## The order's name

# A name that the shopper gave to the order.
order-label = “{ $label }”

## Received

state-pending =
    📝 Order { $order } is registered
    { $named ->
        [yes] Work on it at { $store } has not begun.
       *[no] The store has not begun work on it.
    } Nothing is needed from you.

state-ready-for-handling =
    📝 Order { $order } is in line to be gathered
    { $named ->
        [yes] It is registered at { $store }, and nobody has begun yet.
       *[no] The store has it, and nobody has begun yet.
    } Gathering the items is next.

state-ready-for-picking =
    📝 Order { $order } is assigned for gathering
    { $named ->
        [yes] At { $store }, the items are still on the shelf.
       *[no] The items are still on the store’s shelf.
    } Gathering them is next.

## Picking

state-picking =
    🛒 Order { $order }: the items are being gathered
    { $named ->
        [yes] The work at { $store } has begun, and items may still change.
       *[no] The store has begun, and items may still change.
    } Packing is next.

## Packing

state-ready-for-packing =
    📦 Order { $order } is waiting to be packed
    { $named ->
        [yes] Gathering the items at { $store } is finished.
       *[no] The store has finished gathering the items.
    } Packing is next.

state-packing =
    📦 Order { $order } is being packed
    { $named ->
        [yes] It is still at { $store }.
       *[no] It is still at the store.
    } We’ll tell you when it leaves or is ready for pickup.

## Packed

state-ready-for-invoicing =
    🧾 Order { $order } is packed
    { $named ->
        [yes] It is still at { $store }.
       *[no] It is still at the store.
    } The receipt is yet to be issued.

state-invoicing =
    🧾 Order { $order } is packed, and its receipt is being issued
    { $named ->
        [yes] It stays packed at { $store }.
       *[no] It stays packed at the store.
    } There is nothing to pay or do here.

state-invoiced =
    🧾 Order { $order } has its receipt issued
    { $named ->
        [yes] It is packed at { $store }, and a courier or pickup is next.
       *[no] It is packed at the store, and a courier or pickup is next.
    } We’ll tell you when it leaves or is ready for pickup.

## Awaiting courier

state-preparing-shipping =
    ⏳ Order { $order }: the handover is being arranged
    { $named ->
        [yes] It is still at { $store }, for a courier or for pickup.
       *[no] It is still at the store, for a courier or for pickup.
    } We’ll tell you when it leaves or is ready for pickup.

state-ready-for-shipping =
    ⏳ Order { $order } is ready and waiting for the courier
    { $named ->
        [yes] It is still at { $store }, and the courier has yet to come.
       *[no] It is still at the store, and the courier has yet to come.
    } We’ll tell you when it leaves.

state-waiting-for-delivery-company =
    ⏳ Order { $order }: the courier accepted the request
    { $named ->
        [yes] The package is still waiting at { $store }.
       *[no] The package is still waiting at the store.
    } We’ll tell you when it leaves.

## On its way, and ready

state-on-route =
    🚚 Order { $order } is on its way
    { $named ->
        [yes] The courier collected it at { $store }.
       *[no] The courier collected it at the store.
    }

# $labelled: yes if line 1 shows a label instead of the number, which is needed at the counter.
state-waiting-for-pickup =
    🛍️ Order { $order } is ready for pickup
    It is at the place chosen at checkout.
    { $labelled ->
        [yes] Bring the order number { $number }, and the pickup code if the store e-mailed you one.
       *[no] Bring the order number, and the pickup code if the store e-mailed you one.
    }

## The end

state-delivered =
    ✅ Order { $order } is reported as delivered
    There is nothing more to do. { $named ->
        [yes] If it is not with you, ask at { $store }.
       *[no] If it is not with you, ask the store.
    }

# Delivered, after it was ready for pickup.
state-collected =
    ✅ Order { $order } is reported as picked up
    There is nothing more to do. { $named ->
        [yes] If it is not with you, ask at { $store }.
       *[no] If it is not with you, ask the store.
    }

state-returned =
    ↩️ Order { $order } was returned to the store
    The delivery was not completed. { $named ->
        [yes] Ask at { $store } how to get it.
       *[no] Ask the store how to get it.
    }

state-canceled =
    ❌ Order { $order } was canceled
    Nothing will be sent. { $named ->
        [yes] For reasons and payments, ask at { $store }.
       *[no] For reasons and payments, ask the store.
    }

state-idle =
    💬 Order { $order } is handled by the store directly
    This is not a problem, but you’ll get no more news here. { $named ->
        [yes] If you have questions, ask at { $store }.
       *[no] If you have questions, ask the store.
    }

## A step that this bot has no word for

state-unknown =
    ℹ️ Order { $order } moved to another step
    We have no word for this step, and it is not a problem by itself. The next news comes here.

## A step back. $before is what was told before, as a short phrase.

back =
    { $emoji } Order { $order } moved back: { $state }
    We told you before: { $before }. The store or the courier now reports the earlier step, so our message no longer holds.

# From one final status to another, such as from canceled to delivered.
corrected =
    { $emoji } Order { $order } was reported differently: { $state }
    We told you before: { $before }. The store or the courier now reports this instead, so our message no longer holds.

# Back from an end that was told: it was a mistake. $before is that end, as a short phrase.
mistaken =
    { $emoji } Order { $order }, a correction: { $state }
    It was reported by mistake: { $before }. The store or the courier reports this instead, so our earlier message no longer holds.

# Returned, after it was told as delivered.
went-back =
    ↩️ Order { $order } went back to the store
    It had been reported as delivered before. { $named ->
        [yes] If you didn’t expect this, ask at { $store }.
       *[no] If you didn’t expect this, ask the store.
    }

## Lines that may follow the first two

# Only the store's notices say so: its system could not be asked.
by-store =
    { $named ->
        [yes] { $store } reports this; we couldn’t confirm it yet.
       *[no] The store reports this; we couldn’t confirm it yet.
    }

# $known: yes if the courier's name is known.
# $total is how many packages the order has, $n which of them this is. $host comes ready, with tags.
link-shown =
    { $total ->
        [1]
            { $known ->
                [yes] Follow it with { $courier }, at { $host }.
               *[no] Follow it at { $host }.
            }
       *[other]
            { $known ->
                [yes] Follow package { $n } of { $total } with { $courier }, at { $host }.
               *[no] Follow package { $n } of { $total } at { $host }.
            }
    }

link-later =
    { $total ->
        [1] The tracking link will appear in this message.
       *[other] The tracking links will appear in this message.
    }

link-package-later =
    { $known ->
        [yes] The link of package { $n } of { $total }, with { $courier }, will appear in this message.
       *[no] The link of package { $n } of { $total } will appear in this message.
    }

courier = Delivery with { $courier }.

# $end: delivered or returned.
package-ended =
    { $end ->
        [returned] Package { $n } of { $total } went back to the store.
       *[delivered] Package { $n } of { $total } is reported as delivered.
    }

courier-delivered = The courier reports it as delivered; the store has not closed the order yet.

trouble-incident =
    { $total ->
        [1] The courier reports a problem with the delivery, which can take longer.
       *[other] The courier reports a problem with package { $n } of { $total }, which can take longer.
    }

trouble-hold =
    { $total ->
        [1] The courier has put the delivery on hold.
       *[other] The courier has put package { $n } of { $total } on hold.
    }

# $items is a list of names, made ready; $more counts those that are not named.
items =
    { $more ->
        [0] Items: { $items }
        [one] Items: { $items } and { $more } more
       *[other] Items: { $items } and { $more } more
    }

item = { $quantity } × { $name }

# Times come ready, for example "Thu, Nov 5, 2:20 PM".
time-since = Since: { $time }
time-seen = Seen: { $time }
last-checked = Last checked: { $time }

following-every = We’ll tell you here about every step.
following-main = We’ll tell you here about the main steps.
following-key = We’ll tell you here when it leaves, is ready for pickup or has a problem.

## Short phrases: in lists, and after "moved back:"

short-pending = registered
short-ready-for-handling = in line to be gathered
short-ready-for-picking = assigned for gathering
short-picking = gathering the items
short-ready-for-packing = waiting to be packed
short-packing = being packed
short-ready-for-invoicing = packed
short-invoicing = packed, receipt being issued
short-invoiced = receipt issued
short-preparing-shipping = handover being arranged
short-ready-for-shipping = waiting for the courier
short-waiting-for-delivery-company = accepted by the courier
short-on-route = on its way
short-waiting-for-pickup = ready for pickup
short-delivered = delivered
short-collected = picked up
short-returned = returned to the store
short-canceled = canceled
short-idle = handled by the store directly
short-unknown = at another step
