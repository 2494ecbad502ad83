"""Lists that are longer than a screen: the page that is shown, and the buttons that turn over."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.i18n import N_
from bot.screen import Button, Row, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator

T = TypeVar("T")

PAGES = N_("Previous page"), N_("Next page")
TIMES = N_("Newer"), N_("Older")


def nearest(page: int, count: int, size: int) -> tuple[int, bool]:
    """The page that is there (from 0; an old button may name a later one), and whether one follows."""
    last = max(count - 1, 0) // size
    page = min(max(page, 0), last)
    return page, page < last


def page_of(found: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, bool]:
    """What stands on this page, which one it is, and whether one follows."""
    page, more = nearest(page, len(found), size)
    return found[page * size : (page + 1) * size], page, more


def turning(
    t: Translator,
    button: str,
    page: int,
    *,
    more: bool,
    before: Sequence[object] = (),
    after: Sequence[object] = (),
    words: tuple[str, str] = PAGES,
) -> tuple[Row, ...]:
    """One row that turns back and on, where there is a page; the button has words `before` and `after` the number."""
    back, on = words
    buttons = [Button(t(back), button, *before, page - 1, *after)] if page else []
    if more:
        buttons.append(Button(t(on), button, *before, page + 1, *after))
    return (row(*buttons),) if buttons else ()
