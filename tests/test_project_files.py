"""What the project's files say of each other: versions, bounds, pins, CI."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import bot
from scripts import lowest_versions

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DEPENDENCIES: list[str] = PYPROJECT["project"]["dependencies"]
GROUPS: dict[str, list[str]] = PYPROJECT["dependency-groups"]
NOT_IMPORTED = {"tzdata"}  # zoneinfo reads it where the system has no time zones
OF_A_PEER = {"telegram": "python-telegram-bot"}  # modules of packages that are not installed here
OURS = {"benchmarks", "bot", "scripts", "tests"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: Iterable[str]) -> set[str]:
    return {normal(re.split(r"[<>=]", one)[0]) for one in requirements}


def imported(folder: str) -> set[str]:
    """The distributions that a folder's modules import themselves."""
    trees = [ast.parse(file.read_text()) for file in (ROOT / folder).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    tops = {name.partition(".")[0] for name in whole | parts} - sys.stdlib_module_names - OURS
    installed = packages_distributions()
    return {normal(name) for top in tops for name in installed.get(top, [OF_A_PEER.get(top, top)])}  # fluent has two


def pins(file: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / file).read_text(), re.MULTILINE))


def order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


# ── packages ─────────────────────────────────────────────────────────────────


def test_the_bot_declares_what_it_imports_and_nothing_else() -> None:
    assert imported("bot") == names(DEPENDENCIES) - NOT_IMPORTED


def test_tests_and_programs_declare_what_they_import() -> None:
    peers = (ROOT / "benchmarks" / "peers" / "requirements.in").read_text().splitlines()
    measured_against = names(line for line in peers if not line.startswith("#"))  # in an environment of its own
    declared = names([*DEPENDENCIES, *GROUPS["test"], *GROUPS["browser"]]) | measured_against
    assert imported("tests") | imported("scripts") | imported("benchmarks") <= declared


def test_each_declared_package_is_pinned_within_its_bounds() -> None:
    for file, requirements in (("requirements.txt", DEPENDENCIES), ("requirements-dev.txt", GROUPS["test"])):
        pinned = {normal(name): version for name, version in pins(file).items()}
        for requirement in requirements:
            name, lowest = lowest_versions.pinned(requirement).split("==")
            assert order(pinned[normal(name)]) >= order(lowest)


def test_tests_run_on_the_versions_that_the_bot_runs_on() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", "requirements-audit.txt"])
def test_pins_name_no_index(file: str) -> None:
    assert re.findall(r"://|^\s*--(?!hash)", (ROOT / file).read_text(), re.MULTILINE) == []


@pytest.mark.parametrize("requirement", ["aiogram", "aiogram==3", "aiogram>3", "aiogram<4"])
def test_a_package_without_a_lower_bound_is_refused(requirement: str) -> None:
    with pytest.raises(ValueError, match="no lower bound"):
        lowest_versions.pinned(requirement)


# ── version ──────────────────────────────────────────────────────────────────


def test_the_changelog_has_the_version_as_its_newest_release() -> None:
    releases = re.findall(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert releases[0] == bot.__version__


def test_a_checkout_that_is_not_installed_knows_its_version() -> None:
    command = [sys.executable, "-m", "bot", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"{bot.__version__}\n"


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(("ends_with", "code", "complains"), [(0, 0, False), (130, 0, False), (1, 2, True)])
def test_a_demo_that_is_ended_is_no_failure_of_make(tmp_path: Path, ends_with: int, code: int, complains: bool) -> None:
    """130 is Ctrl-C."""
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text(f"#!/bin/sh\nexit {ends_with}\n")
    python.chmod(0o700)
    (tmp_path / "run.stamp").touch()
    done = subprocess.run(
        ["make", "demo", f"VENV={tmp_path}"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "***" in done.stderr) == (code, complains)


# ── CI ───────────────────────────────────────────────────────────────────────


def test_the_workflow_runs_what_ci_is_and_pins_each_action_by_its_commit() -> None:
    workflow = (ROOT / ".github" / "workflows" / "test.yaml").read_text()
    assert re.findall(r"- run: (.*)", workflow) == [".ci/run", "make lowest"]
    uses = re.findall(r"uses: (.*)", workflow)
    assert uses
    assert [one for one in uses if re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+", one) is None] == []


def test_every_file_of_the_languages_is_packaged() -> None:
    patterns = [one for some in PYPROJECT["tool"]["setuptools"]["data-files"].values() for one in some]
    packaged = {path for pattern in patterns for path in ROOT.glob(pattern)}
    assert {path for path in (ROOT / "locales").rglob("*") if path.is_file()} == packaged


# ── documents ────────────────────────────────────────────────────────────────


def prose(document: Path) -> str:
    return re.sub(r"^```.*?^```", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """The anchors that GitHub gives to a document's headings."""
    titles = re.findall(r"^#+ (.*)", prose(document), re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title) for title in titles]
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in plain}


@pytest.mark.parametrize("document", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/*.md")]))
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    links = [one for one in re.findall(r"\]\(([^)\s]+)\)", prose(document)) if not re.match(r"[a-z]+:", one)]
    for path, _, anchor in (link.partition("#") for link in links):
        target = document.parent / path if path else document
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"
