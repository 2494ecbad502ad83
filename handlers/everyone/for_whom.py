"""Somebody just types, and may write to somebody now: is it for them, or a new question? The words wait meanwhile."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from bot.forms import RECEIVED, Again, Step
from bot.hearing import tap
from bot.legible import NO, YES, number, plain, shortened, yes_or_no
from bot.letters import SEVERAL
from bot.routing import form
from bot.screen import Choice, Screen, row
from bot.turn import about
from handlers.below import CHOSEN, FOR_WHOM
from handlers.correspondents import coordinators_of
from handlers.everyone.besides import besides, buttons_besides
from handlers.everyone.saying import WORDS, written
from handlers.text_step import LIMIT
from handlers.words import category_name
from handlers.writing import OPEN, send_at_once
from models.refused import Reason, Refused
from models.relay import Reader, readers_of
from models.request import Request

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

FEW = 3  # readers with a button of their own
NEW, DO, OFFICE = "new", "do-", "office"  # after DO: what the button does besides, and for whom the words are
TYPING = timedelta(minutes=5)  # what comes later is no part of the same message
_NEW = re.compile(r"((een|une|eine|a) )?(nieuwe vraag|nouvelle demande|neue anfrage|new question)")


class ReaderStep(Step):
    """For whom it is. Who types on has not finished: the words come to those before."""

    name: ClassVar[str] = "reader"
    takes: ClassVar[frozenset[str]] = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, readers, kind = turn.t, _readers(turn, answers), answers.get("kind")
        one = readers[0] if len(readers) == 1 else None
        question = t("Who is this for?") if readers else t("Nobody can read this now. Is it a new question?")
        if one is not None:
            question = t("Is this for {name}?", name=one.person.first_name)
            if kind:
                question = t("Shall I send it to {name}?", name=one.person.first_name)
        labels = _labels(turn, readers, kind)
        rows = [row(Choice(label, _value(each))) for label, each in zip(labels, readers, strict=True)]
        written = _words(answers)
        to, more = besides(turn, readers, written)
        if to is not None:
            rows[:0] = [row(Choice(each.label, f"{DO}{each.name}-{_value(to)}")) for each in more]
        came = RECEIVED.get(answers.get("came", ""))
        words = [t(came)] if came else []
        words += (
            [t("This was not sent: {text}", text=shortened(unsent, LIMIT))] if (unsent := answers.get("unsent")) else []
        )
        words += [t("You wrote: {text}", text=shortened(written, LIMIT))] if written else []
        if not kind and coordinators_of(turn, None):
            rows.append(row(Choice(t("Ask the coordinator"), OFFICE)))
        screen = Screen.of("\n\n".join([*words, question]), *rows, row(Choice(t("Ask a new question"), NEW)))
        if any(each.person is each.request.resident for each in readers):  # their name leaves the chat with the task
            return screen.as_card("", about(one.request) if one else SEVERAL, private=True)
        return screen

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        readers, typed = _readers(turn, answers), plain(given.text)
        if given.choice is not None:
            answers[self.name] = given.choice
        elif yes_or_no(given.text) == YES and len(readers) == 1:
            if not _stands_lowest(turn):
                raise Again(turn.t("Please tap the answer that fits."))
            answers[self.name] = _value(readers[0])
        elif _NEW.fullmatch(typed) or (typed in NO and len(readers) <= 1):
            answers[self.name] = NEW
        elif number(given.text):  # that of a button
            raise Again(turn.t("Please tap one of the buttons below."))
        else:
            before = datetime.fromisoformat(answers.get("at", turn.now.isoformat()))
            if before < turn.now - TYPING and not given.edited:
                answers["unsent"] = _words(answers)
                for message in _messages(answers):
                    del answers[f"{WORDS}{message}"]
            answers["at"] = turn.now.isoformat()
            answers[f"{WORDS}{given.own_id or 0}"] = given.text


@form(FOR_WHOM, [ReaderStep()], lives=OPEN)
def meant(turn: Turn, answers: Answers) -> Screen:
    """It goes to whom it is for, as if they had tapped first; or it counts as just written."""
    first = min(_messages(answers), default=0)
    turn.given = replace(turn.given.saying(_words(answers)), own_id=first or None)
    if "file" in answers:
        turn.given = replace(turn.given, kind=answers["kind"], file_id=answers["file"])
    if answers["reader"] == NEW:
        return written(turn, sure=True)
    if answers["reader"] == OFFICE:
        readers = readers_of(turn.session, turn.person, turn.now)
        about_one = readers[0].request.id if len(readers) == 1 else 0
        turn.begin("write_coordinator", request=about_one, typed=CHOSEN)
        dialogue = turn.dialogue
        return turn.router.forms.reply(turn, dialogue) if dialogue else written(turn)
    does, key, to = ["", *answers["reader"].removeprefix(DO).split("-")][-3:]
    if not (key.isdecimal() and to.isdecimal()):
        raise Refused(Reason.NOT_FOUND)
    request = turn.get(Request, int(key))
    sent, dialogue = send_at_once(turn, request, int(to)), turn.dialogue
    if dialogue is not None and dialogue.name == "write":  # it was too long, and is asked for once more
        return sent
    meant = [each for each in buttons_besides(turn, request, _words(answers)) if each.name == does]
    asked = tap(turn, meant[0].data) if meant else None
    return asked.after(sent.text) if asked is not None else sent


def _stands_lowest(turn: Turn) -> bool:
    """Whether this question is what they look at: "ja" may answer a card that they opened since."""
    letter, dialogue = turn.asked_above(), turn.dialogue
    return letter is None or dialogue is None or dialogue.about in {letter.about, letter.card}


def _readers(turn: Turn, answers: Answers) -> list[Reader]:
    found = readers_of(turn.session, turn.person, turn.now)
    return [each for each in found if "file" not in answers or each.person.can_be_told()][:FEW]


def _labels(turn: Turn, readers: list[Reader], kind: str | None) -> list[str]:
    """The name; where several may be meant, with what it is about, and which question where two would be alike."""
    t = turn.t
    if len(readers) == 1:
        name = readers[0].person.first_name
        return [t("Send to {name}", name=name) if kind else t("Send it to {name}", name=name)]
    about_what = [
        t("{label}: {fact}", label=each.person.first_name, fact=category_name(t, each.request.category))
        for each in readers
    ]
    return [
        label if about_what.count(label) == 1 else f"{label} ({each.request.code})"
        for label, each in zip(about_what, readers, strict=True)
    ]


def _value(reader: Reader) -> str:
    return f"{reader.request.id}-{reader.person.id}"


def _messages(answers: Answers) -> list[int]:
    return sorted(int(key.removeprefix(WORDS)) for key in answers if key.startswith(WORDS))


def _words(answers: Answers) -> str:
    """All that they said, in its order."""
    said = (answers[f"{WORDS}{message}"] for message in _messages(answers))
    return "\n".join(words for words in said if words)
