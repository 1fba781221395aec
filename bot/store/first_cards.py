"""What becomes, at the upgrade to living cards, of the messages that wait."""

from sqlite_utils import Database as Tables


def one_card_for_what_waits(db: Tables) -> None:
    """Let one card tell what waits to be told of an order in a chat; it may have been seen already."""
    db.execute("ALTER TABLE outbox ADD COLUMN keep TEXT NOT NULL DEFAULT ''")  # why it is wanted, a blank between them
    waiting = "state IN ('open', 'claimed')"
    closed = "state = 'closed', reason = 'folded', done_at = made_at"
    db.execute(f"UPDATE outbox SET {closed} WHERE {waiting} AND kind = 'assigned'")  # noqa: S608 - the two lines above
    db.execute(
        "UPDATE outbox SET kind = 'card' WHERE kind IN ('state', 'assigned', 'incident', 'hold', 'solved', "
        "'parcel-delivered', 'parcel-returned', 'parcel-mistaken', 'link', 'reminder', 'late')"
    )
    same = 'other.chat_id = outbox.chat_id AND other."order" = outbox."order" AND other.kind = \'card\''
    db.execute(  # a reminder that waits for the store to open keeps no news waiting
        f"UPDATE outbox SET due_at = (SELECT min(other.due_at) FROM outbox AS other WHERE {same} "  # noqa: S608 - as above
        f"AND other.state IN ('open', 'claimed')) WHERE {waiting} AND kind = 'card'"
    )
    db.execute(
        f"UPDATE outbox SET {closed} WHERE {waiting} AND kind IN ('card', 'edit') "  # noqa: S608 - as above
        f"AND EXISTS (SELECT 1 FROM outbox AS other WHERE {same} AND other.state IN ('open', 'claimed') "
        "AND other.id <> outbox.id AND (outbox.kind = 'edit' "
        "OR (other.answer, -other.id) > (outbox.answer, -outbox.id)))"
    )
    db.execute(
        f"UPDATE outbox SET state = 'open', status = NULL, keep = iif(answer, 'again answer', 'again') "  # noqa: S608 - as above
        f"WHERE {waiting} AND kind = 'card'"
    )
    db.execute("UPDATE outbox SET payload = '{}', status = NULL WHERE state = 'open' AND kind = 'edit'")
