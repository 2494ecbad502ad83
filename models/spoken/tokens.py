"""Text cut into words, numbers and the few signs that matter between numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# "25ste", "1er", "3rd": the ending stands at the number. Accents may be signs of their own, behind their letter.
_TOKEN = re.compile(
    r"(?P<ordinal>\d{1,2}(?:ste|de|e|er|[eè]re|[eè]me|th|st|nd|rd)(?![^\W_]))"
    r"|(?P<number>\d+)|(?P<word>(?:[^\W\d_][\u0300-\u036f]*)+)|(?P<sign>[:./,&-])|(?P<dash>[–—])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Token:
    """`text` is folded: lower case without accents. `kind` is `word`, `number`, `ordinal` or `sign`."""

    kind: str
    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, without accents: `Après` → `apres`, `Übermorgen` → `ubermorgen`, `ß` → `ss`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def tokens(text: str) -> list[Token]:
    """The tokens of `text`. Other signs only separate; so does the dot behind a word, which is `dec.` or its end."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        folded = "-" if kind == "dash" else fold(match[0])
        kind = "sign" if kind == "dash" else kind
        after_word = bool(found) and found[-1].kind == "word"
        if (
            kind == "sign"
            and folded in ".-:"
            and after_word
            and not (folded == "-" and text[match.end() :][:1].isdigit())
        ):
            continue
        found.append(Token(kind, folded, match.start(), match.end()))
    return found
