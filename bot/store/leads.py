"""Why a card was sent, as the JSON of a column."""

from bot.store.json_columns import fields, from_fields
from bot.tracking.lead import Lead, News


def to_json(lead: Lead) -> str:
    """Return a lead as JSON, without what it does not say."""
    said = {
        "first": lead.first,
        "back": lead.reverted_from,
        "news": dict(lead.news),
        "links": lead.links,
        "reminder": lead.reminder,
        "late": lead.late,
    }
    return from_fields({name: value for name, value in said.items() if value})


def from_json(stored: str) -> Lead:
    """Return the lead that `to_json` wrote."""
    said = fields(stored)
    return Lead(
        first=said.get("first", False),
        reverted_from=said.get("back"),
        news={key: News(one) for key, one in said.get("news", {}).items()},
        links=tuple(said.get("links", ())),
        reminder=said.get("reminder", False),
        late=said.get("late", False),
    )
