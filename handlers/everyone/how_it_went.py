"""The answer to "did it work out?" in words: what the buttons of the question do, where nothing else is said."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.hearing import tap
from bot.legible import begins_with, plain
from handlers.asking import how_did_it_go
from handlers.outdating import ASKING, REMINDER
from handlers.resident.cards import CARD as REQUEST
from handlers.volunteer.cards import OFFER
from models.asked import Outcome, Side
from models.lifecycle import State
from models.relay import readers_of
from models.request import Request

if TYPE_CHECKING:
    from bot.screen import Screen
    from bot.turn import Turn


ABOUT_TO = timedelta(hours=1)  # who helps may come early


class Said(StrEnum):
    """What else may stand beside an outcome."""

    YES = "yes"
    NO = "no"
    POLITE = "polite"
    HEARD = "heard"  # "ok" says often only that it was read
    UNCLEAR = "unclear"
    COULD_NOT = "could not"  # what the helper says where the resident says that nobody came


_WELL = r"(goed|prima|perfect|in\s+orde|ok|oke|okay|top|super|fijn|dik\s+in\s+orde)"
_WORDS = {
    Said.YES: r"(ja(ja)?|jawel|jazeker|yes|yep|oui|si|doch|oh\s+ja|oh\s+oui)",
    Said.NO: r"""
        (nee|neen|no|non|nein) | ((het|dat|'?t)\s+)?(is|was|ging|heeft)?\s*niet\s+(goed\s+)?(gelukt|gegaan|goed)
        | (het\s+)?(is\s+)?mislukt
        | (ca\s+n'a\s+pas\s+marche|pas\s+(bien\s+)?(reussi|fait)|ce\s+n'est\s+pas\s+(fait|reussi))
        | (it\s+)?(did\s+not|didn't)\s+work(\s+out)?
        | not\s+(really|good|well) | (es\s+)?hat\s+nicht\s+geklappt | nicht\s+(geklappt|gut)
    """,
    Said.POLITE: r"""
        (hoor|zeker|absoluut|gelukkig|echt\s+waar|(heel\s+(erg\s+)?|veel\s+|hartelijk\s+)?(bedankt|dank\s*(je
        |u)?(\s*wel)?)|dankuwel
        |tres\s+content|merci(\s+(beaucoup|bien))?|bien\s+sur|tout\s+a\s+fait|thanks?(\s+you)?(\s+(so|very)\s+much)?
        |of\s+course
        |(vielen\s+)?dank|danke(\s+(schon|sehr))?|naturlich|klar|en|et|and|und|sorry|spijtig|jammer|helaas|helas
        |leider|unfortunately)
    """,
    Said.HEARD: r"(ok|oke|okay|okee|top|fijn|super)",
    Outcome.DONE: rf"""
        ((het|dat|alles|'?t)\s+)?((is|was|ging|verliep|liep)\s+)?((heel|zeer|helemaal)\s+)?({_WELL}|gelukt|gedaan|klaar
        |geregeld|opgelost)(\s+(gegaan|verlopen|gelukt))?
        | (het\s+is\s+)?((heel|zeer)\s+)?goed\s+gelukt | alles\s+{_WELL}
        | (hij|ze|zij)\s+((is|was)\s+(er\s+)?(geweest|gekomen)|was\s+er)
        | (c'est\s+|c'etait\s+|tout\s+(est|s'est|a\s+ete)\s+|ca\s+(a|s'est)\s+)((tres|bien)\s+)?(bien\s+)?(reussi
        |fait|bon|bien|parfait|passe|marche|ete|en\s+ordre|ok)
        | (c'est\s+)?(fini|termine) | klaar | gedaan | fertig | erledigt | geschafft
        | (it's\s+|it\s+is\s+)?(done|finished)
        | tout\s+bien | tres\s+bien | parfait | nickel | impeccable | (il|elle)\s+est\s+(bien\s+)?venue?
        | (it|everything|all|that)\s+((is|was|went|worked)\s+)?((all|very|really)\s+)?(ok|okay|good|fine|great|well
        |done|perfect|out)(\s+well)?
        | all\s+good | great | good | fine | (he|she)\s+came | it\s+did | very\s+well
        | (es|alles|das)\s+((ist|war|hat|lief|ging)\s+)?((sehr|alles)\s+)?(gut|bestens|ok|okay|prima|geklappt
        |erledigt|in\s+ordnung|super)(\s+(gelaufen|gegangen|geklappt))?
        | hat\s+((sehr\s+)?gut\s+)?geklappt | gut | sehr\s+gut | (er|sie)\s+((ist|war)\s+gekommen|war\s+da)
    """,
    Outcome.PARTLY: r"""
        ((maar\s+)?(een\s+(klein\s+)?beetje|beetje|deels|gedeeltelijk|half|voor\s+een\s+(stuk|deel)|niet\s+(alles
        |helemaal|volledig)|bijna(\s+alles)?|min\s+of\s+meer|zo\s+zo)(\s+(gelukt|gedaan))?)
        | (mais\s+)?(un\s+(petit\s+)?peu|en\s+partie|partiellement|pas\s+(tout|completement|entierement
        |tout\s+a\s+fait)|a\s+moitie|presque(\s+tout)?|plus\s+ou\s+moins|a\s+peu\s+pres)
        | (but\s+)?(a\s+(little\s+bit|little|bit)|partly|partially|in\s+part|not\s+(everything|all|quite|completely
        |entirely)|half|almost|more\s+or\s+less)
        | (aber\s+)?((nur\s+)?(ein\s+(bisschen|wenig)|teilweise|zum\s+teil|halb|fast(\s+alles)?
        |mehr\s+oder\s+weniger|nicht\s+(alles|ganz|vollstandig)))
    """,
    Outcome.NOBODY_CAME: r"""
        niemand\s+(war|ist)\s+(da|hier|gekommen)
        | (er\s+(is|was|kwam)\s+)?niemand(\s+(is\s+|hier\s+)?(gekomen|geweest|kwam|gezien
          |langsgekomen|opgedaagd|opdagen))?
        | niemand\s+is\s+(er\s+|hier\s+)?(gekomen|geweest)
        | (er\s+)?kwam\s+niemand(\s+opdagen)? | (er\s+)?(is\s+)?niemand\s+(is\s+)?komen\s+opdagen
        | ik\s+heb\s+niemand\s+gezien | er\s+is\s+(hier\s+)?niemand\s+(gekomen|geweest
        |langsgekomen|opgedaagd)
        | (hij|ze|zij)\s+(is\s+(niet|nooit)\s+(gekomen|geweest|komen\s+opdagen)|kwam\s+niet)
        | personne(\s+n'est\s+(pas\s+)?venue?)? | il\s+n'y\s+avait\s+personne | (il|elle)\s+n'est\s+(pas
        |jamais)\s+venue? | je\s+n'ai\s+vu\s+personne
        | nobody(\s+(came|has\s+come|showed\s+up|was\s+there))? | no\s+one(\s+came)? | (he|she|they)\s+(did\s+not
        |didn't|never)\s+(come|came|show\s+up)
        | i\s+have\s+seen\s+nobody | i\s+saw\s+nobody
        | (es\s+(ist|war)\s+)?niemand(\s+(ist\s+)?(gekommen|da|da\s+gewesen))? | es\s+kam\s+niemand
        | keiner(\s+(ist\s+)?(gekommen|da))? | es\s+ist\s+keiner\s+gekommen
        | (er|sie)\s+ist\s+(nicht|nie)\s+gekommen | (er|sie)\s+kam\s+nicht
    """,
    Said.COULD_NOT: r"""
        ik\s+(kon|ben)\s+niet\s+(komen|gaan|gegaan|gekomen|geweest|kunnen\s+(gaan|komen))
        | je\s+n'ai\s+pas\s+pu\s+(venir|y\s+aller) | je\s+n'y\s+suis\s+pas\s+allee?
        | i\s+(could\s+not|couldn't|did\s+not|didn't)\s+(come|go)
        | ich\s+konnte\s+nicht\s+(kommen|gehen) | ich\s+war\s+nicht\s+da
    """,
    Outcome.NOT_NEEDED: r"""
        ((het\s+)?(is|was)\s+)?(al\s+)?niet\s+(meer\s+)?nodig(\s+(meer|geweest))? | (het\s+)?hoeft\s+niet(\s+meer)?
        | hoefde\s+niet(\s+meer)?
        | (ce\s+n'est\s+|c'est\s+|c'etait\s+|ce\s+n'etait\s+)?(plus|pas)\s+(besoin|necessaire) | (je\s+n'(en\s+)?ai
        |il\s+n'y\s+a)\s+plus\s+besoin
        | ((it\s+)?(is|was|it's)\s+)?(not|no\s+longer)\s+needed(\s+(any\s*more|any\s+longer))?
        | i\s+don't\s+need\s+it\s+any\s*more
        | ((es\s+)?(ist|war)\s+)?nicht\s+(mehr\s+)?(notig|gebraucht) | (es\s+)?braucht\s+es\s+nicht\s+mehr
        | brauche\s+(ich\s+)?nicht\s+mehr
    """,
}
_PATTERNS = {kind: re.compile(rf"(?:{words})(?=\s|$)", re.VERBOSE) for kind, words in _WORDS.items()}

_STAYED_AWAY: set[StrEnum] = {Outcome.NOBODY_CAME, Said.COULD_NOT}
_PLAINLY: set[StrEnum] = {Outcome.DONE, Outcome.PARTLY, *_STAYED_AWAY}
# Nobody says these of a message, or of an hour that was proposed.
_FINISHED = re.compile(
    r"\b(gedaan|klaar|geregeld|opgelost|gelukt|fait|fini|termine|done|finished|erledigt|fertig|geschafft|geklappt|passe|reussi)\b"
)
_BUT = re.compile(r"\b(maar|mais|but|aber|alleen|sauf|except|nur)\b")
_THEY = {"nl": "hij", "fr": "il", "de": "er", "en": "he"}

_OTHER_SIDE: dict[Side, StrEnum] = {Side.RESIDENT: Said.COULD_NOT, Side.HELPER: Outcome.NOBODY_CAME}
_CONTRARY: dict[StrEnum, Said] = {Outcome.DONE: Said.NO, Outcome.NOBODY_CAME: Said.YES, Outcome.NOT_NEEDED: Said.YES}


def answered(turn: Turn) -> Screen | None:
    """What the button does that these words mean; the question once more where they say too little."""
    letter = turn.asked_above(ASKING)  # perhaps other messages stand below it
    if letter is None:
        return None
    behind = [(*turn.router.behind(data), data) for _, data in letter.keys or ()]
    reports = {words[1]: (data, int(words[0])) for route, words, data in behind if route.name == "report"}
    if not reports:  # buttons of an older version
        return None
    request = turn.get(Request, reports[Outcome.DONE][1])
    side = request.side_of(turn.person)
    text = _without_name(turn, request, side)
    below, begun = turn.asked_above(), begins_with(text, _PATTERNS)[0]
    # "Prima" is said to the reminder itself.
    finished_it = Outcome.DONE in begun and _FINISHED.search(plain(text)) is not None
    asks_nothing = below is not None and below.card == REMINDER and (finished_it or Outcome.PARTLY in begun)
    # An offer further down asks nothing that these words answer, but what somebody wrote may.
    asks_nothing = asks_nothing or (finished_it and below is not None and below.card in {OFFER, REQUEST})
    if letter is not below and not begun & _STAYED_AWAY and not asks_nothing:
        return None  # the words may be meant for what stands below it
    said = told_in(text, side)
    if isinstance(said, Outcome):
        return tap(turn, reports[said][0])
    if said is Said.UNCLEAR:
        return how_did_it_go(turn.t, request, side).after(turn.t("That is a pity. Tap what fits best."))
    if said is not Said.HEARD:
        return None
    return how_did_it_go(turn.t, request, side).after(turn.t("Please tap the answer that fits."))


def finished(turn: Turn) -> Screen | None:
    """The question, for who says "c'est fait" before it was asked, where one task of theirs must have begun."""
    text = turn.given.text
    if not _FINISHED.search(plain(text)):
        return None
    started = [
        each.request
        for each in readers_of(turn.session, turn.person, turn.now)
        if each.request.state is State.TAKEN and (each.request.starts_at or turn.now) <= turn.now + ABOUT_TO
    ]
    sides = {request: request.side_of(turn.person) for request in started}
    asked = [
        each for each, side in sides.items() if each.report_of(side) is None and told_in(text, side) is Outcome.DONE
    ]
    return how_did_it_go(turn.t, asked[0], sides[asked[0]]) if len(asked) == 1 else None


def _without_name(turn: Turn, request: Request, side: Side) -> str:
    """Their words, in which the helper is "he": "Jef is niet gekomen"."""
    text, name = turn.given.text, request.helper.first_name if request.helper else ""
    if side is Side.HELPER or not name:
        return text
    return re.sub(rf"(?i)\b((de|den|der|die|le|la)\s+)?{re.escape(name)}\b", _THEY.get(turn.t.language, "hij"), text)


def told_in(text: str, side: Side) -> Outcome | Said | None:
    """How it went: "nee, niemand kwam" says it, and so does "een beetje"; "nee" and "ja, niemand kwam" are `UNCLEAR`.

    `HEARD` where it says only that the question was read; `None` where it says something else.
    """
    begun, more = begins_with(text, _PATTERNS)
    if "?" in text or (more and (_BUT.search(more) or not begun & _PLAINLY)):
        return None
    if more:  # what follows is theirs to tell: the question stands there once more
        return Said.UNCLEAR if begun & {Outcome.PARTLY, *_STAYED_AWAY} else Said.HEARD
    kinds: set[StrEnum] = begun - {Said.POLITE}
    if not kinds or kinds == {Said.HEARD}:
        return Said.HEARD if kinds else None
    said = kinds - {Said.HEARD, Said.YES, Said.NO}
    if not said:
        return Said.UNCLEAR if Said.NO in kinds else Outcome.DONE
    one = said.pop()
    if said or _CONTRARY.get(one) in kinds or one is _OTHER_SIDE[side]:
        return Said.UNCLEAR
    return one if isinstance(one, Outcome) else Outcome.NOBODY_CAME
