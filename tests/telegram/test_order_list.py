"""The list of what a chat follows says the same as the cards."""

from tests.builders import service, snapshot_of
from tests.message_keys import says
from tests.telegram.bot_harness import BotHarness, Talk


async def test_the_list_says_of_an_order_what_its_card_says(harness: BotHarness, ana: Talk) -> None:
    """The courier has a package, though the order itself is not on its way yet."""
    status = "WAITING_FOR_DELIVERY_COMPANY"
    for number in ("A-1", "B-2"):
        await ana.asks(harness.put(number, status))
    snapshot = snapshot_of(status, service("PICKED"), order_id="A-1")
    await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())
    assert says(await ana.hears(), "state-on-route")
    listed = await ana.asks("/orders")
    assert says(listed, "list-row", number="A-1", state="short-on-its-way")
    await ana.presses("A-1")
    assert says(await ana.hears(), "state-on-route")
