"""Words that say that help is needed at home, and in which street: "bij haar thuis in de Kerkstraat 5"."""

from __future__ import annotations

import re

_AT_HOME = re.compile(
    r"""
    ((gewoon|het\s+is|dat\s+is|c'est|das\s+ist|it\s+is|it's)\s+)*
    (?P<home> bij\s+(haar|hem|mij|me|ons|hen)(\s+thuis)? | (thuis|ten\s+huize)(\s+bij\s+(haar|hem|mij|me|ons|hen))?
    | in\s+(haar|zijn|mijn|hun)\s+huis
    | chez\s+(elle|lui|moi|nous|eux)(\s+[àa]\s+la\s+maison)? | [àa]\s+la\s+maison | [àa]\s+(son\s+|mon\s+)?domicile
    | dans\s+(sa|ma|leur)\s+maison
    | bei\s+(ihr|ihm|mir|uns|ihnen)(\s+(zu\s?hause|daheim))? | (zu\s?hause|daheim)(\s+bei\s+(ihr|ihm|mir|uns))?
    | in\s+(ihrem|seinem|meinem)\s+haus
    | (at\s+)?((her|his|my|their)\s+(home|house|place)|home)
    )
    ((,\s*|\s+)((in|op|aan|dans|à|a|au|an|auf|on|at)\s+((de|het|den|la|le|der|dem|the)\s+|l')?
      |(?<=[\s,])(?-i:(?=[A-ZÀ-Ý\d]))|(?<=,\s)|(?<=,))
      (?!(?:maar|en|of|mais|et|ou|aber|und|oder|but|and|or)\b)(?P<address>\S.*?))?[\s.!]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AT = {"bij": "bij haar", "chez": "chez elle", "bei": "bei ihr"}  # and a name
_MINE = frozenset({"mij", "me", "mijn", "ons", "moi", "nous", "ma", "mon", "mir", "uns", "meinem", "my"})
_THEIRS = frozenset({
    "haar", "hem", "hen", "zijn", "hun", "elle", "lui", "eux", "sa", "son", "leur", "ihr", "ihm", "ihnen", "ihrem",
    "seinem", "her", "his", "their",
})  # fmt: skip


def at_home(typed: str, name: str | None) -> re.Match[str] | None:
    """What says that it is in the home of who is helped: of `name`, or of who types; `address` where it says where."""
    if name:
        whose = re.compile(rf"\b({'|'.join(_AT)})\s+{re.escape(name)}(?!\w)", re.IGNORECASE)
        typed = whose.sub(lambda found: _AT[found[1].casefold()], typed)
    home = _AT_HOME.fullmatch(typed)
    if home is None:
        return None
    said = {*home["home"].casefold().split()}
    return None if said & (_MINE if name else _THEIRS) else home
