"""Run `python -m bot demo`: the real service in a simulated world, with a page for the browser or with a scenario."""

import asyncio
import errno
import os
import re
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from bot.demo.languages import unknown_language
from bot.demo.page.controller import DemoController
from bot.demo.page.personas import SETTINGS
from bot.demo.page.server import PageServer
from bot.demo.scenario.loading import Scenario, ScenarioError, load_scenario
from bot.demo.scenario.player import Player, StepFailedError
from bot.demo.scenario.transcript import Transcript
from bot.process.command_name import command_name
from bot.process.exit_codes import INTERRUPTED, INVALID_SETTINGS
from bot.simulators.service_process import ServiceError
from bot.simulators.world import SimulatedWorld

FAILED = 1
REAL_TOKEN = re.compile(r"[0-9]{6,}:[A-Za-z0-9_-]{30,}")
REFUSAL = (
    "BOT_TOKEN is set, and looks like the token of a real bot. The demo talks to simulators only and needs none:"
    " run it without, for example with `env -u BOT_TOKEN`."
)
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(*, port: int, speed: float, language: str, script: Path | None, words: Path | None = None) -> int:
    """Play the script or open the page, and return the exit code. Ctrl-C ends it quietly, together with the service."""
    if REAL_TOKEN.fullmatch(os.environ.get("BOT_TOKEN", "").strip()):
        click.echo(REFUSAL, err=True)
        return INVALID_SETTINGS
    if problem := unknown_language(language, words):
        raise click.BadParameter(problem, param_hint="--language")
    try:
        if script is None:
            opening = open_page(port=port, speed=speed, language=language, words=words and words.absolute())
            return asyncio.run(_until_interrupted(opening))
        return asyncio.run(_until_interrupted(play(load_scenario(script), speed=speed, language=language)))
    except ScenarioError as error:
        click.echo(f"This scenario can't be played: {error}", err=True)
    except BrokenPipeError:
        raise  # nobody reads the output any more: the command line handles that
    except OSError as error:
        click.echo(f"The demo can't start: {error}", err=True)
    return FAILED


async def open_page(*, port: int, speed: float, language: str, words: Path | None = None) -> int:
    """Serve the page, with one order that is followed and moves, until a signal. Return 1 if it can't start."""
    own_words = {"LOCALES_OVERRIDE": words} if words else {}
    world = SimulatedWorld(cache_seconds=1.0)
    controller = DemoController(world, language=language, speed=speed)
    page = PageServer(controller, words=words)
    try:
        await page.start(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        click.echo(f"Port {port} is in use. Choose another: {command_name()} demo --port {port + 1}", err=True)
        return FAILED
    try:
        click.echo(f"Open {page.url} in a browser. Ctrl-C ends it.")
        await world.start(**SETTINGS, **own_words)
        if await controller.wait_until_ready():
            controller.begin()
        else:
            click.echo(f"The service did not start.\n{world.service.log_tail()}", err=True)
        await asyncio.Event().wait()
    finally:
        await controller.close()
        await page.stop()
        await world.stop()
    return FAILED


async def play(scenario: Scenario, *, speed: float, language: str) -> int:
    """Start a world, play the scenario in it, and print the transcript and the result; return 0 or 1."""
    transcript = Transcript(click.echo, {number: name for name, number in scenario.chats.items()})
    world = SimulatedWorld(cache_seconds=scenario.cache_seconds, enforce_limits=scenario.enforce_limits)
    player = Player(world, scenario, transcript, speed=speed, language=language)
    world.telegram.subscribe(transcript.on_event)
    click.echo(f"{scenario.title}\nStarting the service and its two neighbours …")
    try:
        await world.start(**scenario.settings)
        click.echo(f"Ready after {await world.wait_until_ready():.1f} s.")
        transcript.start_clock()
        await player.play()
    except (StepFailedError, ServiceError) as error:
        click.echo(f"\nFAILED: {error}")
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
    api_calls = sum(call.order_id is not None for call in world.pickpack.calls)
    return (
        f"expectations met: {player.expectations}; messages: {len(shown)}, edited: {edits};"
        f" webhooks: {len(webhooks)}, lost: {lost}; questions to the API: {api_calls},"
        f" tokens: {len(world.pickpack.tokens)}"
    )


async def _until_interrupted(work: Coroutine[Any, Any, int]) -> int:
    """Run until done; a signal cancels the work, which then cleans up and ends quietly."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for stop_signal in STOP_SIGNALS:
        loop.add_signal_handler(stop_signal, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return INTERRUPTED
