"""`/mijngegevens`: all that is kept about somebody, to read and as a file. `/verbeter`: what of it can be changed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.i18n import N_
from bot.legible import shortened
from bot.routing import button, command, every
from bot.screen import Button, Row, Screen, pairs, row
from handlers.volunteer.wishes import wishes_of
from handlers.words import category_name, when
from models import phone
from models.letter import Letter, LetterState
from models.personal import all_about, requests_of, tasks_of
from models.retention import FILE_STAYS

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.request import Request

SHOWN = 5  # questions in the message; the file has all
WORDS = 80  # characters of each
FILE = "own_data"
LOOK = timedelta(hours=6)


@command("mijngegevens", fr="mesdonnees", en="mydata", de="meinedaten", about=N_("What is kept about you"), last=True)
def show_own_data(turn: Turn) -> Screen:
    """Readable at once."""
    return own_data(turn)


@button("own_data")
def own_data(turn: Turn) -> Screen:
    """What is kept, and what can be done with it."""
    t = turn.t
    rows = (
        *pairs(Button(t("Send as a file"), "own_data_file"), Button(t("Correct it"), "correct")),
        row(Button(t("Erase everything"), "erase")),
    )
    return Screen.of("\n".join(_lines(turn)), *rows, title=t("This is what I keep about you"))


@button("own_data_file")
def own_data_file(turn: Turn) -> Screen:
    """The same, complete and for machines; the file leaves the chat by itself."""
    t, person = turn.t, turn.person
    content = json.dumps(all_about(turn.session, person), ensure_ascii=False, indent=2)
    words = t("This file holds all that I keep about you. I delete it from this chat after two days.")
    name = t("my-data")
    turn.say(Screen(words, file=(f"{name}.json", content)).as_card("", FILE, private=True))
    return own_data(turn)


@every(LOOK)
def take_files_back(turn: Turn) -> None:
    """A file cannot be blanked, only deleted, and that not for ever."""
    files = Letter.about == FILE, Letter.private, Letter.state == LetterState.SENT
    for letter in turn.session.scalars(select(Letter).where(*files, Letter.sent_at <= turn.now - FILE_STAYS)).all():
        letter.private = False
        turn.delete(letter)


@command("verbeter", fr="corriger", en="correct", de="berichtigen")
def correct_(turn: Turn) -> Screen:
    """What can be changed here."""
    return correct(turn)


@button("correct")
def correct(turn: Turn) -> Screen:
    """The same lines, each with its button; the name is Telegram's."""
    t = turn.t
    buttons = [
        Button(t("Change my number"), "correct_line", "phone"),
        Button(t("Change my home"), "correct_line", "home"),
    ]
    if turn.person.came_forward:
        buttons.append(Button(t("Change choices"), "change_wishes"))
    buttons.append(Button(t("See my questions"), "my_requests"))
    name = t("Your name comes from Telegram. Change it there, and I have it with your next message.")
    rows: tuple[Row, ...] = (*pairs(*buttons), row(Button(t("Leave it so"), "home")))
    return Screen.of("\n".join([*_lines(turn), "", name]), *rows, title=t("What would you like to correct?"))


def _lines(turn: Turn) -> list[str]:
    t, person, nothing = turn.t, turn.person, turn.t("not kept")
    facts = [
        (t("First name"), person.first_name),
        (t("Phone"), phone.shown(person.phone) if person.phone else nothing),
        (t("Address"), person.street or nothing),
        (t("Name on the bell"), person.bell if person.street else ""),
        (t("Neighbourhood"), person.area.name if person.area else nothing),
        (t("Here since"), t.day(turn.calendar.day(person.since))),
        (t("Last seen"), t.day(turn.calendar.day(person.seen_at))),
        (t("Coordinator of"), ", ".join(each.area.name for each in person.coordinates)),
    ]
    lines = [t("{label}: {fact}", label=label, fact=fact) for label, fact in facts if fact]
    known = person.volunteer
    if known is not None and known.goes_on:
        lines += ["", t("As a volunteer you chose:"), wishes_of(t, known)]
    if tasks := tasks_of(turn.session, person):
        lines += ["", t.n("You took {n} task.", "You took {n} tasks.", len(tasks))]
    questions = requests_of(turn.session, person)
    if questions:
        lines += ["", t.n("You asked {n} question:", "You asked {n} questions:", len(questions))]
        lines += [_question(turn, each) for each in questions[:SHOWN]]
        if questions[SHOWN:]:
            lines.append(t("The others stand in the file."))
    if person.form is not None:
        lines += ["", t("You began something that was not sent yet.")]
    return lines


def _question(turn: Turn, request: Request) -> str:
    t, said = turn.t, shortened(" ".join(request.text.split()), WORDS)
    facts = [
        "• " + t("{code}: {kind}", code=request.code, kind=category_name(t, request.category)),
        when(t, request),
        said,
    ]
    return ", ".join(fact for fact in facts if fact)
