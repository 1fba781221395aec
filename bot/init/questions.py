"""Ask for one setting: with what is known of it, until the answer can be used, or is left out."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.init.answers import SECRETS, Answers, shown
from bot.init.console import Console
from bot.settings import EXAMPLES
from bot.settings.written import strip

LEAVE_OUT = "-"


def as_it_is(text: str) -> str:
    """Take what was typed."""
    return text


def nothing(_text: str) -> str:
    """Say nothing about it."""
    return ""


def no_others(_text: str) -> list[str]:
    """Suggest nothing."""
    return []


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the setting `name`.

    `guess`: offered where nothing is set. `normalise` mends what people write; `suggest` lists what they may mean.
    `trial` returns what is wrong with a usable text, for example that Telegram refuses it; `remark` is said after it.
    """

    name: str
    title: str
    explanation: str = ""
    guess: str = ""
    is_required: bool = False
    normalise: Callable[[str], str] = as_it_is
    suggest: Callable[[str], list[str]] = no_others
    trial: Callable[[str], str] = nothing
    remark: Callable[[str], str] = nothing


def ask(question: Question, answers: Answers, console: Console) -> None:
    """Put the question and keep the answer. What the environment sets is tried, and not asked."""
    name = question.name
    console.say(f"\n{question.title}")
    if name in answers.fixed:
        _say_fixed(question, answers, console)
        return
    if question.explanation:
        console.say(question.explanation)
    default, others = _default(question, answers, console), list[str]()
    while True:
        typed = strip(console.ask(_prompt(question, default), hidden=name in SECRETS))
        if typed == LEAVE_OUT and not question.is_required:
            answers.given[name] = None
            return
        if not typed and not default and not question.is_required:
            return
        text = _meant(typed, others, question) if typed else default
        problem = answers.problem(name, text) if text else "is needed"
        if problem:
            others = question.suggest(text)
            _say_problem(name, problem, others, console)
            continue
        if typed and name in SECRETS:
            console.say(f"  {shown(name, text)}")
        if refused := question.trial(text):
            console.say(f"  {refused}")
            default = ""
            continue
        if remark := question.remark(text):
            console.say(f"  {remark}")
        answers.given[name] = text
        return


def _say_fixed(question: Question, answers: Answers, console: Console) -> None:
    name, text = question.name, answers.fixed[question.name]
    problem = answers.problem(name, text)
    value = "" if problem else f": {shown(name, text)}"  # what is wrong may be a secret in this setting's place
    console.say(f"  {name} is set in the environment, which goes before .env, so it is not asked{value}")
    said = f"it {problem}" if problem else question.trial(text)
    if said:
        console.say(f"  {said} Mend it there.")


def _default(question: Question, answers: Answers, console: Console) -> str:
    kept = answers.text(question.name)
    problem = answers.problem(question.name, kept) if kept else ""
    if problem:
        console.say(f"  What .env has for {question.name} can't be used: it {problem}.")
        kept = ""
    return kept or question.guess


def _prompt(question: Question, default: str) -> str:
    if default:
        return f"{question.name} [{shown(question.name, default)}]:"
    return f"{question.name}:" if question.is_required else f"{question.name} (Enter leaves it out):"


def _meant(typed: str, others: list[str], question: Question) -> str:
    """Return what was typed, mended; of suggestions the one whose number it is."""
    if others and typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(others):
        return others[int(typed) - 1]
    return question.normalise(typed)


def _say_problem(name: str, problem: str, others: list[str], console: Console) -> None:
    if others:
        console.say("  That may be one of these; a number chooses it:")
    else:
        example = "" if name in SECRETS else f" Example: {EXAMPLES[name]}"
        console.say(f"  That can't be used: it {problem}.{example}")
    for number, other in enumerate(others, start=1):
        console.say(f"    {number}  {other}")
