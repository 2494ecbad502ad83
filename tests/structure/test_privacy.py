"""`docs/privacy.md` says of everything that is stored about people what it is, who sees it and how long."""

import re
from pathlib import Path

from models import Base
from models.columns import Digest, Sealed, SealedJSON
from tests.structure.tree import read

PAGE = Path("docs/privacy.md")
LINE = re.compile(r"^\| `([a-z_.]+)` \|(.*)\|$", re.MULTILINE)


def lines(text: str) -> dict[str, list[str]]:
    """What the page says, by column or table; refuses a line that stands there twice."""
    found: dict[str, list[str]] = {}
    for name, cells in LINE.findall(text):
        assert name not in found, name
        found[name] = [each.strip() for each in cells.split("|")]
    return found


def stored() -> set[str]:
    """Each column that is sealed, and each table that points to a person."""
    tables = Base.metadata.sorted_tables
    sealed = {str(each) for table in tables for each in table.columns if isinstance(each.type, Sealed | SealedJSON)}
    digests = {str(each) for table in tables for each in table.columns if isinstance(each.type, Digest)}
    people = {table.name for table in tables if any(key.column.table.name == "person" for key in table.foreign_keys)}
    return sealed | digests | people


def test_everything_that_is_stored_about_people_has_a_line() -> None:
    assert {"person.phone", "letter.body", "person.telegram_key", "event"} <= stored()
    assert set(lines(read(PAGE))) == stored()


def test_each_line_says_what_it_is_who_sees_it_and_how_long() -> None:
    for name, cells in lines(read(PAGE)).items():
        assert len(cells) == 3, name
        assert all(cells), name


def test_a_column_without_a_line_would_be_noticed() -> None:
    without = "".join(line for line in read(PAGE).splitlines(keepends=True) if "`person.phone`" not in line)
    assert stored() - set(lines(without)) == {"person.phone"}
