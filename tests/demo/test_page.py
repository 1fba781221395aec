"""The demo's page in a real browser, as somebody who sees the bot for the first time uses it.

With ONROUTE_SCREENSHOTS=1 it takes the pictures of the README too, of a bot that says words.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect

from tests.demo.browser import CHROMIUM, LAPTOP, PHONE, chromium
from tests.key_catalog import OPENS, PARTS, key_folder
from tests.time_limits import killed_after

PICTURES = Path(__file__).parents[2] / "docs" / "images"
WITH_PICTURES = os.environ.get("ONROUTE_SCREENSHOTS") == "1"
START_MILLISECONDS, PATIENCE = 60_000, 20_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here (Debian: apt-get install chromium)")


@dataclass
class Demo:
    """A running demo, and what the browser has complained about or asked elsewhere."""

    url: str
    process: subprocess.Popen[str]
    complaints: list[str] = field(default_factory=list)

    def open(self, browser: Browser, size: ViewportSize, **how: object) -> Page:
        page = browser.new_context(viewport=size, locale="en-US", timezone_id="America/Lima", **how).new_page()  # type: ignore[arg-type]  # passed on as given
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._look_at)
        page.goto(self.url)
        return page

    def _look_at(self, request: Request) -> None:
        if not request.url.startswith(self.url):
            self.complaints.append(f"asked {request.url}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Its bot says keys: what it says is no concern of the page's."""
    with running_demo(tmp_path_factory.mktemp("temporary"), "--words", str(key_folder())) as demo:
        yield demo


@contextmanager
def running_demo(folder: Path, *arguments: str) -> Iterator[Demo]:
    """`python -m bot demo`, which leaves nothing behind in its temporary folder."""
    environment = {name: value for name, value in os.environ.items() if name != "BOT_TOKEN"} | {"TMPDIR": str(folder)}
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with killed_after(process, START_MILLISECONDS / 1000):
            found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found is not None
        demo = Demo(found[0], process)
        yield demo
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert list(folder.iterdir()) == [], "something was left behind"


def about(key: str, number: str) -> re.Pattern[str]:
    """Match a message with this key about this order."""
    return re.compile(f"{OPENS}{key}{PARTS}.*order={number}")


def test_somebody_sees_the_bot_for_the_first_time(demo: Demo, browser: Browser) -> None:
    page = demo.open(browser, LAPTOP)
    expect(page.locator("#phase")).to_contain_text("Starting")

    # without a click: the first message, then the courier's button
    expect(page.locator("#phase")).to_have_text("The bot is up", timeout=START_MILLISECONDS)
    up = time.monotonic()
    expect(page.locator("#messages article.from-bot").first).to_contain_text("1509750516095-01")
    assert time.monotonic() - up < 3
    courier = page.locator("#messages .link", has_text="⟦button-track⟧")
    expect(courier).to_be_visible(timeout=START_MILLISECONDS)
    expect(page.locator("#messages time").first).to_be_visible()
    expect(page.locator("#call-list li.bad")).to_have_count(0)
    expect(page.locator("#call-list .after", has_text="s after its cause").first).to_be_visible()

    # a typed number is followed, by the keyboard alone
    page.get_by_role("button", name="New order").click()
    expect(page.locator(".order")).to_have_count(2)
    number = page.locator(".order h3").first.inner_text()
    page.locator("#text").focus()
    page.keyboard.type(f"where is {number}?")
    page.keyboard.press("Enter")
    newest = page.locator("#messages article.from-bot").last
    expect(newest).to_contain_text(number)

    # a step is told
    page.locator(".order", has_text=number).get_by_role("button", name="Next:").click()
    expect(newest).to_contain_text(f"{OPENS}state-ready-for-picking{PARTS}")

    # a button is pressed
    newest.get_by_role("button", name="⟦button-more⟧").click()
    newest.get_by_role("button", name="⟦button-stop⟧").click()
    expect(page.locator("#toast")).to_contain_text("⟦toast-stopped⟧")
    folded = page.locator("#messages article.folded", has_text=number)
    expect(folded).to_contain_text(about("fold", number))

    # a language is switched: the person's own choice
    page.get_by_role("button", name="Menu").click()
    page.locator("#commands button", has_text="/language").click()
    page.keyboard.press("Enter")
    expect(newest).to_contain_text("⟦language-choose⟧")
    newest.get_by_role("button", name="⟦es:language-name⟧").click()
    expect(newest).to_contain_text("⟦es:language-changed⟧")
    assert demo.complaints == []


def test_faults_are_switched_on_and_off(demo: Demo, browser: Browser) -> None:
    page = demo.open(browser, LAPTOP)
    expect(page.locator("#phase")).to_have_text("The bot is up", timeout=START_MILLISECONDS)
    page.get_by_role("button", name="Bruno").click()
    before = page.locator(".order").count()
    page.get_by_role("button", name="New order").click()
    expect(page.locator(".order")).to_have_count(before + 1)
    order = page.locator(".order", has_text=page.locator(".order h3").first.inner_text())
    order.get_by_role("button", name="Send its number").click()
    newest = page.locator("#messages article.from-bot").last
    expect(newest).to_contain_text("⟦pt-BR:state-ready-for-handling¦")

    for name in page.locator("#switches label").all_inner_texts():
        switch = page.get_by_role("switch", name=name)
        switch.check()
        expect(switch).to_be_checked()
    order.get_by_role("button", name="Next:").click()
    expect(page.locator("#call-list li.bad", has_text="lost on purpose").first).to_be_visible()
    for name in page.locator("#switches label").all_inner_texts():
        switch = page.get_by_role("switch", name=name)
        switch.uncheck()
        expect(switch).not_to_be_checked()

    page.get_by_role("button", name="kill -9").click()
    expect(page.locator("#phase")).to_have_text("The bot is down")
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("#phase")).to_have_text("The bot is up", timeout=START_MILLISECONDS)
    order.get_by_role("combobox").select_option("CANCELED")
    page.get_by_role("button", name="Unblock").or_(page.get_by_role("button", name="Block", exact=True)).focus()
    page.locator("#text").fill("/orders")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#messages article.from-bot", has_text="⟦pt-BR:state-canceled").first).to_be_visible(
        timeout=40_000
    )
    assert demo.complaints == []


