"""`python -m bot demo`: a world with the real service in it, and a page for the browser, or a scenario to play."""

import asyncio
import errno
import os
import re
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from bot.demo.page.controller import Stage
from bot.demo.page.personas import SETTINGS
from bot.demo.page.server import PageServer
from bot.demo.scenario.loading import Scenario, WrongScenario, read
from bot.demo.scenario.player import Failed, Player
from bot.demo.scenario.transcript import Transcript
from bot.process.exit_codes import INTERRUPTED, WRONG_SETTINGS
from bot.simulators.service_process import ServiceError
from bot.simulators.world import SimulatedWorld

FAILED = 1
REAL_TOKEN = re.compile(r"[0-9]{6,}:[A-Za-z0-9_-]{30,}")
REFUSAL = (
    "BOT_TOKEN is set, and looks like the token of a real bot. The demo talks to simulators only and needs none:"
    " run it without, for example with `env -u BOT_TOKEN`."
)
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(*, port: int, speed: float, language: str, script: Path | None, words: Path | None = None) -> int:
    """Play the script, or open the page; the exit code. Ctrl-C ends quietly, and no child is left behind."""
    if REAL_TOKEN.fullmatch(os.environ.get("BOT_TOKEN", "").strip()):
        click.echo(REFUSAL, err=True)
        return WRONG_SETTINGS
    try:
        if script is None:
            opening = open_page(port=port, speed=speed, language=language, words=words and words.absolute())
            return asyncio.run(_until_interrupted(opening))
        return asyncio.run(_until_interrupted(perform(read(script), speed=speed, language=language)))
    except WrongScenario as wrong:
        click.echo(f"This scenario can't be played: {wrong}", err=True)
    except BrokenPipeError:
        raise  # whoever read along has gone: the command line knows what to do
    except OSError as error:
        click.echo(f"The demo can't start: {error}", err=True)
    return FAILED


async def open_page(*, port: int, speed: float, language: str, words: Path | None = None) -> int:
    """Serve the page until a signal; opens with one order that is followed and walks. 1 where it can't start."""
    own_words = {"LOCALES_OVERRIDE": words} if words else {}
    world = SimulatedWorld(cache_seconds=1.0)
    stage = Stage(world, language=language, speed=speed)
    page = PageServer(stage, words=words)
    try:
        await page.start(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        click.echo(f"Port {port} is in use. Choose another: python -m bot demo --port {port + 1}", err=True)
        return FAILED
    try:
        click.echo(f"Open {page.url} in a browser. Ctrl-C ends it.")
        await world.start(**SETTINGS, **own_words)
        if await stage.until_ready():
            stage.begin()
        else:
            click.echo(f"The service did not start.\n{world.service.log_tail()}", err=True)
        await asyncio.Event().wait()
    finally:
        await stage.close()
        await page.stop()
        await world.stop()
    return FAILED


async def perform(scenario: Scenario, *, speed: float, language: str) -> int:
    """Start a world, play the scenario in it, print the transcript and how it ended; 0 or 1."""
    transcript = Transcript(click.echo, {number: name for name, number in scenario.chats.items()})
    world = SimulatedWorld(cache_seconds=scenario.cache_seconds, enforce_limits=scenario.enforce_limits)
    player = Player(world, scenario, transcript, speed=speed, language=language)
    world.telegram.subscribe(transcript.hear)
    click.echo(f"{scenario.title}\nStarting the service and its two neighbours …")
    try:
        await world.start(**scenario.settings)
        click.echo(f"Ready after {await world.wait_until_ready():.1f} s.")
        transcript.begin()
        await player.play()
    except (Failed, ServiceError) as trouble:
        click.echo(f"\nFAILED: {trouble}")
        return FAILED
    finally:
        await world.stop()
    click.echo(f"\nOK: {_summary(world, scenario, player)}")
    return 0


def _summary(world: SimulatedWorld, scenario: Scenario, player: Player) -> str:
    shown = [message for number in scenario.chats.values() for message in world.telegram.bot_messages(number)]
    edits = sum(len(message.edits) for message in shown)
    webhooks = world.pickpack.webhooks
    lost = sum(webhook.lost for webhook in webhooks)
    questions = sum(call.order_id is not None for call in world.pickpack.calls)
    return (
        f"expectations met: {player.expectations}; messages: {len(shown)}, edited: {edits};"
        f" webhooks: {len(webhooks)}, lost: {lost}; questions to the API: {questions},"
        f" tokens: {len(world.pickpack.tokens)}"
    )


async def _until_interrupted(work: Coroutine[Any, Any, int]) -> int:
    """Do the work; a signal cancels it, so that it cleans up, and ends quietly."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in ENDINGS:
        loop.add_signal_handler(name, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return INTERRUPTED
