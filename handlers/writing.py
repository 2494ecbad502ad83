"""People write each other through the bot: resident and helper under first names, everybody to a coordinator and back.

What is written goes on in a letter, which is blanked once it is sent; the history keeps only that somebody wrote.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.log import get_logger
from bot.retelling import taken_away
from bot.routing import button, form, renders
from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.below import BELOW, CHOSEN, replies_to_another
from handlers.correspondents import OFFICE, concerns, coordinators_of, home_of, other_side
from handlers.everyone.besides import buttons_besides
from handlers.text_step import TextStep
from handlers.volunteer.cards import card_for
from handlers.volunteer.showing import hide_later
from models import AskedState, State
from models.call import message_to_tell
from models.event import TO_TELL, Event, EventKind
from models.person import Person, Role
from models.refused import Reason, Refused
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.form import Answers
    from models.letter import Letter

OPEN = timedelta(hours=2)  # what is typed much later is hardly meant for the same reader

# In the history: a photo or a voice message stands above it, and words where there were any.
_SENDS = {"photo": N_("{name} sends a photo."), "voice": N_("{name} sends a voice message.")}

log = get_logger(__name__)


class TextToTheOtherSide(TextStep):
    """The resident is named only to who helps them now; the question leaves the chat with the task."""

    def show(self, turn: Turn, answers: Answers) -> Screen:
        request, screen = turn.get(Request, answers["request"]), super().show(turn, answers)
        return screen.as_card("", about(request), private=True) if _helps(turn, request) else screen

    def question(self, turn: Turn, answers: Answers) -> str:
        request = turn.get(Request, answers["request"])
        if answers["to"] == request.resident_id and not _helps(turn, request):
            return turn.t("What would you like to write to the resident?")
        return super().question(turn, answers)


class TextToCoordinators(TextStep):
    """Whoever coordinates reads it. `answers["to"]`: the resident without Telegram whom they call then."""

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, request = turn.t, _request(turn, answers)
        if request is None or "to" not in answers or not _helps(turn, request):
            return super().show(turn, answers)
        name = request.resident.first_name
        why = t("{name} has no Telegram, so the coordinator calls {name}.", name=name)
        question = t("What would you like to tell {name}? Type it below.", name=name)
        return Screen.of(f"{why}\n{question}").as_card("", about(request), private=True)

    def question(self, turn: Turn, answers: Answers) -> str:
        return turn.t("What would you like to write to the coordinator?")


# ── resident and helper ──


@button("write", answers=True)
def write(turn: Turn, request_id: int) -> None:
    """Write to the other side, from acceptance until two days after the end; what was tapped stays to be read."""
    request = turn.get(Request, request_id)
    other = other_side(turn, request)
    if other is not None and replies_to_another(turn, other):
        turn.say(_since_then(turn, request, other))
    else:
        turn.say(_what(turn, request, other) if other else _not_now(turn, request))


def _since_then(turn: Turn, request: Request, other: Person) -> Screen:
    said = turn.t("{name} helps you now.", name=other.first_name)
    button = Button(turn.t("Send a message"), "write", request.id)
    return Screen.of(f"{turn.t('Your message was not sent.')} {said}", row(button))


def send_at_once(turn: Turn, request: Request, to: int) -> Screen:
    """The same for who said already what to write, or sent a photo or voice message, and to whom: `turn.given`."""
    other = other_side(turn, request)
    if other is None or other.id != to:
        return _not_now(turn, request).after(turn.t("Your message was not sent."))
    given = turn.given
    if given.file_id is not None and other.telegram_id is not None:
        sent = {"text": given.text, "kind": given.kind, "file": given.file_id}
        return turn.begin("write", request=request.id, to=to, typed=CHOSEN, **sent)
    screen, dialogue = _what(turn, request, other, typed=CHOSEN), turn.dialogue
    return turn.router.forms.reply(turn, dialogue) if dialogue else screen


def _what(turn: Turn, request: Request, other: Person, **typed: str) -> Screen:
    """Ask what to write; for who has no Telegram a coordinator reads it."""
    if other.telegram_id is not None:
        return turn.begin("write", request=request.id, to=other.id, **typed)
    if request.is_by_phone and other is request.resident and coordinators_of(turn, request):
        return turn.begin("write_coordinator", request=request.id, to=other.id)
    return _unreachable(turn, request)


@form("write", [TextToTheOtherSide()], lives=OPEN)
def pass_on(turn: Turn, answers: Answers) -> Screen:
    """The other side reads it under a first name, and can answer."""
    request = turn.get(Request, answers["request"], lock=True)
    other = other_side(turn, request)
    if other is None or other.id != answers["to"]:  # it is not for whoever helps since then
        return _not_now(turn, request).after(turn.t("Your message was not sent."))
    if not other.can_be_told():
        return _unreachable(turn, request)
    event = _note(turn, request, other, detail=answers.get("kind"))
    if "file" in answers:
        hide_later(turn, request, turn.send_file(other, answers["kind"], answers["file"], request, ""))
    letter = turn.tell(other, _message(turn, other, event, answers["text"]), urgent=request.is_urgent(turn.now))
    turn.announce(event)
    t, helps = turn.t, request.helper is turn.person
    shows = (
        Button(t("To the task"), "task", request.id) if helps else Button(t("To my question"), "request", request.id)
    )
    more = Button(t("Write more"), "write", request.id)
    rows = [*map(row, buttons_besides(turn, request, answers["text"])), row(more, shows)]
    screen = _sent_on(turn, answers, letter, to=other).with_rows(*rows)
    named = "typed" in answers and helps  # the name leaves with the task, and so do the words
    return screen.as_card("", about(request), private=True) if named else screen


def _helps(turn: Turn, request: Request) -> bool:
    return request.helper is turn.person and request.relay_open(turn.now)


def _not_now(turn: Turn, request: Request) -> Screen:
    t = turn.t
    if request.resident is not turn.person and (request.helper is not turn.person or request.state is State.OFFERED):
        return card_for(t, request, turn.person, turn.now)
    if request.state is State.ENDED:
        text = t("You can write each other until two days after the end. That time is over.")
    else:
        text = t("Nobody has this task now, so nobody can read it yet.")
    ask = t("You can always ask the coordinator.")
    return Screen.of(f"{text} {ask}", row(Button(t("Ask the coordinator"), "write_coordinator", request.id)))


def _unreachable(turn: Turn, request: Request) -> Screen:
    t = turn.t
    return Screen.of(
        t("Your message cannot be delivered through Telegram now. The coordinator can help you."),
        row(Button(t("Ask the coordinator"), "write_coordinator", request.id)),
    )


# ── everybody and the coordinators ──


@button("write_coordinator", answers=True)
def write_coordinator(turn: Turn, request_id: int = 0) -> None:
    """Write to whoever coordinates, about a request or about anything."""
    request = turn.get(Request, request_id) if request_id else None
    if request is not None and not concerns(request, turn.person):
        raise Refused(Reason.NOT_FOUND)
    if coordinators_of(turn, request):
        turn.say(turn.begin("write_coordinator", request=request_id))
    else:
        turn.say(_nobody_coordinates(turn, request))


@form("write_coordinator", [TextToCoordinators()], lives=OPEN)
def ask_coordinators(turn: Turn, answers: Answers) -> Screen:
    """All coordinators of the area read it; the first who answers does."""
    request = _request(turn, answers)
    coordinators = coordinators_of(turn, request)
    if request is not None and "to" in answers and other_side(turn, request) is not request.resident:
        return _not_now(turn, request).after(turn.t("Your message was not sent."))
    if not coordinators:
        return _nobody_coordinates(turn, request)
    if request is not None and "to" in answers and request.is_by_phone:
        return _have_told(turn, request, answers["text"])
    event = _note(turn, request, None)
    urgent = request is not None and request.is_urgent(turn.now)
    letters = [
        turn.tell(coordinator, _message(turn, coordinator, event, answers["text"]), urgent=urgent)
        for coordinator in coordinators
    ]
    turn.announce(event)
    return _sent_on(turn, answers, *letters)


def _have_told(turn: Turn, request: Request, words: str) -> Screen:
    """The resident has no Telegram: it waits on the call list until a coordinator has told them."""
    event = _note(turn, request, None, detail=TO_TELL)
    turn.announce(event)
    message_to_tell(turn.session, event, words)
    turn.announce(request.note(EventKind.TO_CALL, turn.now))
    calls = turn.t("A coordinator calls {name} and tells it.", name=request.resident.first_name)
    screen = Screen.of(calls, row(Button(turn.t("To the task"), "task", request.id)))
    return screen.as_card("", about(request), private=True)


@button("answer_person", Role.COORDINATOR, answers=True)
def answer_person(turn: Turn, person_id: int, request_id: int = 0) -> None:
    """A coordinator answers, or writes first."""
    person, request = _addressed(turn, person_id, request_id)
    turn.say(turn.begin("answer_person", request=request.id if request else 0, to=person.id))


@form("answer_person", [TextStep()], role=Role.COORDINATOR, lives=OPEN)
def answer(turn: Turn, answers: Answers) -> Screen:
    """The person reads it, and can write back."""
    person, request = _addressed(turn, answers["to"], answers["request"])
    shows = [row(Button(turn.t("Show the question"), "case", request.id))] if request else []
    if not person.can_be_told():
        return Screen.of(turn.t("This person cannot be reached through Telegram now. Please call."), *shows)
    event = _note(turn, request, person, detail=OFFICE)
    screen = _message(turn, person, event, answers["text"])
    letter = turn.tell(person, screen, urgent=request is not None and request.is_urgent(turn.now))
    turn.announce(event)
    return _sent_on(turn, answers, letter, to=person).with_rows(*shows)


def _addressed(turn: Turn, person_id: int, request_id: int) -> tuple[Person, Request | None]:
    """Whom a coordinator writes to: only people of their own area, or concerned by a request in it."""
    person = turn.get(Person, person_id)
    request = turn.get(Request, request_id) if request_id else None
    area = request.area if request else home_of(turn, person)
    theirs = turn.person.coordinates_area(area) and (request is None or concerns(request, person))
    if not theirs or person.erased_at is not None:
        raise Refused(Reason.NOT_FOUND)
    return person, request


def _nobody_coordinates(turn: Turn, request: Request | None) -> Screen:
    log.warning("somebody wants to write to a coordinator, and there is none", request_id=request.id if request else 0)
    t, phone = turn.t, turn.settings.phone
    if not phone:
        return Screen.of(t("No coordinator can be reached through Telegram now. Please try again tomorrow."))
    return Screen.of(t("No coordinator can be reached through Telegram now. Please call {phone}.", phone=phone))


# ── what all three share ──


def _request(turn: Turn, answers: Answers) -> Request | None:
    return turn.get(Request, answers["request"]) if answers["request"] else None


def _message(turn: Turn, reader: Person, event: Event, text: str) -> Screen:
    """What was written, under a heading of ours. It is no card: each one stays.

    It may hold an address: it leaves a helper's chat with the task.
    """
    t, request, who = turn.t_for(reader), event.request, event.by or turn.person
    key, name, organisation = request.id if request else 0, who.first_name, turn.settings.organisation_in(t.language)
    if event.detail == OFFICE:
        title = t("{name} of {organisation} writes:", name=name, organisation=organisation)
        buttons = [Button(t("Answer"), "write_coordinator", key)]
    elif event.person is not None:
        writes = _SENDS.get(event.detail or "", N_("{name} writes:"))
        title, buttons = t(writes, name=name), [Button(t("Answer"), "write", key)]
    else:
        title, buttons = t("{name} writes:", name=name), [Button(t("Answer"), "answer_person", who.id, key)]
        if request is not None:
            title = t("{name} writes about {code}:", name=name, code=request.code)
            buttons.append(Button(t("Show the question"), "case", key))
    screen = Screen.of(text, row(*buttons), title=title).retold("wrote", event.id)
    return screen if request is None else screen.as_card("", about(request), private=request.helper is reader)


@renders("wrote")
def message_anew(turn: Turn, event_id: int) -> Screen | None:
    """Other words above, the same below: people's own words are not translated, and stand in the chat only."""
    event, person, words = turn.get(Event, event_id), turn.person, turn.given.shown
    request = event.request
    area = request.area if request else home_of(turn, event.by or person)
    meant = event.person is person or (event.person is None and person.coordinates_area(area))
    if event.kind is not EventKind.WROTE or not meant:
        raise Refused(Reason.NOT_FOUND)
    if request is not None and _must_not_stay(turn, request):
        return taken_away(turn.t)
    return _message(turn, person, event, words) if words or event.detail in _SENDS else None