def test_a_bot_that_ends_by_itself_is_said_to_and_can_be_started_again(demo: Demo, browser: Browser) -> None:
    page = demo.open(browser, LAPTOP)
    expect(page.locator("#phase")).to_have_text("The bot is up", timeout=START_MILLISECONDS)
    main = demo.process.pid
    for child in Path(f"/proc/{main}/task/{main}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)
    expect(page.locator("#phase")).to_have_text("The bot has ended by itself: press Start again")
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("#phase")).to_have_text("The bot is up", timeout=START_MILLISECONDS)
    assert demo.complaints == []


def test_staff_see_the_raw_truth(demo: Demo, browser: Browser) -> None:
    page = demo.open(browser, LAPTOP)
    expect(page.locator("#phase")).to_have_text("The bot is up", timeout=START_MILLISECONDS)
    page.get_by_role("button", name="Sam").click()
    page.locator("#text").fill("/check 1509750516095-01")
    page.keyboard.press("Enter")
    expect(page.locator("#messages article.from-bot").last).to_contain_text("⟦check-state¦")
    assert demo.complaints == []


def test_what_asks_for_a_reply_is_replied_to(demo: Demo, browser: Browser) -> None:
    page = demo.open(browser, LAPTOP)
    expect(page.locator("#phase")).to_have_text("The bot is up", timeout=START_MILLISECONDS)
    page.get_by_role("button", name="Sam").click()
    number = "1509750516095-01"  # Ana follows it
    page.locator("#text").fill("/help")
    page.keyboard.press("Enter")
    newest, replying = page.locator("#messages article.from-bot").last, page.locator("#replying")
    expect(newest).to_contain_text("⟦panel⟧")
    expect(replying).to_be_hidden()
    search = newest.get_by_role("button", name="⟦button-panel-search⟧")

    # the reply opens by itself; both ways to send a number use it
    search.click()
    expect(replying).to_contain_text("Replying to: ⟦panel-search⟧")
    page.locator("#text").fill(number)
    page.keyboard.press("Enter")
    expect(newest).to_contain_text("⟦check-heading¦")
    expect(replying).to_be_hidden()

    # one that was left opens no more by itself, and is chosen again at its message
    panel = page.locator("#messages article.from-bot", has_text="⟦panel⟧").last
    panel.get_by_role("button", name="⟦button-panel-write⟧").click()
    expect(replying).to_contain_text("⟦panel-write⟧")
    replying.get_by_role("button").click()
    expect(replying).to_be_hidden()
    page.get_by_role("button", name="Ana").click()
    page.get_by_role("button", name="Sam").click()
    expect(replying).to_be_hidden()
    newest.get_by_role("button", name="Reply to this message").click()
    page.locator("#text").fill(f"{number} We are late")
    page.keyboard.press("Enter")
    expect(newest).to_contain_text("⟦tell-confirm¦")
    expect(replying).to_be_hidden()
    assert demo.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_each_part_fits_the_screen(demo: Demo, browser: Browser, scheme: str) -> None:
    page = demo.open(browser, PHONE, color_scheme=scheme)
    expect(page.locator("#messages article.from-bot").first).to_be_visible(timeout=START_MILLISECONDS)
    for part in ("Store", "Calls", "Phone"):
        page.locator("#tabs").get_by_role("button", name=part).click()
        expect(page.locator(f"#{part.lower()}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert demo.complaints == []


def test_every_message_is_shown_in_every_language(demo: Demo, browser: Browser) -> None:
    page = demo.open(browser, LAPTOP)
    page.get_by_role("link", name="Words").click()
    rows, state = page.locator("#words tbody tr"), page.locator("#state")
    expect(state).to_be_visible()
    expect(rows.first).to_be_visible(timeout=180_000)  # thousands of messages are rendered for it
    assert rows.count() > 1000
    expect(page.locator("#words .missing")).to_have_count(0)
    expect(page.locator("#words thead")).to_contain_text("⟦pt-BR:language-name⟧")
    page.get_by_role("searchbox").fill("⟦pt-BR:state-on-route")
    expect(page.locator("#words tbody tr:visible").first).to_contain_text("⟦state-on-route¦")
    assert page.locator("#words tbody tr:visible").count() < rows.count()
    expect(state).to_be_hidden()
    page.get_by_role("searchbox").fill("in no message at all")
    expect(state).to_be_visible()
    assert demo.complaints == []


@pytest.mark.skipif(not WITH_PICTURES, reason="asked for by ONROUTE_SCREENSHOTS=1")
def test_the_pictures_of_the_readme_are_taken(browser: Browser, tmp_path: Path) -> None:
    PICTURES.mkdir(exist_ok=True)
    with running_demo(tmp_path) as demo:
        page = demo.open(browser, LAPTOP)
        expect(page.locator("#messages .link")).to_be_visible(timeout=START_MILLISECONDS)
        page.screenshot(path=PICTURES / "demo.png")
        page = demo.open(browser, PHONE, color_scheme="light")
        expect(page.locator("#messages article.from-bot").first).to_be_visible(timeout=START_MILLISECONDS)
        page.screenshot(path=PICTURES / "demo-phone.png")
        assert demo.complaints == []
