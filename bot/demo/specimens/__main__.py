"""`python -m bot.demo.specimens LANGUAGE [FOLDER]`: print the transcript, with the texts in FOLDER before ours."""

import sys
from pathlib import Path

import click

from bot.demo.languages import unknown_language
from bot.demo.specimens.chapters import chapters
from bot.demo.specimens.conversation import Edition
from bot.demo.specimens.phone import printed
from bot.words.fluent.catalog import Catalog


@click.command()
@click.argument("language", default="en")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--shopper", is_flag=True, help="Leave out what only the store's staff reads.")
def main(language: str, folder: Path | None, *, shopper: bool) -> None:
    """Print all that the bot says in a language, in its place; texts in FOLDER go before ours."""
    if problem := unknown_language(language, folder):
        raise click.BadParameter(problem, param_hint="LANGUAGE")
    catalog = Catalog(override=folder)
    edition = Edition(catalog, catalog.choose(language, None))
    wanted = (one for one in chapters(edition) if not (shopper and one.for_staff))
    for line in printed(wanted, language=edition.language):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
