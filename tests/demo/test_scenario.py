"""Scenarios: what a file may say, and that a mistake in it is named with its step."""

from pathlib import Path

import pytest

from bot import demo
from bot.demo.scenario.loading import ScenarioError, load_scenario, parse_scenario
from bot.demo.scenario.steps import Expect, Put, Wait

PACKAGED_SCENARIOS = Path(demo.__file__).parent / "scenarios"
HEAD = 'title = "A test"\n'


def test_steps_are_read_in_order_and_shoppers_come_before_staff() -> None:
    scenario = parse_scenario(
        HEAD + 'staff = ["Sam"]\n[settings]\nSETTLE_SECONDS = 0\nTELL_LATE = true\n'
        '[[step]]\nput = {order = "A-1"}\n[[step]]\nsay = {chat = "Sam", text = "/check A-1"}\n'
        '[[step]]\nwait = 2\n[[step]]\nexpect = {chat = "Ana", contains = "A-1", within = 3}\n'
    )
    assert [type(step) for step in scenario.steps] == [Put, scenario.steps[1].__class__, Wait, Expect]
    assert list(scenario.chats) == ["Ana", "Sam"]
    assert scenario.settings == {
        "SETTLE_SECONDS": "0",
        "TELL_LATE": "true",
        "STAFF_IDS": str(scenario.chats["Sam"]),
    }


@pytest.mark.parametrize("path", sorted(PACKAGED_SCENARIOS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_packaged_scenario_can_be_read_and_expects_something(path: Path) -> None:
    scenario = load_scenario(path)
    assert any(isinstance(step, Expect) for step in scenario.steps)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= 1", "no TOML"),
        (HEAD, "step: field required"),
        (HEAD + "colour = 1\nstep = []", "'colour' is not known"),
        (HEAD + "[[step]]\nwait = 1\n[[step]]\nexpekt = {chat = 'A'}", "step 2: 'expekt' is not known; known are put"),
        (HEAD + "[[step]]\nexpect = {chat = 'A', contain = 'x'}", "step 1 (expect): 'contain' is not known"),
        (HEAD + "[[step]]\nwait = 'long'", "step 1 (wait): seconds"),
        (
            HEAD + "[[step]]\npress = {chat = 'A', button = 'Refresh'}",
            "no button does 'Refresh'; known are refresh, stop",
        ),
        (HEAD + "[[step]]\nwait = 1\nnote = 'two'", "step 1: it must be exactly one of"),
        (HEAD + "[[step]]\nput = {order = 'A', items = [{name = 'x', price = 1}]}", "'items.0.price' is not known"),
        (HEAD + "[[step]]\napi = {fault = 'flood'}", "step 1 (api): fault"),
    ],
)
def test_a_mistake_is_named_with_its_step(text: str, message: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        parse_scenario(text)
    assert message in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"absent\.toml can't be read"):
        load_scenario(tmp_path / "absent.toml")
