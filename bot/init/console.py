"""The terminal of the conversation: questions by click, or answers a line where there is no terminal."""

import sys

import click

ENDED = (
    "the answers ended at this question, so nothing was written. Run it in a terminal, or give it an answer a line"
    " on standard input"
)


class Console:
    """Asks and says. Ctrl-C and Ctrl-D raise click.Abort."""

    def say(self, text: str = "") -> None:
        """Print a line, or several."""
        click.echo(text)

    def ask(self, prompt: str, *, hidden: bool = False) -> str:
        """Return what is typed, without blanks around it; `hidden`: unseen. Raises ClickException at the end."""
        if sys.stdin is not None and sys.stdin.isatty():
            typed: str = click.prompt(prompt, default="", show_default=False, hide_input=hidden, prompt_suffix=" ")
            return typed.strip()
        click.echo(prompt)
        return self._line().strip()

    def agree(self, prompt: str, *, default: bool) -> bool:
        """Ask for yes or no."""
        while True:
            typed = self.ask(f"{prompt} {'[Y/n]' if default else '[y/N]'}").lower()
            if typed in ("", "y", "yes", "n", "no"):
                return typed[:1] == "y" if typed else default

    def _line(self) -> str:
        try:
            line = sys.stdin.readline() if sys.stdin is not None else ""
        except UnicodeDecodeError:
            raise click.ClickException("the answers on standard input are not UTF-8") from None
        if not line:
            raise click.ClickException(ENDED)
        return line
