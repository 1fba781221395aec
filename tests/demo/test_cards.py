"""The demo's page draws cards as Telegram's apps do: coloured buttons, quotes to open, times that go on, edits.

With ONROUTE_SCREENSHOTS_TO=FOLDER it takes pictures of them, to be looked at.
"""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.demo.browser import CHROMIUM, LAPTOP, PHONE, chromium
from tests.demo.stage import Stage, staged

PICTURES = os.environ.get("ONROUTE_SCREENSHOTS_TO")
PATIENCE = 10_000
LEAST_CONTRAST = 4.5

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here (Debian: apt-get install chromium)")

TRACK = {"text": "Track package", "url": "https://track.example.com/1", "style": "primary"}
SEE = {"text": "See the order", "web_app": {"url": "https://shop.example.com/o/1001"}}
MORE = {"text": "More", "callback_data": "more"}
COPY = {"text": "Copy number", "copy_text": {"text": "1509750516095-01"}}
GOOD = {"text": "All good", "callback_data": "good", "style": "success"}
STOP = {"text": "Stop following", "callback_data": "stop", "style": "danger"}
BACK = {"text": "Back", "callback_data": "back"}
LINES = ["10:31 AM  Left the store", "10:24 AM  Courier confirmed", "10:20 AM  Packed", "9:58 AM  Items being gathered"]
FOLD = "⏳ Order <code>1509750516095-01</code>: registered 9:41 AM, packed 10:20 AM. Newer message below."


def card(state: str = "🚚 <b>On its way</b>", *, lines: int = 4, updated: float | None = None) -> str:
    """Write a card with so many lines of history."""
    unix = int(time.time() - 125 if updated is None else updated)
    return (
        f"{state} · Order <code>1509750516095-01</code>\nSwift Couriers collected it at Corner Shop.\n"
        f"Step 4 of 5. Next: delivered.\n<blockquote expandable>{chr(10).join(LINES[:lines])}</blockquote>\n"
        f'Updated <tg-time unix="{unix}" format="r">10:31 AM</tg-time>'
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path) as stage:
        yield stage


class Phone:
    """The page as somebody has it open, and what the browser complains about."""

    def __init__(self, browser: Browser, stage: Stage, size: ViewportSize = PHONE, **how: Any) -> None:
        context = browser.new_context(viewport=size, locale="en-US", timezone_id="America/Lima", **how)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(stage.server.url)

    def message(self, number: int) -> Locator:
        return self.page.locator(f'#messages article[data-id="{number}"]')


