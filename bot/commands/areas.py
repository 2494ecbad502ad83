"""Areas: where help is organised, and by which name links call them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.commands import CannotError
from models import Area, AreaKind, Street
from models.coordinating import INVITATION
from models.person import Coordinator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

LARGEST_FIRST = (AreaKind.ZONE, AreaKind.MUNICIPALITY, AreaKind.NEIGHBOURHOOD)
SLUG = 32
NAME = 64
RESERVED = (INVITATION, "n-")  # so links begin that make a coordinator, or move somebody to another account


def slug_of(name: str) -> str:
    """`Sint-Jozefs wijk` → `sint-jozefs-wijk`, at most 32 characters; empty where the name has no letter or digit."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"a-{slug}"[:SLUG].rstrip("-") if slug.startswith(RESERVED) else slug[:SLUG].rstrip("-")


def find_area(session: Session, slug: str) -> Area:
    """The area with this slug. Raises CannotError, which lists what there is."""
    found = session.scalars(select(Area).where(Area.slug == slug)).first()
    if found is None:
        slugs = ", ".join(session.scalars(select(Area.slug).order_by(Area.slug))) or "none yet"
        raise CannotError(f"There is no area {slug!r}. There are: {slugs}.", 2)
    return found


def read_streets(file: Path) -> list[str]:
    """The street names in a text file, one a line, each once. Raises CannotError."""
    try:
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise CannotError(f"{file}: {error.strerror}.", 2) from None
    except UnicodeDecodeError:
        raise CannotError(f"{file} is not a text in UTF-8.", 2) from None
    names = dict.fromkeys(" ".join(line.split()) for line in text.splitlines())
    streets = [name for name in names if name and not name.startswith("#")]
    if longest := next((name for name in streets if len(name) > NAME), ""):
        raise CannotError(f"{file}: a street name has at most {NAME} letters, this is longer: {longest[:NAME]}…", 2)
    return streets


def add_area(
    session: Session, name: str, kind: AreaKind, parent: str | None, slug: str | None, streets: list[str]
) -> Area:
    """Add an area. Raises CannotError where it would not fit in."""
    name = " ".join(name.split())
    above = find_area(session, parent) if parent is not None else None
    if not name or len(name) > NAME:
        raise CannotError(f"A name has 1 to {NAME} letters.", 2)
    if above is not None and LARGEST_FIRST.index(above.kind) >= LARGEST_FIRST.index(kind):
        raise CannotError(f"A {kind} cannot be in the {above.kind} {above.name}.", 2)
    siblings = select(Area).where(Area.parent_id == (above.id if above else None), Area.kind == kind)
    if any(area.name.casefold() == name.casefold() for area in session.scalars(siblings)):
        raise CannotError(f"{name} is there already.", 2)
    area = Area(kind=kind, name=name, slug=_free_slug(session, name, above, slug), parent=above)
    area.streets = [Street(name=street) for street in streets]
    session.add(area)
    session.flush()
    return area


def _free_slug(session: Session, name: str, above: Area | None, wanted: str | None) -> str:
    """The wanted slug, or one made of the name, and of the one above where that is taken."""
    taken = set(session.scalars(select(Area.slug)))
    if wanted is not None:
        if wanted != slug_of(wanted) or not wanted:
            raise CannotError(f"A slug is made of a-z, 0-9 and -, at most {SLUG}, and does not begin with c- or n-.", 2)
        if wanted in taken:
            raise CannotError(f"The slug {wanted} is taken.", 2)
        return wanted
    candidates = [slug_of(name), *([slug_of(f"{above.slug}-{name}")] if above else [])]
    free = next((slug for slug in candidates if slug and slug not in taken), None)
    if free is None:
        raise CannotError(f"No short name could be made of {name}. Choose one: --slug …", 2)
    return free


def describe(session: Session, *areas: Area) -> Iterator[str]:
    """These areas, or all, as an indented list: name, slug, kind, streets, coordinators."""
    for area in areas or session.scalars(select(Area).where(Area.parent_id.is_(None)).order_by(Area.name)).all():
        yield from _describe(session, area, "")


def _describe(session: Session, area: Area, indent: str) -> Iterator[str]:
    coordinators = len(session.scalars(Coordinator.people_of(area)).all())
    facts = [area.kind.value, *_count(len(area.streets), "street"), *_count(coordinators, "coordinator")]
    yield f"{indent}{area.name} [{area.slug}]: {', '.join(facts)}"
    for child in area.children:
        yield from _describe(session, child, f"{indent}  ")


def _count(n: int, thing: str) -> list[str]:
    return [] if n == 0 else [f"1 {thing}"] if n == 1 else [f"{n} {thing}s"]


def without_coordinator(session: Session) -> dict[str, list[str]]:
    """Areas that have nobody who can be told, as slugs, by who hears of them instead: a slug, or empty for the log."""
    found: dict[str, list[str]] = {}
    for area in session.scalars(select(Area).order_by(Area.slug)):
        hears = next((level for level in area.and_above() if _can_be_told(session, level)), None)
        if hears is not area:
            found.setdefault(hears.slug if hears else "", []).append(area.slug)
    return found


def _can_be_told(session: Session, area: Area) -> bool:
    return any(person.can_be_told() for person in session.scalars(Coordinator.people_of(area)))
