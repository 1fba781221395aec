"""`python -m bot.demo.specimens LANGUAGE [FOLDER]`: print the transcript, with the texts in FOLDER before ours."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.demo.languages import unknown_language
from bot.demo.specimens.chapters import chapters
from bot.demo.specimens.conversation import Edition
from bot.demo.specimens.phone import printed, printed_differences
from bot.demo.specimens.turns import Chapter
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.files import parent_of


@click.command()
@click.argument("language", default="en")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--shopper", is_flag=True, help="Leave out what only the store's staff reads.")
@click.option(
    "--differing", is_flag=True, help="Of a region's language: only what differs from its parent, es of es-AR."
)
def main(language: str, folder: Path | None, *, shopper: bool, differing: bool) -> None:
    """Print all that the bot says in a language, in its place; texts in FOLDER go before ours."""
    if problem := unknown_language(language, folder):
        raise click.BadParameter(problem, param_hint="LANGUAGE")
    catalog = Catalog(override=folder)
    chosen = catalog.choose(language, None)
    parent = parent_of(chosen, [name for name, _ in catalog.available()]) if differing else None
    played = _played(catalog, chosen, shopper=shopper)
    if parent is None:
        lines = printed(played, language=chosen)
    else:
        of_parent = _played(catalog, parent, shopper=shopper)
        lines = printed_differences(played, language=chosen, parent=parent, of_parent=of_parent)
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _played(catalog: Catalog, language: str, *, shopper: bool) -> Iterator[Chapter]:
    return (one for one in chapters(Edition(catalog, language)) if not (shopper and one.for_staff))


if __name__ == "__main__":
    main()
