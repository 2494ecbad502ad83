"""What is written about privacy and security leads somewhere, and names commands that there are."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot.__main__ import app
from tests.structure.tree import python_files, read

PAGES = [Path("SECURITY.md"), *(Path("docs/privacy") / f"{name}.md" for name in ("README", "dpia", "attacker"))]
TAKEN = ("A phone", "A coordinator's account", "The database file", "A copy", "The server", "The token")


def anchor(title: str) -> str:
    """As it stands in an address."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", read(page))
    for link in links:
        file, _, part = link.partition("#")
        target = page.parent / file if file else page
        if target.name == "reliability.md":
            continue  # `make prove` writes it
        assert target.exists(), link
        titles = [anchor(title) for title in re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)]
        assert not part or part in titles, link


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_command_that_is_named_exists(page: Path) -> None:
    known = set(getattr(get_command(app), "commands"))  # noqa: B009  # a group has them
    named = set(re.findall(r"`buren ([a-z-]+)", read(page)))
    assert named <= known, named - known


def test_each_thing_that_can_be_taken_says_what_to_do_at_once() -> None:
    page = read(Path("docs/privacy/attacker.md"))
    for thing in TAKEN:
        section = page.partition(f"\n## {thing}\n")[2].partition("\n## ")[0]
        assert "**At once:**" in section, thing
        assert f"](#{anchor(thing)})" in page, thing


def test_the_draft_says_what_is_left_to_the_centre() -> None:
    assert read(Path("docs/privacy/dpia.md")).count("**[fill in") > 15


def test_the_history_is_opened_where_it_may_be_and_nowhere_else() -> None:
    """Retention lets it go, and a relinked account is one history with the old one: docs/decisions/0013."""
    opened = {str(path) for path in python_files("bot", "handlers", "models") if "history_open(" in read(path)}
    assert opened == {"models/guard.py", "handlers/clock/cleaning.py", "models/relink.py"}
