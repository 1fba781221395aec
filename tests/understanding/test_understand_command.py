"""`python -m bot understand` in a process of its own: what it prints, and what it does with nonsense."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.understanding.command import hints
from tests.test_command_line import ROOT, environment, run_bot

ORDER = "1509750516095-01"


def understand(
    said: str | bytes, *arguments: str, folder: Path = ROOT, **settings: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "understand", *arguments],
        input=said if isinstance(said, bytes) else said.encode(),
        cwd=folder, env=environment(**settings), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    output, errors = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in output + errors
    return subprocess.CompletedProcess(done.args, done.returncode, output, errors)


def answer(said: str | bytes, *arguments: str, folder: Path = ROOT, **settings: str) -> dict[str, Any]:
    done = understand(said, "--json", *arguments, folder=folder, **settings)
    assert done.returncode == 0, done.stderr
    answered: dict[str, Any] = json.loads(done.stdout)
    return answered


def test_json_says_numbers_guesses_intent_and_why() -> None:
    answered = answer(f"hi, where is {ORDER}?", "--language", "en")
    assert (answered["numbers"], answered["guesses"], answered["intent"]) == ([ORDER], [], "where_is_it")
    assert all(isinstance(reason, str) for reason in answered["why"])


def test_without_json_a_person_reads_a_few_lines() -> None:
    done = understand("quiero cancelar mi pedido", "--language", "es")
    assert done.returncode == 0
    assert "cancel" in done.stdout.split()
    assert 2 <= len(done.stdout.splitlines()) <= 6


def test_the_language_is_that_of_the_settings_if_none_is_named(tmp_path: Path) -> None:
    assert answer("vale", folder=tmp_path, DEFAULT_LOCALE="es")["intent"] == "thanks"


def test_lines_are_answered_in_order_each_by_its_id() -> None:
    texts = {"a": ("en", "stop messaging me"), "b": ("pt-BR", "cadê meu pedido"), "c": ("es", "muchas gracias")}
    lines = "".join(
        json.dumps({"id": i, "language": spoken, "text": said}) + "\n" for i, (spoken, said) in texts.items()
    )
    done = understand(lines, "--lines")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["intent"]) for one in answers] == [
        ("a", "stop_messages"), ("b", "where_is_it"), ("c", "thanks"),
    ]  # fmt: skip


def test_an_address_behind_words_counts() -> None:
    entity = {"type": "text_link", "offset": 0, "length": 4, "url": f"https://shop.example/account#/orders/{ORDER}"}
    done = understand(json.dumps({"id": 1, "text": "here", "language": "en", "entities": [entity]}), "--lines")
    assert json.loads(done.stdout)["numbers"] == [ORDER]


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"[]", b"3", b"null", b'"text"', b"\xff\xfe", b"{}", b'{"text": 5}', b'{"text": "hi", "language": 5}',
        b'{"text": "hi", "entities": 5}', b"[" * 20_000,
    ],
)  # fmt: skip
def test_a_bad_line_is_answered_by_what_is_wrong_and_the_next_one_as_ever(line: bytes) -> None:
    done = understand(line + b'\n{"id": 2, "text": "hello", "language": "en"}\n', "--lines")
    bad, good = map(json.loads, done.stdout.splitlines())
    assert bad["error"]
    assert (good["id"], good["intent"]) == (2, "greeting")


def test_a_bad_field_is_answered_with_the_lines_own_id() -> None:
    done = understand('{"id": "x7", "text": null}', "--lines")
    assert json.loads(done.stdout)["id"] == "x7"


@pytest.mark.parametrize("said", [b"", b"\n\n", "💥".encode() * 3000, b"1" * 5000, rb'"\ud800"'])
def test_whatever_stands_on_standard_input_is_answered(said: bytes) -> None:
    assert answer(said)["intent"]


def test_half_a_sign_in_json_is_no_trouble() -> None:
    done = understand(rb'{"text": "hello \ud83d there", "language": "en", "id": "\ud83d"}', "--lines")
    assert json.loads(done.stdout)["intent"] == "greeting"


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    lines = '{"text": "hello", "language": "en"}\n' * 4000
    command = f"{sys.executable} -m bot understand --lines | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], input=lines, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


def test_examples_of_the_store_count(tmp_path: Path) -> None:
    own = tmp_path / "words" / "es"
    own.mkdir(parents=True)
    (own / "intents.txt").write_text("[where_is_it]\nqué hubo de la vaina\n", encoding="utf-8")
    answered = answer("que hubo de la vaina?", "--language", "es", LOCALES_OVERRIDE=str(tmp_path / "words"))
    assert answered["intent"] == "where_is_it"
    assert any("qué hubo de la vaina" in reason for reason in answered["why"])


def test_no_part_of_telegram_is_loaded() -> None:
    code = (
        "import sys; from bot.understanding.command import answers; from bot.understanding.reading import load_reader; "
        "list(answers([b'{\"text\": \"hi\"}'], load_reader(), 'en')); print('aiogram' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "False"


def test_mistakes_in_the_stores_examples_are_named_by_the_check_of_the_words(tmp_path: Path) -> None:
    own = tmp_path / "words" / "es"
    own.mkdir(parents=True)
    examples = own / "intents.txt"
    examples.write_text("[thanks]\nva\n", encoding="utf-8")
    settings = {"LOCALES_OVERRIDE": str(tmp_path / "words")}
    assert run_bot(ROOT, "locales", **settings).returncode == 0  # a folder may hold nothing but examples
    examples.write_text("[tanks]\nva\n", encoding="utf-8")
    checked = run_bot(ROOT, "locales", **settings)
    assert (checked.returncode, f"{examples}:1:" in checked.stdout) == (1, True)


@pytest.mark.parametrize("arguments", [(), ("--json",), ("--lines",)])
def test_a_language_that_is_not_learnt_is_warned_of_apart_from_the_answer(arguments: tuple[str, ...]) -> None:
    said = json.dumps({"text": "hola"}) if "--lines" in arguments else "hola"
    done = understand(said, "--language", "xx", *arguments)
    assert done.returncode == 0
    assert "'xx'" in done.stderr
    assert all(language in done.stderr for language in ("en", "es", "pt-BR"))
    assert "'xx'" not in done.stdout
    assert understand(said, "--language", "es", *arguments).stderr == ""


@pytest.mark.parametrize("said", ["¿dónde está?".encode("latin-1"), b"\xff\xfe\x00", b"hola \xc3"])
def test_a_text_that_is_not_utf_8_is_said_to_be_so(said: bytes) -> None:
    done = understand(said, "--language", "es")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "not UTF-8" in done.stderr


def test_whoever_types_is_told_how_to_end() -> None:
    assert any("Ctrl-D" in hint for hint in hints("en", is_typed=True))
    assert [*hints("en", is_typed=False)] == []
