"""What the bot begins by itself can be read in another language: a button carries what shows it anew.

Nothing is stored for it, neither the words nor who reads which language. `docs/decisions/0010` says why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import N_, languages, own_name
from bot.screen import SEPARATOR, Button, Screen, pairs, row, spoken
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.i18n import Translator
    from bot.routing import Router
    from bot.turn import Turn

NAMED = 3  # languages on one button


_TAKEN_AWAY = N_("This message was taken away: it is no longer needed.")


def taken_away(t: Translator) -> Screen:
    """What stays of a message that is nobody's business any more."""
    return Screen(t(_TAKEN_AWAY)).retold("taken_away").as_trace()


def account_left(t: Translator, phone: str) -> Screen:
    """What the account reads that somebody wrote from until now: perhaps it is not they who wanted that."""
    told = [t("Your chat goes on in another Telegram account.")]
    if phone:
        told.append(t("Did you not want that? Please call {phone}.", phone=phone))
    return Screen(" ".join(told)).retold("account_left")


def in_other_languages(screen: Screen, t: Translator, router: Router) -> Screen:
    """With a button below that shows the same in another language; as it is, where nothing could show it again."""
    words = _words(screen, router)
    if not words:
        return screen
    others = [own_name(language) for language in languages() if language != t.language]
    names = " · ".join([*others[:NAMED], *(["…"] if others[NAMED:] else [])])
    return screen.with_rows(row(Button(names, "other", t.language, *words)))


def shown_in(keys: Iterable[Sequence[str]]) -> str:
    """The language of a message with these buttons (`[label, data]`); empty: none of them says it."""
    for _, data in keys:
        speaks, plainly = spoken(data)
        words = plainly.split(SEPARATOR)
        if speaks or words[1:2] == ["other"]:
            return speaks or words[2]
    return ""


def in_that_language(turn: Turn, screen: Screen) -> Screen | None:
    """`screen` as who acts in `turn` reads it, in its language; its buttons go on in it.

    `None`: nothing could show it again, or they may not see it.
    """
    words = _words(screen, turn.router)
    try:
        told = anew(turn, words) if words else None
    except Refused:
        return None
    if told is None:
        return None
    told = replace(told, card=screen.card, about=screen.about, trace=screen.trace, speaks=turn.t.language)
    return in_other_languages(told, turn.t, turn.router)


def with_all_languages(screen: Screen, t: Translator, words: Sequence[str]) -> Screen:
    """With a button for each of the others."""
    others = [language for language in languages() if language != t.language]
    return screen.with_rows(*pairs(*(Button(own_name(each), "say_in", each, *words) for each in others)))


def anew(turn: Turn, words: Sequence[str]) -> Screen | None:
    """What `words` stand for, as it is true now for the person who acts, in the language of the turn.

    `None`: the message is too old to be read. Raises `Refused` where they may not see it (any more).
    """
    name, *key = words
    route = turn.router.renderers.get(name)
    if route is None:
        raise Refused(Reason.NOT_FOUND)
    return route.handler(turn, *route.arguments(key))


def _words(screen: Screen, router: Router) -> tuple[str, ...]:
    if screen.again or screen.card not in router.renderers:
        return screen.again
    return screen.card, screen.about.partition(":")[2]