def colours_of(button: Locator) -> tuple[str, float]:
    """Return a button's background, and the contrast of its text on it."""
    background, text = button.evaluate("one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]")
    lighter, darker = sorted((_luminance(background), _luminance(text)), reverse=True)
    return background, (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_buttons_have_telegrams_colours(stage: Stage, browser: Browser, scheme: str, size: ViewportSize) -> None:
    number = stage.send(card(), [TRACK], [GOOD, STOP], [MORE])
    phone = Phone(browser, stage, size, color_scheme=scheme)
    keys = phone.message(number).locator(".keys button")
    expect(keys).to_have_count(4)
    shown = [colours_of(key) for key in keys.all()]
    assert len({background for background, _ in shown}) == 4, "two look alike"
    assert min(contrast for _, contrast in shown[:3]) >= LEAST_CONTRAST
    assert phone.complaints == []


def test_buttons_say_what_they_do(stage: Stage, browser: Browser) -> None:
    number = stage.send(card(), [TRACK], [SEE, COPY, MORE])
    phone = Phone(browser, stage)
    track, see, copy, more = phone.message(number).locator(".keys button").all()
    marks = [key.locator(".mark").all_inner_texts() for key in (track, see, copy, more)]
    assert len({str(mark) for mark in marks}) == 4
    assert marks[3] == []
    expect(see).to_have_attribute("title", "Opens https://shop.example.com/o/1001 inside Telegram")
    see.click()
    expect(phone.page.locator("#toast")).to_have_text(
        "Telegram would open https://shop.example.com/o/1001 inside the app"
    )
    track.click()
    expect(phone.page.locator("#toast")).to_have_text("Telegram would open https://track.example.com/1")
    assert phone.complaints == []


def test_what_one_person_is_told_for_a_moment_nobody_else_sees(stage: Stage, browser: Browser) -> None:
    number = stage.send(card(), [MORE])
    phone = Phone(browser, stage)
    toast = phone.page.locator("#toast")
    for own in (False, True):
        people = phone.page.locator("#people button")
        people.nth(0 if own else 1).click()
        press = stage.press(number, "more")
        stage.call("answerCallbackQuery", callback_query_id=press, text="Pressed")
        stage.send(f"sent after it {own}")  # the page has drawn what came before
        if own:
            expect(toast).to_have_text("Pressed")
        else:
            people.nth(0).click()
            expect(phone.page.locator("#messages")).to_contain_text("sent after it False")
            expect(toast).to_be_hidden()
    assert phone.complaints == []


def test_an_edit_that_changes_nothing_is_no_fault(stage: Stage, browser: Browser) -> None:
    number = stage.send("the same", [MORE])
    phone = Phone(browser, stage)
    with pytest.raises(HTTPError):
        stage.edit(number, "the same", [MORE])
    expect(phone.page.locator("#call-list li", has_text="editMessageText")).to_contain_text("it shows that already")
    expect(phone.page.locator("#call-list li.bad")).to_have_count(0)
    stage.call("deleteMessage", message_id=number)
    expect(phone.page.locator("#messages article")).to_have_count(0)


def test_a_quote_shows_three_lines_until_it_is_pressed(stage: Stage, browser: Browser) -> None:
    number, short = stage.send(card(), [MORE]), stage.send(card(lines=3))
    phone = Phone(browser, stage)
    quote = phone.message(number).locator("blockquote")
    lines, button = quote.locator(".lines"), quote.get_by_role("button", name="The whole quote")
    expect(button).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(phone.message(short).get_by_role("button", name="The whole quote")).to_be_hidden()
    closed = lines.evaluate("one => one.clientHeight")
    assert closed == phone.message(short).locator(".lines").evaluate("one => one.clientHeight")

    quote.click(position={"x": 40, "y": 12})
    expect(button).to_have_attribute("aria-expanded", "true")
    assert lines.evaluate("one => one.clientHeight") > closed
    button.focus()
    phone.page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")

    # what somebody reads stays open
    button.press("Enter")
    stage.edit(number, card("✅ <b>Delivered</b>"), [MORE])
    expect(phone.message(number)).to_contain_text("Delivered")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    assert phone.complaints == []


def test_relative_times_go_on_and_are_not_read_aloud(stage: Stage, browser: Browser) -> None:
    phone = Phone(browser, stage)
    phone.page.clock.install(time=time.time())
    phone.page.reload()
    now = phone.page.evaluate("Date.now() / 1000")
    number = stage.send(card(updated=now))
    shown = phone.message(number).locator("time")
    expect(shown).to_have_text("now")
    expect(shown).to_have_attribute("aria-live", "off")
    for forward, text in (("01:01", "1 minute ago"), ("01:00", "2 minutes ago"), ("02:00:00", "2 hours ago")):
        phone.page.clock.fast_forward(forward)
        expect(shown).to_have_text(text)
    assert phone.complaints == []


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("t", "10:31 AM"),
        ("T", "10:31:05 AM"),
        ("d", "Sep 21"),
        ("D", "September 21, 2026"),
        ("wdt", "Mon, Sep 21, 10:31 AM"),
        ("", "the time as it was written"),
    ],
)
def test_times_are_shown_as_asked_in_the_readers_zone(stage: Stage, browser: Browser, form: str, shown: str) -> None:
    number = stage.send(f'At <tg-time unix="1790004665" format="{form}">the time as it was written</tg-time>')
    phone = Phone(browser, stage)
    expect(phone.message(number).locator(".text")).to_have_text(re.compile(f"^At {shown}$".replace(" AM", r"\sAM")))


def test_an_edit_flashes_and_keeps_its_place_and_time(stage: Stage, browser: Browser) -> None:
    number, last = stage.send(card(), [MORE]), stage.send("📝 A note", reply_to=1)
    phone = Phone(browser, stage, reduced_motion="no-preference")
    first = phone.message(number)
    expect(first).to_be_visible()
    sent = first.locator(".sent").inner_text()
    expect(first).not_to_have_class(re.compile("flash"))

    stage.edit(number, card("✅ <b>Delivered</b>"), [MORE])
    expect(first).to_have_class(re.compile("flash"))
    expect(first.locator(".meta")).to_contain_text("edited")
    assert first.locator(".sent").inner_text() == sent
    order = phone.page.locator("#messages article").evaluate_all("all => all.map(one => one.dataset.id)")
    assert order == [str(number), str(last)]
    # what is drawn anew for another reason doesn't flash
    phone.page.get_by_role("button", name="Bruno").click()
    phone.page.get_by_role("button", name="Ana").click()
    expect(first).not_to_have_class(re.compile("flash"))
    assert phone.complaints == []