def _must_not_stay(turn: Turn, request: Request) -> bool:
    """Whoever helped, and does no longer, keeps nothing of what they were told."""
    asked = request.asked_of(turn.person)
    former = asked is not None and asked.state in {AskedState.HANDED_BACK, AskedState.REFUSED}
    return former or (request.helper is turn.person and not request.relay_open(turn.now))


def _note(turn: Turn, request: Request | None, to: Person | None, detail: str | None = None) -> Event:
    """That somebody wrote, to whom can read it: what is written down stays."""
    event = Event(kind=EventKind.WROTE, by=turn.person, person=to, request=request, at=turn.now, detail=detail)
    event.area = None if request else home_of(turn, to or turn.person)
    turn.session.add(event)
    turn.session.flush()
    return event


def _sent_on(turn: Turn, answers: Answers, *letters: Letter | None, to: Person | None = None) -> Screen:
    """Sent; at night it says when the first of them arrives. Who was not asked what to write reads to whom it went."""
    t, first = turn.t, min((letter.not_before for letter in letters if letter), default=turn.now)
    typed, at_night = answers.get("typed"), first > turn.now
    said = "" if typed else t("Your message was sent.")
    if typed:
        said = t("Sent to {name}.", name=to.first_name) if to is not None else t("Sent to the coordinator.")
    if at_night:
        arrives = turn.calendar.wall(first)
        day, hour = t.near_day(arrives.date(), turn.today), t.hour(arrives.time())
        night = t("It is night now. Your message arrives {day} at {hour}.", day=day, hour=hour)
        said = f"{said} {night}" if typed else night
    if typed != BELOW:
        return Screen.of(said)
    # Their words stand in the chat and nowhere else: from there the button takes them.
    return Screen.of(answers["text"], row(Button(t("That was a new question"), "new_question")), title=said)
