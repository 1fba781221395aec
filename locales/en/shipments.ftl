### Messages about one shipment of an order, and about following the order.
###
### $total is how many packages the order has, $n which of them this is.
### $known: yes if the courier's name is known, which is then $courier; else no.

## The courier's reports

assigned =
    { $emoji } Order { $order }: { $total ->
        [1] the courier chose who will bring it
       *[other] the courier chose who will bring package { $n } of { $total }
    }
    { $known ->
        [yes] Delivery with { $courier }; as far as we know, it is not collected yet.
       *[no] As far as we know, it is not collected yet.
    }

incident =
    ⚠️ Order { $order }: { $total ->
        [1] problem with the delivery
       *[other] problem with package { $n } of { $total }
    }
    The courier reports it without details, and the delivery can take longer. { $named ->
        [yes] We’ll tell you when it is solved; to know more, ask at { $store }.
       *[no] We’ll tell you when it is solved; to know more, ask the store.
    }

hold =
    ⏸️ Order { $order }: { $total ->
        [1] delivery on hold
       *[other] package { $n } of { $total } on hold
    }
    The courier has paused the delivery. { $named ->
        [yes] Nothing is needed now; we’ll tell you when it goes on. If you have questions, ask at { $store }.
       *[no] Nothing is needed now; we’ll tell you when it goes on. If you have questions, ask the store.
    }

# $trouble: what was told before, incident or hold.
solved =
    { $emoji } Order { $order }: { $trouble ->
        [hold]
            { $total ->
                [1] the delivery goes on
               *[other] the delivery of package { $n } of { $total } goes on
            }
       *[incident]
            { $total ->
                [1] problem solved
               *[other] problem with package { $n } of { $total } solved
            }
    }
    The courier reports this, so our earlier message no longer holds. The order is now: { $state }.

# $rest: yes if another package is still under way.
parcel-delivered =
    📦 Order { $order }: { $total ->
        [1] a package is reported as delivered
       *[other] package { $n } of { $total } is reported as delivered
    }
    { $rest ->
        [yes] The rest is still to come, and the order is not finished.
       *[no] No other package is under way, and the order is not finished.
    }

# Each package is reported as delivered, and the order itself is not: $total is how many there are.
all-delivered =
    📦 Order { $order }: { $total ->
        [1] the courier reports it as delivered
       *[other] all { $total } packages are reported as delivered
    }
    The store has not closed the order yet. { $named ->
        [yes] If something is not with you, ask at { $store }.
       *[no] If something is not with you, ask the store.
    }

parcel-returned =
    ↩️ Order { $order }: { $total ->
        [1] a package was returned to the store
       *[other] package { $n } of { $total } was returned to the store
    }
    { $rest ->
        [yes] The rest of the order goes on.
       *[no] No other package is under way.
    } { $named ->
        [yes] About this package, ask at { $store }.
       *[no] About this package, ask the store.
    }

# A package's end was told and no longer holds. $end: what was told, delivered or returned. $way: yes if the courier
# reports it as on its way again; a line about its trouble may follow.
parcel-mistaken =
    📦 Order { $order }: { $end ->
        [returned]
            { $total ->
                [1] the delivery goes on after all
               *[other] the delivery of package { $n } of { $total } goes on after all
            }
       *[delivered]
            { $total ->
                [1] a package has not been delivered after all
               *[other] package { $n } of { $total } has not been delivered after all
            }
    }
    A correction by the courier, so our earlier message no longer holds. { $way ->
        [yes] The package is on its way again.
       *[no] The next news of it comes here.
    }

link =
    🚚 Order { $order } has { $total ->
        [1] its tracking link
       *[other] the tracking link of package { $n } of { $total }
    }
    Nothing else changed.

## Time passes

# $labelled: yes if line 1 shows a label instead of the number, which is needed at the counter.
reminder =
    🛍️ Order { $order } is still ready for pickup
    It is at the place chosen at checkout.
    { $labelled ->
        [yes] Bring the order number { $number }, and the pickup code if the store e-mailed you one.
       *[no] Bring the order number, and the pickup code if the store e-mailed you one.
    }

late =
    { $emoji } Order { $order } is taking longer than usual
    It is still at this step: { $state }. { $named ->
        [yes] Nothing is needed from you; if you have questions, ask at { $store }.
       *[no] Nothing is needed from you; if you have questions, ask the store.
    }

# An awaited number did not appear in 48 hours.
never-seen =
    ℹ️ Order { $order }: we still don’t see this number
    We stop looking for it now. Check the number and send it again, or { $named ->
        [yes] ask at { $store }.
       *[no] ask the store.
    }

archived =
    { $days ->
        [one] ℹ️ Order { $order } had no news for { $days } day
       *[other] ℹ️ Order { $order } had no news for { $days } days
    }
    We stop following it here. To see it again, send its number.

# $text is what the store's staff wrote, word for word.
note =
    💬 Order { $order }: a message from the store
    <blockquote>{ $text }</blockquote>

## Buttons: at most 20 characters

button-track = Track package
# $known: yes if the courier's name is known. Cut after 20 characters.
button-track-package =
    { $known ->
        [yes] Package { $n }: { $courier }
       *[no] Track package { $n }
    }
button-copy = Copy number
button-contact = Contact the store
button-refresh = Refresh
button-stop = Stop following
