"""What couriers' services tell: they send no webhooks, so the poller sees them."""

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.simulators.pickpack.orders import CourierService
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, asked_again, links, saying_keys, until
from tests.message_keys import says

pytestmark = pytest.mark.asyncio(loop_scope="module")

SWIFT = "https://track.example.com/swift/1"
BLUE = "https://blue.example.org/van?parcel=2"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    pace = {"POLL_SILENCE": 0.2, "POLL_SILENCE_MAX": 0.2, "SETTLE_SECONDS": 0, "SEND_RATE": 0}
    async with saying_keys(SimulatedWorld(cache_seconds=0), **pace) as world:
        yield world


async def test_on_its_way_once_and_the_incident_once_and_nothing_puts_the_order_back(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("ROAD-1", "WAITING_FOR_DELIVERY_COMPANY", services=[CourierService("S-1")])
    await chat.follows("ROAD-1")
    world.pickpack.set_service("ROAD-1", "S-1", status="ON_ROUTE", tracking_url=SWIFT)
    assert links(await chat.told("state-on-route", order="ROAD-1")) == [SWIFT]
    world.pickpack.set_service("ROAD-1", "S-1", status="INCIDENT")
    assert not (await chat.told("trouble-incident", order="ROAD-1")).silent
    await asked_again(world, "ROAD-1")
    await chat.is_told_no_more()
    await world.pickpack.set_status("ROAD-1", "ON_ROUTE")
    await asked_again(world, "ROAD-1")
    await chat.is_told_no_more()

    told = [chat.count(key) for key in ("state-on-route", "trouble-incident", "news-incident-solved")]
    assert told == [1, 1, 0]
    assert len(chat.messages) == 3


async def test_a_solved_problem_is_told(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("ROAD-2", "ON_ROUTE", services=[CourierService("S-1", "ON_ROUTE")])
    await chat.follows("ROAD-2")
    world.pickpack.set_service("ROAD-2", "S-1", status="ON_HOLD")
    await chat.told("trouble-hold", order="ROAD-2")
    world.pickpack.set_service("ROAD-2", "S-1", status="ON_ROUTE")
    solved = await chat.told("news-hold-solved", order="ROAD-2")
    assert solved.silent
    assert says(solved, "courier")


async def test_two_couriers_have_both_links_and_each_is_named(world: SimulatedWorld, chat: PersonsChat) -> None:
    services = [
        CourierService("S-1", "ON_ROUTE", "Swift", tracking_url=SWIFT),
        CourierService("S-2", "ON_ROUTE", "Blue Van", tracking_url=BLUE),
    ]
    world.pickpack.put_order("TWO-1", "READY_FOR_SHIPPING")
    await chat.follows("TWO-1")
    world.pickpack.orders["TWO-1"].services = services
    await world.pickpack.set_status("TWO-1", "ON_ROUTE")
    message = await chat.told("state-on-route", order="TWO-1")

    assert links(message) == [SWIFT, BLUE]
    assert says(message, "package", n=1, **{"is": "on-its-way"}, courier="Swift")
    assert says(message, "package", n=2, **{"is": "on-its-way"}, courier="Blue Van")


async def test_one_parcel_of_two_that_arrives_is_named_and_the_order_is_not_finished(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    services = [CourierService("S-1", "ON_ROUTE", "Swift"), CourierService("S-2", "ON_ROUTE", "Blue Van")]
    world.pickpack.put_order("TWO-2", "ON_ROUTE", services=services)
    await chat.follows("TWO-2")
    world.pickpack.set_service("TWO-2", "S-2", status="DELIVERED")
    await chat.told("news-delivered", order="TWO-2", n=2, total=2)
    assert chat.count("state-delivered") == 0


@pytest.mark.parametrize(
    ("order_id", "url"),
    [
        ("BAD-1", "http://localhost:8080/track/1"),
        ("BAD-2", "javascript:alert(1)"),
        ("BAD-3", "https://10.0.0.7/track"),
        ("BAD-4", "https://<b>track</b>.example.com/\"'>"),
    ],
)
async def test_a_link_that_is_not_public_is_no_button_and_does_not_sink_the_message(
    world: SimulatedWorld, chat: PersonsChat, order_id: str, url: str
) -> None:
    world.pickpack.put_order(order_id, "READY_FOR_SHIPPING", services=[CourierService("S-1", tracking_url=url)])
    await chat.follows(order_id)
    world.pickpack.set_service(order_id, "S-1", status="ON_ROUTE", courier="<i>Tom & Jerry</i>")
    await world.pickpack.set_status(order_id, "ON_ROUTE")
    message = await chat.told("state-on-route", order=order_id, within=20)
    assert links(message) == []
    assert world.telegram.calls_of("sendMessage", chat_id=chat.id)[-1].outcome == "ok"


async def test_a_link_that_changes_is_changed_in_the_message(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("NEW-1", "ON_ROUTE", services=[CourierService("S-1", "ON_ROUTE", tracking_url=SWIFT)])
    message = await chat.follows("NEW-1")
    assert links(message) == [SWIFT]
    world.pickpack.set_service("NEW-1", "S-1", tracking_url=BLUE)
    await until(lambda: links(message) == [BLUE])
    assert len(chat.messages) == 1


async def test_a_parcel_that_alternates_at_each_answer_is_told_once(world: SimulatedWorld, chat: PersonsChat) -> None:
    services = [CourierService("S-1", "ON_ROUTE", "Swift"), CourierService("S-2", "ON_ROUTE", "Blue Van")]
    world.pickpack.put_order("FLIP-1", "ON_ROUTE", services=services)
    await chat.follows("FLIP-1")
    for status in ("DELIVERED", "ON_ROUTE") * 3:
        world.pickpack.set_service("FLIP-1", "S-1", status=status)
        await asked_again(world, "FLIP-1")
    world.pickpack.set_service("FLIP-1", "S-2", status="INCIDENT")
    await chat.told("trouble-incident", order="FLIP-1", n=2)
    assert chat.count("news-delivered") == 1


async def test_services_without_ids_that_swap_places_and_go_missing_tell_nothing(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    swift, blue = CourierService("", "ON_ROUTE", "Swift"), CourierService("", "ON_ROUTE", "Blue Van")
    world.pickpack.put_order("SWAP-1", "ON_ROUTE", services=[swift, blue])
    await chat.follows("SWAP-1")
    swift.status = "DELIVERED"
    await chat.told("news-delivered", order="SWAP-1", n=1)
    for services in ([blue, swift], [blue], [swift, blue], [swift], [blue, swift]):
        world.pickpack.orders["SWAP-1"].services = services
        await asked_again(world, "SWAP-1")
    blue.status = "INCIDENT"
    await chat.told("trouble-incident", order="SWAP-1", n=2)
    assert chat.count("news-delivered") == 1


async def test_the_last_delivery_is_told_once_with_its_link_and_promises_none(
    world: SimulatedWorld, chat: PersonsChat, somebody: Callable[[], PersonsChat]
) -> None:
    service = CourierService("S-1", "ON_ROUTE", "Swift", tracking_url=SWIFT)
    world.pickpack.put_order("LAST-1", "ON_ROUTE", services=[service])
    await chat.follows("LAST-1")
    service.status = "DELIVERED"
    message = await chat.told("all-delivered", order="LAST-1", total=1)
    assert (links(message), message.silent) == ([SWIFT], False)
    await asked_again(world, "LAST-1")
    late = somebody()
    card = await late.follows("LAST-1")
    assert says(card, "all-delivered", total=1)
    assert not says(card, "link-later")
    await world.pickpack.set_status("LAST-1", "DELIVERED")
    for one in (chat, late):
        await one.sees("state-delivered", order="LAST-1")
        assert (one.count("all-delivered"), one.count("state-delivered")) == (1, 0)


@pytest.mark.parametrize("url", ["http://localhost:3000/x", "N/A"])
async def test_a_link_that_cannot_come_is_not_promised(world: SimulatedWorld, chat: PersonsChat, url: str) -> None:
    order_id = f"NONE{len(url)}-01"
    world.pickpack.put_order(order_id, "ON_ROUTE", services=[CourierService("S-1", "ON_ROUTE", tracking_url=url)])
    card = await chat.follows(order_id)
    assert says(card, "state-on-route")
    assert not says(card, "link-later")


async def test_a_link_of_a_service_that_was_given_up_disappears_and_the_count_is_that_of_now(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    services = [
        CourierService("S-1", "ON_ROUTE", "Swift", tracking_url=SWIFT),
        CourierService("S-2", "ON_ROUTE", "Blue Van", tracking_url=BLUE),
    ]
    world.pickpack.put_order("GONE-1", "ON_ROUTE", services=services)
    message = await chat.follows("GONE-1")
    assert says(message, "package", n=1, courier="Swift")
    world.pickpack.set_service("GONE-1", "S-1", status="CANCELED")
    await until(lambda: links(message) == [BLUE])
    assert not says(message, "package")
    world.pickpack.set_service("GONE-1", "S-2", courier="Red Bike", status="ON_ROUTE")
    services[1].tracking_url = None
    await until(lambda: links(message) == [])
    assert len(chat.messages) == 1
