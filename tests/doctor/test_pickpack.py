"""Pick and Pack: the key, the account, the tracking URL, one order."""

import pytest

from tests.doctor.harness import DoctorHarness


async def test_a_wrong_key_is_reported(doctor: DoctorHarness) -> None:
    found = await doctor.look(PICKPACK_API_KEY="another-key")
    assert found["pick and pack"].result == "fail"
    assert "refuses PICKPACK_API_KEY" in found["pick and pack"].says
    assert "make a new key" in found["pick and pack"].remedy
    assert found["tracking"].says == found["account"].says == "not checked, because the key is refused"


async def test_an_unreachable_api_is_reported(doctor: DoctorHarness) -> None:
    await doctor.pickpack.stop()
    found = await doctor.look()
    assert (found["pick and pack"].result, found["pick and pack"].says) == (
        "fail",
        "no token from 127.0.0.1: no connection",
    )
    assert "firewall" in found["pick and pack"].remedy
    assert found["account"].says == "not checked, because no token came"


async def test_the_key_of_another_account_is_reported(doctor: DoctorHarness) -> None:
    found = (await doctor.look(PICKPACK_HOSTNAME="other-store"))["account"]
    assert found.result == "fail"
    assert "belongs to demo-store, but PICKPACK_HOSTNAME is other-store" in found.says
    assert (await doctor.look(PICKPACK_HOSTNAME="DEMO-store"))["account"].result == "ok"


async def test_a_tracking_url_that_serves_no_orders_is_reported(doctor: DoctorHarness) -> None:
    found = (await doctor.look(PICKPACK_TRACKING_URL=doctor.pickpack.token_url))["tracking"]
    assert (found.result, "PICKPACK_TRACKING_URL" in found.remedy) == ("fail", True)


async def test_a_rejected_token_is_reported(doctor: DoctorHarness) -> None:
    doctor.pickpack.auth_scheme = "Bearer"
    found = (await doctor.look())["tracking"]
    assert (found.result, "PICKPACK_AUTH_SCHEME=Bearer" in found.remedy) == ("fail", True)


async def test_an_unknown_order_is_reported(doctor: DoctorHarness) -> None:
    found = (await doctor.look(order="B-2"))["order"]
    assert (found.result, "B-2 is not known" in found.says) == ("fail", True)


@pytest.mark.parametrize(
    ("setting", "check"), [("PICKPACK_TRACKING_URL", "tracking"), ("PICKPACK_TOKEN_URL", "pick and pack")]
)
async def test_a_server_without_this_path_is_no_fault_of_the_network(
    doctor: DoctorHarness, setting: str, check: str
) -> None:
    found = (await doctor.look(**{setting: f"{doctor.environ[setting]}/not/here"}))[check]
    assert found.result == "fail"
    assert "answers, but not at this path" in found.says
    assert f"compare {setting}" in found.remedy
    assert "network" not in found.remedy
