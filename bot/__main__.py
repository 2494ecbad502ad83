"""The command line: `buren`, or `python -m bot`. A command imports what it needs, so that the others need not wait."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands import CannotError, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

Kind = Literal["zone", "municipality", "neighbourhood"]  # as models.AreaKind, which takes a second to load
SETTINGS = "Settings are environment variables, or stand in a file .env: see README.md."

app = typer.Typer(
    help=f"Buren voor mekaar: neighbours help each other. {SETTINGS}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
area = typer.Typer(help="Where help is organised.", no_args_is_help=True)
invite = typer.Typer(help="Links that give somebody a role.", no_args_is_help=True)
app.add_typer(area, name="area")
app.add_typer(invite, name="invite")
letters = typer.Typer(help="Letters that Telegram refused or perhaps did not deliver.")
app.add_typer(letters, name="letters")

Number = Annotated[int, typer.Argument(help="As `buren letters` shows it.")]
MaybeNumber = Annotated[int | None, typer.Argument(help="As `buren letters` shows it.")]
All = Annotated[bool, typer.Option("--all", help="All of them.")]


def say(line: str) -> None:
    """One line for whoever typed the command, at once."""
    typer.echo(line)


@app.command()
def run() -> None:
    """Answer people, until Ctrl-C or SIGTERM."""
    chosen = settings()
    from bot.commands.storage import check_sound, opened

    check_sound(chosen)
    with opened(chosen):
        pass  # a wrong key, another revision: said at once, and before anything is taken from Telegram
    from bot.commands import running

    running.run(chosen, say)


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the browser finds it.")] = 8080,
    data: Annotated[Path, typer.Option(help="The folder in which everything stays.")] = Path("demo-data"),
) -> None:
    """Play with the bot in a browser: no Telegram, no token."""
    from bot.commands.demo import demo as play

    play(data, port, say)


@app.command()
def key(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|rotate]",
            help="Write one there, for your eyes only, never over another. `rotate`: seal everything with a new one.",
        ),
    ] = None,
) -> None:
    """Make a key that seals personal data; or replace the one in BUREN_KEY_FILE."""
    from bot.sealing import new_key

    if file is None:
        say(new_key())
        return
    if str(file) == "rotate":
        _rotate_key()
        return
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(f"{new_key()}\n")
    except FileExistsError:
        raise CannotError(f"{file} is there already. Without that key its database cannot be read: it stays.") from None
    except OSError as error:
        raise CannotError(f"{file}: {error.strerror}.") from None
    say(f"Made {file}. Keep a copy of it away from the database: lost key, lost data.")


def _rotate_key() -> None:
    chosen = settings()
    from bot.commands import keys
    from bot.commands.asking import time_of

    for line in keys.rotate(chosen, time_of(chosen)):
        say(line)


@app.command()
def migrate(
    *,
    without_backup: Annotated[bool, typer.Option("--without-backup", help="Make no copy first.")] = False,
) -> None:
    """Make the database, or bring it to this version after a checked copy. Stop the bot first."""
    chosen = settings()
    from bot.commands import storage

    storage.migrate(chosen.database_url, chosen.key_ring(), datetime.now(UTC), say, without_backup=without_backup)


@area.command("add")
def add(
    name: str,
    kind: Annotated[Kind, typer.Option(help="How large it is.")] = "neighbourhood",
    parent: Annotated[str | None, typer.Option(metavar="SLUG", help="The area that it is in.")] = None,
    streets: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Its street names, one a line, in UTF-8.")
    ] = None,
    slug: Annotated[str | None, typer.Option(help="Its short name in links; else made of the name.")] = None,
) -> None:
    """Add a municipality, a neighbourhood in it, or a care zone above it."""
    chosen = settings()
    from bot.commands import areas, storage
    from models import AreaKind

    names = areas.read_streets(streets) if streets is not None else []
    with storage.session_of(chosen) as session:
        added = areas.add_area(session, name, AreaKind(kind), parent, slug, names)
        line = next(areas.describe(session, added))
    say(f"Added {line}")


@area.command("list")
def list_() -> None:
    """Show all areas, with their slugs."""
    chosen = settings()
    from bot.commands import areas, storage

    with storage.session_of(chosen) as session:
        lines = list(areas.describe(session))
    for line in lines or ["There is no area yet. Begin with: buren area add NAME --kind municipality"]:
        say(line)


@invite.command("coordinator")
def coordinator(
    area: Annotated[str, typer.Option(metavar="SLUG", help="The area to answer for: `buren area list` shows them.")],
) -> None:
    """Print a link that makes whoever taps it a coordinator: once, within 24 hours."""
    chosen = settings()
    from bot.commands.inviting import invite_coordinator

    say(invite_coordinator(chosen, area))


@letters.callback(invoke_without_command=True)
def list_letters(context: typer.Context) -> None:
    """Letters that Telegram refused or perhaps did not deliver; never what is in them."""
    if context.invoked_subcommand is None:
        from bot.commands import letters as post

        _tell(lambda session, now: [post.describe(letter, now) for letter in post.dead(session)] or [post.NONE])


@letters.command("show")
def show_letter(
    number: Number,
    *,
    content: Annotated[bool, typer.Option("--content", help="Also what is in it; that is written down.")] = False,
) -> None:
    """Show one of them."""
    from bot.commands import letters as post

    _tell(lambda session, now: post.show(session, number, now, content=content))


@letters.command("replay")
def replay_letters(number: MaybeNumber = None, *, all_: All = False) -> None:
    """Send one, or all of them, again."""
    from bot.commands import letters as post

    _tell(lambda session, now: post.replay(session, post.chosen(session, number, all_=all_), now))


@letters.command("drop")
def drop_letters(number: MaybeNumber = None, *, all_: All = False) -> None:
    """Never send one, or all of them; their content goes."""
    from bot.commands import letters as post

    _tell(lambda session, now: post.drop(session, post.chosen(session, number, all_=all_), now))


@app.command()
def backup(
    folder: Annotated[Path | None, typer.Argument(help="Where to; else BUREN_BACKUP_DIR.")] = None,
) -> None:
    """Copy the database while the bot runs, check the copy, and throw old ones away."""
    chosen = settings()
    from bot.commands import backups
    from bot.commands.asking import time_of

    for line in backups.make(chosen, folder, time_of(chosen)):
        say(line)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `buren backup` or `buren migrate` made.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a copy in the place of the database; nothing in it is sent before `buren release`."""
    chosen = settings()
    from bot.commands import backups
    from bot.commands.asking import time_of

    def ask(words: str) -> None:
        if not yes:
            typer.confirm(words, abort=True)

    for line in backups.restore(chosen, file, time_of(chosen), ask):
        say(line)


