"""From which cause the demo's page counts how long a message took."""

import pytest

from bot.demo.page.calls import Causes

ANA, SAM = 1001, 9001
SHOWN = "Order A-1 – a note from the store: We packed &amp; sealed it"


@pytest.fixture
def causes() -> Causes:
    """Ana asks for her order at 10, and the store moves it at 20."""
    made = Causes()
    made.add_chat_input(ANA, 10.0)
    made.add_order_change("A-1", 20.0)
    return made


def test_a_step_is_counted_from_the_change_of_its_order(causes: Causes) -> None:
    causes.add_chat_input(SAM, 25.0)
    assert causes.seconds_since(ANA, "Order A-1 is being packed", 30.0) == 10.0


def test_a_note_of_staff_is_counted_from_the_press_that_sends_it(causes: Causes) -> None:
    causes.add_staff_command("/tell A-1 We packed & sealed it", 40.0)
    causes.add_chat_input(ANA, 45.0)
    causes.add_staff_press(50.0)
    assert causes.seconds_since(ANA, SHOWN, 51.5) == 1.5


def test_a_press_of_staff_without_a_note_is_no_cause_elsewhere(causes: Causes) -> None:
    causes.add_staff_press(50.0)
    assert causes.seconds_since(ANA, "Order A-1 is being packed", 51.0) == 31.0


def test_what_staff_have_told_again_is_counted_from_their_command(causes: Causes) -> None:
    causes.add_staff_command("/resend A-1", 60.0)
    assert causes.seconds_since(ANA, "Order A-1 is being packed", 61.0) == 1.0
