"""The answer in words to "can you help?", "is that good?" and "does that hour suit you?": what one of its buttons does.

Only where that question is the lowest message with buttons, and nothing else is said: "ja, maar om 15 uur" is something
else. "Goed" and "ok" answer what asks whether something is good, and promise no help. One that stands further up is
shown once more, and nothing is done.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.hearing import tap
from bot.legible import begins_with, kinds_in
from bot.retelling import anew
from models.letter import Priority

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.screen import Screen
    from bot.turn import Turn
    from models.letter import Letter


FEW = 4  # more words after a yes or a no ask for something else


class Said(StrEnum):
    """What the words say."""

    YES = "yes"
    GOOD = "good"
    I_HELP = "i help"
    NO = "no"
    I_CANNOT = "i cannot"
    POLITE = "polite"
    REGRET = "regret"  # "das kann ich leider" is no yes


# What both buttons of such a question do, what says yes to it, and what says no. "Ik kan dan niet" speaks of the
# moment, and refuses nobody who would like to come.
_AGAINST = {Said.NO, Said.I_CANNOT}
_BESIDES = {Said.POLITE, Said.REGRET}
_QUESTIONS = (
    ("accept", "pass", {Said.YES, Said.I_HELP}, _AGAINST),
    ("agree", "prefer_other", {Said.YES, Said.GOOD}, {Said.NO}),
    ("confirm_time", "refuse_time", {Said.YES, Said.GOOD}, _AGAINST),
)
_WORDS = {
    Said.YES: r"""
        (ja(ja)?|jawel|jazeker|oui|yes|yep|doch|oh\s+(ja|oui)|(ja\s+)?zeker|bien\s+sur|naturlich|of\s+course|graag|gerne?
        |volontiers|avec\s+plaisir|with\s+pleasure|na\s+klar|ja\s+klar|doe\s+(het\s+)?maar)
    """,
    Said.GOOD: r"""
        ((dat|het|dit)\s+)?(is|past|lukt)\s+(voor\s+(mij|ons)\s+)?(heel\s+|zeer\s+)?(goed|prima|in\s+orde
        |ok|oke|okay|perfect)
        | ((dat|het|dit)\s+)?(past|lukt)(\s+(mij|me|goed))? | goed | prima | in\s+orde | ok | oke | okay | akkoord
        | perfect | top
        | c'est\s+(tres\s+)?(bien|bon|parfait|d'accord|ok) | ca\s+(me\s+)?(va|convient)(\s+(tres\s+)?bien)?
        | tres\s+bien | d'accord
        | parfait | entendu
        | ((das|es)\s+)?(ist|passt|geht)\s+(fur\s+(mich|uns)\s+)?(sehr\s+)?(gut|in\s+ordnung|ok|okay|mir)
        | in\s+ordnung | ((das|es)\s+)?passt(\s+mir)?(\s+(sehr\s+)?gut)? | gut | sehr\s+gut | einverstanden
        | alles\s+klar
        | ((that|it)\s+)?(is|that's|it's|suits|works)\s*(me|for\s+me)?\s*(very\s+)?(good|fine|ok|okay
        |great|perfect|well)
        | good | fine | agreed
    """,
    Said.I_HELP: r"""
        ik\s+(help|kom|kan|doe\s+(het|dat|mee)|wil\s+(wel\s+)?helpen|kan\s+(wel\s+)?(helpen|komen))
        | (dat|het)\s+(doe|kan)\s+ik | doe\s+ik | ik\s+zal\s+(het|dat)\s+doen | ik\s+(wil|neem)\s+(het|dat|wel)
        | je\s+(veux\s+bien|prends|le\s+prends|peux\s+(le|la|les|l')\s*faire|m'en\s+(occupe|charge))
        | (das|es|ich)\s+(kann|ubernehme)\s+(ich|das|es)(\s+(ubernehmen|machen|tun))? | mach(e)?\s+ich | ich\s+ubernehme
        | ich\s+bin\s+dabei | je\s+veux\s+bien\s+(le\s+faire|aider|venir|y\s+aller) | je\s+(peux|vais)\s+y\s+aller
        | je\s+(viens|viendrai|peux(\s+(aider|venir|le\s+faire))?|l'aide|le\s+fais|vais\s+le\s+faire)
        | j'(aide|y\s+vais)
        | ich\s+(helfe?|komme|kann(\s+(helfen|kommen))?|mache?\s+(das|es))(\s+(gerne?))? | das\s+(mache?|kann)\s+ich
        | i\s+(can(\s+(help|come))?|help|come|will(\s+(help|come|do\s+it))?|do\s+it) | i'll\s+(help|come|do\s+it)
    """,
    Said.NO: r"""
        (nee|neen|non|no|nein) | liever\s+niet | plutot\s+pas | lieber\s+nicht | rather\s+not
    """,
    Said.I_CANNOT: r"""
        deze\s+keer\s+niet | pas\s+cette\s+fois(-ci|\s+ci)? | not\s+this\s+time | diesmal\s+nicht
        | ik\s+kan\s+(dan\s+)?niet(\s+(komen|helpen))? | je\s+ne\s+peux\s+pas(\s+(venir|aider))?
        | ik\s+(heb\s+geen\s+tijd|ben\s+niet\s+vrij)
        | je\s+(n'ai\s+pas\s+le\s+temps|ne\s+suis\s+pas\s+(libre|disponible))
        | ich\s+habe\s+(leider\s+)?keine\s+zeit | ich\s+kann\s+(leider\s+)?nicht(\s+(kommen|helfen))?
        | i\s+(can't|cannot)(\s+(come|help))?
    """,
    Said.POLITE: r"""
        (hoor|graag|gerne?|natuurlijk|absoluut|volontiers|avec\s+plaisir|tout\s+a\s+fait|with\s+pleasure|gladly|sehr
        |(heel\s+(erg\s+)?|veel\s+|hartelijk\s+)?(bedankt|dank\s*(je|u)?(\s*wel)?)|dankuwel|merci(\s+(beaucoup|bien))?
        |thanks?(\s+you)?(\s+(so|very)\s+much)?|(vielen\s+)?dank|danke(\s+(schon|sehr))?|bitte|please|svp|aub|alsjeblieft
        |s'il\s+(vous|te)\s+plait|en|et|and|und)
    """,
    Said.REGRET: r"(sorry|spijtig|jammer|helaas|helas|leider|desolee?|unfortunately)",
}
_PATTERNS = {kind: re.compile(rf"(?:{words})(?=\s|$)", re.VERBOSE) for kind, words in _WORDS.items()}


def agreed(turn: Turn) -> Screen | None:
    """What the button does that these words mean; `None` where none is meant."""
    letter, text = turn.asked_above(), turn.given.text
    if letter is None:
        return None
    behind = {turn.router.behind(data)[0].name: data for _, data in letter.keys or () if data}
    meant = means(text, behind)
    if meant == "accept" and letter.priority == Priority.NOTICE and _asked_for_two(turn, letter):
        return _once_more(turn, letter)  # then it is sure of which one they promise it
    if meant is not None:
        return tap(turn, behind[meant])
    if not _speaks_of_it(text, behind):
        return None
    return _once_more(turn, letter)  # "goed?", "ik kan dan niet"


def _asked_for_two(turn: Turn, lowest: Letter) -> bool:
    """Whether another request asks for their help too: a promise in words may be meant for either."""
    others = (letter for letter in turn.with_buttons() if letter.about != lowest.about)
    return any(turn.router.behind(data)[0].name == "accept" for each in others for _, data in each.keys or () if data)


def asked_further_up(turn: Turn) -> Screen | None:
    """Who says nothing but yes or no, where one such question stands further up, sees that one again."""
    if not kinds_in(turn.given.text, _PATTERNS) - _BESIDES or "?" in turn.given.text:
        return None
    asked = []
    for letter in turn.with_buttons():
        behind = {turn.router.behind(data)[0].name for _, data in letter.keys or () if data}
        question = any(yes in behind and no in behind for yes, no, *_ in _QUESTIONS)
        if question and letter.card in turn.router.renderers:
            asked.append(letter)
    return _once_more(turn, asked[0]) if len(asked) == 1 else None


def _once_more(turn: Turn, letter: Letter) -> Screen | None:
    again = anew(turn, (letter.card or "", (letter.about or "").partition(":")[2]))
    return again.after(turn.t("Please tap the answer that fits.")) if again is not None else None


def _speaks_of_it(text: str, buttons: Collection[str]) -> bool:
    """Whether it is about the question, and no button is meant: then that stands there once more.

    What a helper says with more words may be for who waits for them, and what a resident says a question of its own.
    """
    begun, more = begins_with(text, _PATTERNS)
    asked = [yes for yes, no, *_ in _QUESTIONS if yes in buttons and no in buttons]
    if not asked or not begun - _BESIDES:
        return False
    answers = begun <= {Said.YES, Said.GOOD, Said.NO, *_BESIDES} and len(more.split()) <= FEW
    return not more or (answers and asked != ["accept"] and not re.search(r"\d", more))


def means(text: str, buttons: Collection[str]) -> str | None:
    """Which of these buttons it means, by the names of what they do; `None`: no such question, or something else."""
    kinds = set() if "?" in text else kinds_in(text, _PATTERNS)
    said = kinds - _BESIDES
    for yes, no, agree, refuse in _QUESTIONS:
        if said and yes in buttons and no in buttons:
            if said <= refuse:
                return no
            if said & agree and not said & _AGAINST and Said.REGRET not in kinds:
                return yes
    return None