@app.command()
def release(
    *, drop: Annotated[bool, typer.Option("--drop", help="Throw the letters away that wait in it.")] = False
) -> None:
    """Let the bot work after a restore: what waits in it is sent, as far as it still makes sense."""
    from bot.commands import backups

    _tell(lambda session, now: backups.release(session, now, drop=drop))


@app.command()
def relink(
    person: Annotated[str, typer.Argument(help="Their number, or their first name as the bot knows it.")],
) -> None:
    """Print a link that moves somebody to the Telegram account that opens it, where theirs is lost: once, in a day."""
    chosen = settings()
    from bot.commands import relinking

    for line in relinking.relink(chosen, person):
        say(line)


@app.command()
def coordinators() -> None:
    """Show who coordinates which area."""
    from bot.commands import revoking

    _tell(lambda session, _now: revoking.describe(session))


@app.command()
def revoke(
    person: Annotated[str, typer.Argument(help="Their number, as `buren coordinators` shows it, or their first name.")],
    area: Annotated[str | None, typer.Option(metavar="SLUG", help="Of this area only; else of all.")] = None,
) -> None:
    """Let somebody not be a coordinator any more, at once: a lost telephone, a quarrel. The others are told."""
    chosen = settings()
    from bot.commands import revoking

    for line in revoking.revoke(chosen, person, area):
        say(line)


@app.command("forget-pin")
def forget_pin(
    person: Annotated[str, typer.Argument(help="Their number, as `buren coordinators` shows it, or their first name.")],
) -> None:
    """Take the PIN of a coordinator away who forgot it: they choose another one."""
    chosen = settings()
    from bot.commands import revoking

    for line in revoking.forget_pin(chosen, person):
        say(line)


@app.command()
def doctor() -> None:
    """Look at everything that must be right, and say what to do where it is not."""
    from bot.commands import doctor as looking

    sys.exit(looking.examine(say))


def _tell(work: Callable[[Session, datetime], Iterable[str]]) -> None:
    """Say what `work` says, once its transaction in the database has committed."""
    chosen = settings()
    from bot.commands import storage
    from bot.commands.asking import time_of

    now = time_of(chosen)
    with storage.session_of(chosen) as session:
        lines = list(work(session, now))
    for line in lines:
        say(line)


def main(words: Sequence[str] | None = None) -> None:
    """Run a command; what cannot be done is one line on the error stream, and an exit code."""
    try:
        app(words)
    except CannotError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.code)


if __name__ == "__main__":
    main()
