"""Calls to Pick and Pack over real HTTP, against the simulator and its faults."""

import traceback

import pytest

from bot.pickpack.client import PickPackClient
from bot.pickpack.errors import (
    AuthenticationError,
    MalformedResponseError,
    PickPackError,
    RateLimitError,
    UnreachableError,
)
from bot.simulators.pickpack.faults import Endpoint, PickPackFault
from bot.simulators.pickpack.orders import CourierService, SimulatedItem
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.tracking.events import NotFound, OrderSnapshot
from tests.pickpack.conftest import MakeClient, tracking_statuses


class TestOrders:
    async def test_an_order_is_fetched(self, simulator: PickPackSimulator, client: PickPackClient) -> None:
        service = CourierService("S-1", "ON_ROUTE", tracking_url="https://swift.example.com/1")
        simulator.put_order("B-2", "ON_ROUTE", services=[service], items=[SimulatedItem("Bread", 2)])
        snapshot = await client.fetch_order("B-2")
        assert isinstance(snapshot, OrderSnapshot)
        assert (snapshot.hostname, snapshot.order_id, snapshot.status) == ("demo-store", "B-2", "ON_ROUTE")
        assert snapshot.shipments[0].tracking_url == "https://swift.example.com/1"
        assert snapshot.items[0].name == "Bread"

    async def test_unknown_orders_and_those_of_other_accounts_are_both_not_found(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        simulator.put_order("X-9", hostname="another-store")
        assert await client.fetch_order("nowhere-1") == NotFound("nowhere-1")
        assert await client.fetch_order("X-9") == NotFound("X-9")
        assert tracking_statuses(simulator) == [400, 404]

    @pytest.mark.parametrize("order_id", ["a/b", "a?b#c", "100%25", ".", "..", "../token", "a b", "ö-1", "a+b&c", "#7"])
    async def test_any_id_arrives_unchanged(
        self, simulator: PickPackSimulator, client: PickPackClient, order_id: str
    ) -> None:
        simulator.put_order(order_id, "PACKING")
        snapshot = await client.fetch_order(order_id)
        assert isinstance(snapshot, OrderSnapshot)
        assert snapshot.order_id == order_id

    async def test_a_blank_id_is_not_found_without_a_call(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        assert await client.fetch_order(" ") == NotFound(" ")
        assert not simulator.calls

    async def test_the_account_is_read_from_the_token(self, make_client: MakeClient) -> None:
        hostnames: list[str] = []
        client = make_client(on_hostname=hostnames.append)
        assert client.hostname is None
        await client.fetch_order("A-1")
        assert client.hostname == "demo-store"
        assert hostnames == ["demo-store"]

    async def test_the_date_of_the_last_response_is_kept(self, client: PickPackClient) -> None:
        assert client.server_date is None
        await client.fetch_order("A-1")
        assert client.server_date is not None

    async def test_the_auth_scheme_precedes_the_token(
        self, simulator: PickPackSimulator, make_client: MakeClient
    ) -> None:
        simulator.auth_scheme = "Bearer"
        assert isinstance(await make_client(auth_scheme="Bearer").fetch_order("A-1"), OrderSnapshot)
        with pytest.raises(AuthenticationError):
            await make_client().fetch_order("A-1")


class TestErrors:
    @pytest.mark.parametrize(
        ("kind", "error"),
        [
            (PickPackFault.STATUS_500, UnreachableError),
            (PickPackFault.RESET, UnreachableError),
            (PickPackFault.HTML, UnreachableError),
            (PickPackFault.GATEWAY_403, UnreachableError),
            (PickPackFault.GATEWAY_404, UnreachableError),
            (PickPackFault.REDIRECT, UnreachableError),
            (PickPackFault.TOO_MANY, RateLimitError),
            (PickPackFault.CUT_JSON, MalformedResponseError),
            (PickPackFault.WRONG_TYPES, MalformedResponseError),
            (PickPackFault.HUGE, MalformedResponseError),
        ],
    )
    async def test_each_fault_has_its_error_and_the_next_call_works(
        self, simulator: PickPackSimulator, client: PickPackClient, kind: PickPackFault, error: type[PickPackError]
    ) -> None:
        simulator.faults.on(kind)
        with pytest.raises(error):
            await client.fetch_order("A-1")
        simulator.faults.off()
        assert isinstance(await client.fetch_order("A-1"), OrderSnapshot)

    @pytest.mark.parametrize(("kind", "seconds"), [(PickPackFault.HANG, 5.0), (PickPackFault.DRIP, 0.05)])
    async def test_a_slow_response_times_out(
        self, simulator: PickPackSimulator, make_client: MakeClient, kind: PickPackFault, seconds: float
    ) -> None:
        simulator.faults.on(kind, seconds=seconds)
        with pytest.raises(UnreachableError, match="in time"):
            await make_client(total_timeout=0.2).fetch_order("A-1")

    @pytest.mark.parametrize(
        ("kind", "answered"),
        [
            (PickPackFault.STATUS_500, True),
            (PickPackFault.HTML, True),
            (PickPackFault.DRIP, True),
            (PickPackFault.RESET, False),
            (PickPackFault.HANG, False),
        ],
    )
    async def test_what_was_answered_about_an_order_is_told_from_no_answer_at_all(
        self, simulator: PickPackSimulator, make_client: MakeClient, kind: PickPackFault, answered: bool
    ) -> None:
        simulator.faults.on(kind, seconds=5.0)
        with pytest.raises(UnreachableError) as raised:
            await make_client(total_timeout=0.3).fetch_order("A-1")
        assert raised.value.answered is answered

    async def test_a_token_endpoint_that_answers_badly_says_nothing_of_the_order(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        simulator.faults.on(PickPackFault.STATUS_500, endpoint=Endpoint.TOKEN)
        with pytest.raises(UnreachableError) as raised:
            await client.fetch_order("A-1")
        assert raised.value.answered is False

    async def test_nobody_listening_is_unreachable(self, make_client: MakeClient) -> None:
        with pytest.raises(UnreachableError, match="no connection"):
            await make_client(token_url="http://127.0.0.1:9/prod/token").fetch_order("A-1")

    async def test_only_the_beginning_of_a_huge_response_is_read(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        simulator.faults.on(PickPackFault.HUGE)
        with pytest.raises(MalformedResponseError, match="larger"):
            await client.fetch_order("A-1")
        assert simulator.faults.huge_bytes_sent < 20_000_000

    async def test_a_redirect_is_not_followed(self, simulator: PickPackSimulator, client: PickPackClient) -> None:
        simulator.faults.on(PickPackFault.REDIRECT, location=f"{simulator.tracking_url}/elsewhere")
        with pytest.raises(UnreachableError, match="302"):
            await client.fetch_order("A-1")
        assert tracking_statuses(simulator) == [302]

    @pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), (None, None), ("soon", None)])
    async def test_a_rate_limit_says_how_long(
        self, simulator: PickPackSimulator, client: PickPackClient, header: str | None, seconds: float | None
    ) -> None:
        simulator.faults.on(PickPackFault.TOO_MANY, retry_after=header)
        with pytest.raises(RateLimitError) as caught:
            await client.fetch_order("A-1")
        assert caught.value.retry_after == seconds

    async def test_one_malformed_order_leaves_the_others_readable(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        simulator.put_order("B-2")
        simulator.faults.on(PickPackFault.CUT_JSON, order_id="A-1")
        with pytest.raises(MalformedResponseError):
            await client.fetch_order("A-1")
        assert isinstance(await client.fetch_order("B-2"), OrderSnapshot)

    @pytest.mark.parametrize("endpoint", list(Endpoint))
    @pytest.mark.parametrize(
        "kind", [kind for kind in PickPackFault if kind not in (PickPackFault.HANG, PickPackFault.DRIP)]
    )
    async def test_no_error_shows_a_secret(
        self, simulator: PickPackSimulator, client: PickPackClient, kind: PickPackFault, endpoint: Endpoint
    ) -> None:
        await client.fetch_order("A-1")
        if endpoint is Endpoint.TOKEN:
            simulator.expire_tokens()
        simulator.faults.on(kind, endpoint=endpoint)
        try:
            await client.fetch_order("A-1")
        except PickPackError as error:
            shown = "".join(traceback.format_exception(error)) + attributes_of_chain(error)
            assert not any(secret in shown for secret in (simulator.api_key, *simulator.tokens))


def attributes_of_chain(error: BaseException | None) -> str:
    shown = ""
    while error is not None:
        shown += repr(error) + repr(vars(error))
        error = error.__context__
    return shown
