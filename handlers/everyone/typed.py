"""What stands on the main buttons and in the menu can be typed anywhere outside of a dialogue, in all our languages."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bot.i18n import N_, languages, translator
from bot.legible import plain

if TYPE_CHECKING:
    from bot.route import Route
    from bot.screen import Screen
    from bot.turn import Turn

_ERASE, _CORRECT_LINES = "erase", "correct"
_BUTTONS = {
    N_("I am looking for help"): "ask",
    N_("I want to help"): "volunteer",
    N_("See my questions"): "my_requests",
    N_("Your tasks"): "my_tasks",
    N_("See my tasks"): "my_tasks",
    N_("Ask the coordinator"): "write_coordinator",
    N_("See what is kept"): "own_data",
    N_("Erase everything"): _ERASE,
    N_("Stop all messages"): "stop_all",
}
_MINE = {
    **dict.fromkeys(("mijn taken", "mes taches", "my tasks", "meine aufgaben"), "my_tasks"),
    **dict.fromkeys(("mijn vragen", "mes demandes", "my questions", "meine anfragen"), "my_requests"),
}
# Whoever wants to be forgotten need not find the command; it is asked once more.
_FORGET = re.compile(
    r"""
    (wis|verwijder|schrap|delete)\s+(alles|alle\s+gegevens|(al\s+)?mijn\s+(gegevens|account))(\s+(over|van|wat\s+je\s+weet\s+van)\s+(mij|me))?
    | (alles|(al\s+)?mijn\s+gegevens|mijn\s+account)\s+(wissen|verwijderen|schrappen)
    | (efface[rz]?|supprime[rz]?)\s+(tout|(toutes\s+)?mes\s+donnees|mon\s+compte)(\s+sur\s+moi)?
    | tout\s+(effacer|supprimer)
    | (losche?n?|loesche?n?)\s+(sie\s+)?(bitte\s+)?(alles|(alle\s+)?meine\s+daten|mein\s+konto)
      (\s+(uber|ueber|von)\s+mich)?
    | (alles|(alle\s+)?meine\s+daten|mein\s+konto)\s+(loschen|loeschen)
    | (delete|erase|remove)\s+(everything|all|(all\s+)?my\s+(data|account))(\s+about\s+me)?
    """,
    re.VERBOSE,
)
# The same for what is known of them; what they asked keeps its place, and the answer says so.
_CORRECT = re.compile(
    r"""
    (ik\s+(wil|wou|zou|moet)\s+((graag|even)\s+)?|hoe\s+kan\s+ik\s+)?((mijn|m'n)\s+)?
      (adres|((gsm|telefoon)\s?)?nummer|gegevens)\s+(graag\s+)?(willen\s+)?(veranderen|wijzigen|aanpassen|verbeteren)
    | hoe\s+(verander|wijzig|verbeter|pas)\s+ik\s+(mijn|m'n)\s+(adres|((gsm|telefoon)\s?)?nummer|gegevens)(\s+aan)?
    | (je\s+(veux|voudrais|dois|souhaite)\s+|j'aimerais\s+|comment\s+|pour\s+)?(changer|modifier|corriger)\s+
      (mon\s+(adresse|numero(\s+de\s+(telephone|gsm))?)|mes\s+donnees|d'adresse|de\s+numero(\s+de\s+(telephone|gsm))?)
    | (ich\s+(will|mochte|moechte|muss|wurde\s+gerne?)\s+|wie\s+kann\s+ich\s+)?meine\s+
      (adresse|(telefon|handy)?nummer|daten)\s+((gerne?|bitte)\s+)?(andern|aendern|berichtigen|korrigieren)
    | (i\s+(want|would\s+like|need|have)\s+to\s+|i'd\s+like\s+to\s+|how\s+(can|do)\s+i\s+)?(change|correct|update)\s+
      my\s+(address|((tele)?phone\s+)?number|data|details)
    | ik\s+ben\s+(pas\s+)?verhuisd | (mijn|m'n)\s+(adres|nummer)\s+(klopt\s+niet(\s+meer)?|is\s+(veranderd|gewijzigd))
    | (ik\s+heb\s+een\s+)?nieuw\s+(adres|nummer)
    | j'ai\s+demenage | mon\s+(adresse|numero)\s+(a\s+change|n'est\s+plus\s+(correcte?|bonne?|juste))
    | (j'ai\s+une?\s+)?(nouvelle\s+adresse|nouveau\s+numero)
    | ich\s+bin\s+umgezogen | meine\s+(adresse|(telefon|handy)?nummer)\s+(stimmt\s+nicht\s+mehr|hat\s+sich\s+geandert)
    | (ich\s+habe\s+eine\s+)?neue\s+(adresse|(telefon|handy)?nummer)
    | (i\s+(have\s+)?|i've\s+)moved(\s+house)? | my\s+(address|number)\s+(has\s+)?changed
    | (i\s+have\s+a\s+)?new\s+(address|number)
    """,
    re.VERBOSE,
)


def typed(turn: Turn) -> Route | None:
    """What these words are the name of, where this person may do it."""
    words, router = plain(turn.given.text.replace("’", "'")), turn.router
    name = _ERASE if _FORGET.fullmatch(words) else _labels().get(words, "")
    name = _CORRECT_LINES if _CORRECT.fullmatch(words) else name
    route = router.buttons.get(name)
    if route is None:
        menu = (each for each in router.commands if each.about and words in _said(each.about))
        route = next((each.route for each in menu), None)
    return route if route is not None and turn.person.has(route.role) else None


def do(turn: Turn, route: Route) -> Screen | None:
    """What a tap would do."""
    turn.given = replace(turn.given, kind="tap", text="")
    return route.handler(turn)


@cache
def _labels() -> dict[str, str]:
    return _MINE | {words: name for label, name in _BUTTONS.items() for words in _said(label)}


@cache
def _said(label: str) -> frozenset[str]:
    """As it is typed in each of our languages."""
    return frozenset(plain(translator(language)(label)) for language in languages())
