"""Asking for somebody else: who it is, whether they agree, and with whom the volunteer speaks.

Nobody is asked this but who says that it is for somebody else: in the sentence, or on the summary.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.forms import Step
from bot.i18n import N_
from bot.legible import plain
from bot.screen import Choice, Screen, pairs, row
from handlers.resident.draft import forget_where, is_for_somebody
from handlers.resident.place import line_of
from handlers.words import RELATIONS, with_name
from models.helped import Relation
from models.whom import Whom, heard_whom, named_in

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

FEW = 6  # more words tell something else
_AM = {
    relation: re.compile(rf"\b({words})\b")
    for relation, words in {
        Relation.DAUGHTER: "dochter|fille|tochter|daughter",
        Relation.SON: "zoon|fils|sohn|son",
        Relation.PARTNER: r"echtgeno\w+|partner\w*|mari|epou\w+|conjointe?|ehe(mann|frau)|husband|wife"
        r"|(haar|zijn|sa|son|ihre?|seine?) (man|vrouw|femme|mann|frau)$",
        Relation.NEIGHBOUR: r"buur\w*|voisine?|nachbar\w*|neighbou?r",
        Relation.CARER: r"verple\w+|zorgverle\w+|thuiszorg|infirmi\w+|soignante?|pfleg\w+|nurse|carer",
        Relation.FRIEND: r"vriend\w*|amie?|freund\w*|friend",
        Relation.PARENT: r"moeder|vader|mama|papa|mere|pere|mutter|vater|mother|father|ouder|parent|elternteil",
    }.items()
}
_MINE = re.compile(r"\b(mijn|m'n|onze|mon|ma|mes|notre|meine?[nrms]?|unsere?|my|our)\b")
_BOTH_WAYS = {Relation.PARTNER, Relation.NEIGHBOUR, Relation.FRIEND}
_NOT_SO_NEAR = re.compile(r"\b(petite?|belle|beau|klein\w*|schoon\w*|schwieger\w*|enkel\w*|grand\w*|groot\w*|in law)\b")
_WELL = r"(akkoord|afgesproken|goed|d'accord|einverstanden|abgesprochen|fine|agreed)( ermee| damit| with it)?"
_SAYS = r"((ze|zij|hij|dat|elle|il|sie|er|she|he) )?((is|est|ist|vindt het) )?"
_YES = r"(ja|oui|yes)( bien sur| natuurlijk| zeker| naturlich| of course)?"
_AGREES = re.compile(rf"{_YES}( {_SAYS}{_WELL})?|{_SAYS}{_WELL}")
ME, YES, NOT_YET, THEM = "me", "yes", "not_yet", "them"
NAME_LIMIT = 30  # characters of a first name
ON_BUTTON = 18


class SomebodyStep(Step):
    """A question about the person who is helped."""

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return is_for_somebody(answers)


class NameStep(SomebodyStep):
    """Who it is: the first name is enough. Who asks for themselves says so here."""

    name = "for_name"
    takes = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, heard = turn.t, _heard(answers)
        known = [row(Choice(heard.name, heard.name))] if heard.name and len(heard.name) <= ON_BUTTON else []
        question = t("What is the first name of who needs help?")
        if "somebody" not in answers:
            question = t("I read that it is for somebody else.") + "\n" + question
        return Screen.of(question, *known, row(Choice(t("It is for myself"), ME)))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.choice == ME:
            answers["myself"] = True
            answers.pop("somebody", None)
            return
        heard = _heard(answers)
        if given.choice is not None:
            answers[self.name] = heard.name
        else:
            named = named_in(line_of(turn, given))
            answers[self.name], heard = (named.name or "")[:NAME_LIMIT], heard if heard.relation else named
        if heard.relation is not None:
            answers["for_relation"] = heard.relation
        forget_where(answers)  # it was where who asks lives


class RelationStep(SomebodyStep):
    """What who asks is to them; so the helper knows who wrote."""

    name = "for_relation"

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        choices = (Choice(t(label), relation) for relation, (label, _) in RELATIONS.items())
        return Screen.of(t("What are you to {name}?", name=answers["for_name"]), *pairs(*choices))

    def meant(self, turn: Turn, text: str) -> str | None:
        """Who says it in a short sentence: "ik ben haar dochter", "die Tochter"."""
        words = "" if "?" in text else plain(text)
        found = [relation for relation, pattern in _AM.items() if pattern.search(words)]
        if len(found) != 1 or len(words.split()) > FEW or _NOT_SO_NEAR.search(words):
            return None
        # "Mijn moeder" says what the other is to them.
        return None if _MINE.search(words) and found[0] not in _BOTH_WAYS else found[0]

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers[self.name] = turn.pick(Relation, given.choice or "")


class AgreedStep(SomebodyStep):
    """Nothing is asked behind somebody's back; who has not asked yet does that first, and finds the draft here."""

    name = "for_agreed"

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, name = turn.t, answers["for_name"]
        if answers.get("for_waits"):
            return Screen.of(
                t("Please ask {name} first. Your question waits here for three days. Does {name} agree?", name=name),
                row(Choice(t("Yes, go on now"), YES)),
            )
        return Screen.of(
            t("Does {name} agree that you ask this?", name=name),
            row(Choice(t("Yes, that is agreed"), YES)),
            row(Choice(t("Not yet"), NOT_YET)),
        )

    def meant(self, turn: Turn, text: str) -> str | None:
        """In a few words: "ja, ze is akkoord", "oui elle est d'accord"."""
        return YES if "?" not in text and _AGREES.fullmatch(plain(text)) else None

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.choice == YES:
            answers[self.name] = True
        else:
            answers["for_waits"] = True


class ContactStep(SomebodyStep):
    """With whom the volunteer speaks: who asks, in the chat, or the person by telephone."""

    name = "for_contact"

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, name = turn.t, answers["for_name"]
        return Screen.of(
            t("With whom may the volunteer speak? I write to you only."),
            row(Choice(t("With me, in this chat"), ME)),
            row(Choice(with_name(t, N_("With {name}, by phone"), name), THEM)),
        )

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers[self.name] = THEM if given.choice == THEM else ME
        if given.choice == THEM:
            answers.pop("phone", None)
            answers["wants_phone"] = True


SOMEBODY = (NameStep(), RelationStep(), AgreedStep(), ContactStep())


def _heard(answers: Answers) -> Whom:
    return heard_whom(answers["what"].get("text") or "") or Whom()
