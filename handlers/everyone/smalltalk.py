"""Words that are no question for help: a greeting, thanks, "ok"; in all our languages at once."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.legible import plain


class Small(StrEnum):
    """What kind of small talk."""

    GREETING = "greeting"
    THANKS = "thanks"
    YES_OR_NO = "yes_or_no"
    HELP = "help"
    STOP = "stop"


_WHO = r"""
    (\s+(allemaal|iedereen|buren?|buurvrouw|buurman|mensen|jullie|u|daar|tous|toutes|le\s+monde|all|everyone|there|zusammen))?
"""
_WORDS = {
    Small.GREETING: r"""
        (hallo|hello|hey|hoi|hi|dag|dagje|goeiedag|goedendag|goede\s*dag|goeie\s*dag|goe(ie|de)?(n)?\s*(morgen|middag|avond|namiddag)
        |(een\s+)?goeie(n)?|salut|bonjour|bonsoir|coucou|allo|good\s+(morning|afternoon|evening|day)|guten\s+(tag|morgen|abend)
        |servus|gruss\s+gott|hoe\s+gaat\s+het(\s+(met\s+(je|u|jou)))?|alles\s+goed|ca\s+va|how\s+are\s+you|wie\s+geht('?s|\s+es))
    """,
    Small.THANKS: r"""
        ((heel\s+(erg\s+)?|veel\s+|hartelijk\s+|super\s+)?(bedankt|dank(\s*(je|u|jullie))?(\s*wel)?|merci|dankjewel|dankuwel|thx|thanks?)
        (\s+(hoor|je|u|allemaal|voor\s+alles|zeer|you(\s+(so|very)\s+much)?|a\s+lot|beaucoup|bien|schon|sehr))?
        |(vielen|herzlichen)\s+dank|danke(\s+(schon|sehr))?|(un\s+)?grand\s+merci|tot\s+(ziens|later|straks|morgen)|daag|doei|ciao|au\s+revoir|bye)
    """,
    Small.YES_OR_NO: r"""
        (ok|oke|okay|okee|ja(ja)?|jawel|nee|neen|neenee|goed|prima|super|top|fijn|perfect|in\s+orde|is\s+goed|akkoord|begrepen|zeker|graag
        |yes|no|fine|great|sure|oui|non|d'?accord|parfait|tres\s+bien|nein|gut|alles\s+klar|test(en|ing)?)
    """,
    Small.HELP: r"(help|hulp|aide|hilfe|info|uitleg|menu|hoe\s+werkt\s+(dit|het))",
    Small.STOP: r"(stop|stoppen|annuleer|annuleren|annuler|arreter|cancel|quit|abbrechen|stopp)",
}
_PATTERNS = {
    kind: re.compile(rf"{words}{_WHO if kind is Small.GREETING else ''}", re.VERBOSE) for kind, words in _WORDS.items()
}


def small(text: str) -> Small | None:
    """What kind of small talk this is, if it is nothing but that; a greeting may stand before thanks."""
    words = plain(text)
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(words)), None)