def test_an_edit_keeps_the_focus_and_what_is_read_in_place(stage: Stage, browser: Browser) -> None:
    numbers = [stage.send(card(f"{n} <b>Card</b>"), [TRACK], [SEE, MORE]) for n in range(6)]
    phone = Phone(browser, stage)
    read = phone.message(numbers[2])
    more = read.get_by_role("button", name="More")
    more.scroll_into_view_if_needed()
    more.focus()
    phone.page.locator("#messages").evaluate("one => { one.scrollTop -= 20; }")
    before = read.bounding_box()

    stage.edit(numbers[0], "One line", [MORE])
    stage.edit(numbers[2], card("✅ <b>Delivered</b>"), [TRACK], [SEE, MORE])
    expect(read).to_contain_text("Delivered")
    expect(phone.message(numbers[0])).to_contain_text("One line")
    expect(more).to_be_focused()
    after = read.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) <= 1

    # another keyboard: the focus stays at its place, or at the next one
    stage.edit_keyboard(numbers[2], [COPY], [STOP, BACK])
    expect(read.get_by_role("button", name="Back")).to_be_focused()
    stage.edit_keyboard(numbers[2], [BACK])
    expect(read.get_by_role("button", name="Back")).to_be_focused()
    stage.edit(numbers[2], FOLD)
    expect(read).to_contain_text("Newer message below")
    expect(phone.page.locator("#messages")).to_be_focused()
    assert phone.complaints == []


def test_a_card_that_was_followed_is_one_small_line(stage: Stage, browser: Browser) -> None:
    number = stage.send(card(), [TRACK], [SEE, MORE])
    short = stage.send("A line of its own")
    stage.edit(number, FOLD)
    phone = Phone(browser, stage, LAPTOP)
    expect(phone.message(number)).to_have_class(re.compile("folded"))
    expect(phone.message(number).locator("button")).to_have_count(0)
    expect(phone.message(short)).not_to_have_class(re.compile("folded"))
    sizes = [
        phone.message(one).locator(".text").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        for one in (number, short)
    ]
    assert sizes[0] < sizes[1]


def test_each_message_of_the_bot_says_whether_it_rang(stage: Stage, browser: Browser) -> None:
    loud, silent = stage.send("Hi"), stage.send("Ho", silent=True)
    stage.edit(silent, "Hello", [MORE])
    phone = Phone(browser, stage)
    phone.page.locator("#text").fill("1234")
    phone.page.locator("#text").press("Enter")
    expect(phone.message(loud).locator(".meta .sound")).to_be_visible()
    expect(phone.message(silent).locator(".meta .silent")).to_be_visible()
    expect(phone.message(silent).locator(".meta .sound")).to_have_count(0)
    said = phone.page.locator("#messages article.from-person")
    expect(said).to_have_count(1)
    expect(said.locator(".sound, .silent")).to_have_count(0)


def test_what_the_bot_says_is_read_aloud_politely(stage: Stage, browser: Browser) -> None:
    phone = Phone(browser, stage)
    expect(phone.page.get_by_role("log", name="Messages")).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_cards_fit_the_screen(stage: Stage, browser: Browser, scheme: str, size: ViewportSize) -> None:
    folded = stage.send(card("⏳ <b>Packed</b>"), [SEE, MORE], silent=True)
    number = stage.send(card(), [TRACK], [SEE, MORE])
    stage.edit(folded, FOLD)
    stage.send("📝 A note from the store: the bell doesn’t work.", reply_to=number)
    last = stage.send(card("✅ <b>Delivered</b>", lines=2), [GOOD, STOP], [COPY, SEE, MORE])
    phone = Phone(browser, stage, size, color_scheme=scheme)
    expect(phone.message(last)).to_be_visible()
    for wide in ("document.documentElement", "document.querySelector('#messages')"):
        assert phone.page.evaluate(f"{wide}.scrollWidth <= {wide}.clientWidth")
    if PICTURES:
        phone.page.screenshot(path=Path(PICTURES) / f"cards-{scheme}-{size['width']}.png")
    assert phone.complaints == []
