"""Every choice of every question of every dialogue leads on: walked through, screen by screen, as one would tap."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import handlers
from bot.forms import BACK, STOP, Dialogue
from bot.given import Given
from bot.routing import router
from bot.screen import SEPARATOR, Button, Screen
from bot.settings import Settings, load
from bot.turn import Turn
from models import Category, Coordinator, Moment, Part, Person, Place, Request, State, Volunteer, VolunteerState
from models.form import Answers, FormRow
from tests.support.clock import START
from tests.support.engines import lent
from tests.support.town import ALL_TIMES, Town, populate

for _module in pkgutil.walk_packages(handlers.__path__, "handlers."):
    importlib.import_module(_module.name)

# What somebody types or sends where a question takes more than taps; by the name of the question.
TYPED = {
    "category": ["Melk halen", "3"],
    "what": ["Melk en brood", "Melk " * 400],
    "go_on": ["kom snel"],
    "reader": ["En ook kaas", "ja", "nee", "1"],
    "for_name": ["Maria"],
    "who": ["En ook kaas", "Liever overmorgen om 15 uur", "Goed"],
    "day": ["24/12"],
    "part": ["14:30"],
    "hour": ["14:30"],
    "place": ["Kerkplein 3"],
    "spot": ["Bij de kerk"],
    "area": ["Dorpsstraat 12", "Kerkhoekstraat 5", "2"],
    "address": ["Kerkplein 3"],
    "street": ["Dorpsstraat 12", "Centrumstrat 5"],
    "bell": ["Peeters"],
    "phone": ["0470 12 34 56"],
    "number": ["0470 12 34 56"],
    "who_asks": ["Maria", "Pa"],
    "text": ["Tot straks!"],
}
SENT: dict[str, dict[str, Any]] = {
    "voice": {"file_id": "voice-1"},
    "photo": {"file_id": "photo-1"},
    "location": {"place": "50.79300,4.89400"},
    "contact": {"phone": "+32470123456", "own_phone": True},
}
Tap = tuple[str, str]  # the name of the question, and the value


@dataclass(frozen=True)
class At:
    """Where somebody is in a dialogue."""

    answers: Answers
    history: list[Answers]
    path: tuple[str, ...]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(_env_file=None, token="1:test", database_url=f"sqlite:///{tmp_path / 'buren.db'}", key="A" * 43 + "=")


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    with lent(settings.database_url, settings.key_ring()) as engine:
        populate(engine)
        with Session(engine) as session, session.begin():
            people(session)
        yield engine


def people(session: Session) -> None:
    """Rosa is new; Anna has a home, a question and a helper; Bart helps her; Carla coordinates, and knows Paula."""
    centre, now = Town.area(session, "Centrum"), START
    rosa, anna, bart, carla = (Person(first_name=name, since=now, seen_at=now) for name in ROLES)
    for number, person in enumerate((rosa, anna, bart, carla), 1):
        person.use_telegram_id(number)
    anna.area, anna.street, anna.bell = centre, "Dorpsstraat 12", "Claes"
    bart.volunteer = Volunteer(
        state=VolunteerState.APPROVED, categories=["groceries"], times=ALL_TIMES, areas=[centre], note_version="old",
        note_read_at=now, applied_at=now,
    )  # fmt: skip
    carla.coordinates = [Coordinator(area=Town.area(session, "Lindebeek"), since=now)]
    session.add_all([rosa, anna, bart, carla])
    session.add_all(
        Person(first_name=f"Paula{n}", since=now, seen_at=now, area=centre, phone="+32470123456") for n in range(8)
    )
    for code, moment in (("AAAA", Moment(date(2026, 11, 25), Part.AFTERNOON)), ("BBBB", Moment())):
        request = Request(
            code=code, resident=anna, area=centre, text="Melk", category=Category.GROCERIES, place=Place.HOME,
            address="Dorpsstraat 12", wants_to_know=False, sent_at=now, state=State.OPEN,
        )  # fmt: skip
        request.set_moment(moment, CALENDAR)
        session.add(request)
        request.ask(bart, now, "near")
        request.offer(bart, now)


ROLES = ("Rosa", "Anna", "Bart", "Carla")
CALENDAR = load(_env_file=None, token="1:test", key="A" * 43 + "=").calendar


def press(name: str, *args: object) -> Callable[[Turn], object]:
    """Tap a button."""
    return lambda turn: router.buttons[name].handler(turn, *args)


def in_danger(turn: Turn) -> object:
    """Words of need."""
    turn.given = written(turn.person, "text", text="Er is brand")
    return router.special["emergency"](turn)


def writes(text: str) -> Callable[[Turn], object]:
    """Write outside of any dialogue."""

    def write(turn: Turn) -> object:
        turn.given = written(turn.person, "text", text=text)
        return router.special["text"](turn)

    return write


def asks_anew(text: str) -> Callable[[Turn], object]:
    """The same of somebody who has a helper, and says that it is not for them."""

    def write(turn: Turn) -> object:
        writes(text)(turn)
        return router.forms.tap(turn, opened(turn).row.token, "reader", "new")

    return write


# How each dialogue begins, and for whom.
BEGIN: list[tuple[str, str, Callable[[Turn], object]]] = [
    ("ask", "Rosa", press("ask")),
    ("ask", "Anna", press("ask")),
    ("ask", "Anna", press("again", 1)),
    ("ask", "Anna", asks_anew("Kan iemand dinsdag mijn brood halen?")),
    ("ask", "Anna", asks_anew("Wie doet mijn boodschappen volgende dinsdag?")),
    ("ask", "Anna", asks_anew("Ik kreeg druppels voor mijn oor, maar ik mag niet rijden in de namiddag")),
    ("care", "Anna", asks_anew("Wie kan mijn wonde verzorgen?")),
    ("behalf", "Carla", press("behalf")),
    ("for_whom", "Anna", writes("Kan er ook melk bij?")),
    ("for_whom", "Bart", writes("Ik kom wat later")),
    ("change", "Anna", press("change", 1)),
    ("volunteer", "Rosa", press("volunteer")),
    ("volunteer", "Bart", press("change_wishes")),
    ("propose", "Bart", press("propose", 1)),
    ("propose", "Bart", press("propose", 2)),
    ("write", "Bart", press("write", 1)),
    ("write", "Anna", press("write", 1)),
    ("write_coordinator", "Anna", press("write_coordinator", 1)),
    ("answer_person", "Carla", press("answer_person", 2, 1)),
    ("edit_text", "Carla", press("edit_text", 1)),
    ("correct", "Anna", press("correct_line", "phone")),
    ("correct", "Anna", press("correct_line", "home")),
    ("no_danger", "Anna", in_danger),
    ("pin", "Carla", press("end_volunteer_now", 1)),
]


def written(person: Person, kind: str, **facts: Any) -> Given:
    """Something that this person sends."""
    who = int(person.telegram_id or 0)
    return Given(99, 1, who, True, who, person.first_name, "nl", kind, **facts)


class Walk:
    """One dialogue, from its beginning to all of its ends."""

    def __init__(self, session: Session, settings: Settings, form: str, who: str, begin: Callable[[Turn], object]):
        self.session, self.settings, self.form, self.who, self.begin = session, settings, form, who, begin
        self.seen: set[tuple[object, ...]] = set()
        self.ended = 0

    @contextmanager
    def turn(self, at: At | None = None) -> Iterator[Turn]:
        """A turn of this person, where they are in the dialogue; nothing of it is kept."""
        undone = self.session.begin_nested()
        row = self.session.scalars(select(FormRow)).one()
        if at is not None:
            row.answers, row.history = dict(at.answers), [dict(each) for each in at.history]
        person = row.person
        yield Turn(self.session, START, self.settings, router, person, written(person, "tap"))
        undone.rollback()
        self.session.expunge_all()  # what was made meanwhile is not there any more

    def all_of_it(self) -> None:
        """Every choice, from every question that can be reached."""
        person = self.session.get_one(Person, ROLES.index(self.who) + 1)
        self.begin(Turn(self.session, START, self.settings, router, person, written(person, "tap")))
        self.session.flush()
        with self.turn() as turn:
            dialogue = opened(turn)
            assert dialogue.name == self.form
            self.is_new(dialogue)
            waiting = [At(dict(dialogue.answers), list(dialogue.row.history), (self.form,))]
        while waiting:
            at = waiting.pop(0)
            for go in self.ways(at):
                found = self.goes(at, *go)
                if found is not None:
                    waiting.append(found)

    def is_new(self, dialogue: Dialogue) -> bool:
        """Whether nobody was at this question, with these answers to choose from, before."""
        screen, step = dialogue.screen(), dialogue.step()
        assert step is not None
        how_far = screen.text if step.secret else ""  # how many digits are there already
        key = (step.name, how_far, tuple(value for _, value in choices(screen)))
        new = key not in self.seen
        self.seen.add(key)
        return new

    def ways(self, at: At) -> list[tuple[str, Callable[[Turn, Dialogue], Screen | None]]]:
        """What can be done at this question: its buttons, and what may be typed or sent."""
        with self.turn(at) as turn:
            dialogue = opened(turn)
            screen, step = dialogue.screen(), dialogue.step()
            taps = choices(screen)
            labels = [each.label for line in screen.rows for each in line]
            assert step is not None
            assert "Stoppen" in labels, at.path
            assert ("Terug" in labels) == (bool(at.history) or step.turn_back(dict(at.answers))), at.path
            assert screen.text, at.path
            found = [(f"{name}={value}", tapping(name, value)) for name, value in taps]
            for kind in sorted(step.takes - {"picture"}):
                if kind == "text":
                    assert step.name in TYPED, f"say what somebody types at {step.name!r}"
                    found += [(f"“{text[:20]}”", sending("text", text=text)) for text in TYPED[step.name]]
                else:
                    found.append((kind, sending(kind, **SENT[kind])))
            return found

    def goes(self, at: At, name: str, go: Callable[[Turn, Dialogue], Screen | None]) -> At | None:
        """Do it: another screen comes. Returns where that is, where the dialogue goes on there."""
        path = (*at.path, name)
        with self.turn(at) as turn:
            dialogue = opened(turn)
            before = dialogue.screen()
            token, step = dialogue.row.token, dialogue.step()
            after = go(turn, dialogue)
            assert after is not None or turn.letters, path
            if after is not None:
                assert after.as_body()["text"], path
                same = (after.text, labels_of(after)) == (before.text, labels_of(before))
                assert not (same and turn.given.kind == "tap"), f"nothing happens: {path}"
            still = turn.dialogue
            if still is None or still.row.token != token:
                self.ended += 1
                return None
            if name.endswith((f"={STOP}", f"={BACK}")):
                return None
            assert step is not None
            turn.session.flush()
            if not self.is_new(still):
                return None
            return At(dict(still.answers), [dict(each) for each in still.row.history], path)


def opened(turn: Turn) -> Dialogue:
    """The dialogue that goes on."""
    dialogue = turn.dialogue
    assert dialogue is not None
    return dialogue


def choices(screen: Screen) -> list[Tap]:
    """The buttons that answer the question."""
    found = []
    for line in screen.rows:
        for each in line:
            if isinstance(each, Button):
                _, name, _, step, value = [*each.data.split(SEPARATOR), "", "", ""][:5]
                if name == "form":
                    found.append((step, value))
    return found


def labels_of(screen: Screen) -> list[str]:
    """What stands on the buttons."""
    return [each.label for line in screen.rows for each in line]


def tapping(step: str, value: str) -> Callable[[Turn, Dialogue], Screen | None]:
    """Tap one of its buttons."""
    return lambda turn, dialogue: router.forms.tap(turn, dialogue.row.token, step, value)


def sending(kind: str, **facts: Any) -> Callable[[Turn, Dialogue], Screen | None]:
    """Type or send something."""

    def send(turn: Turn, dialogue: Dialogue) -> Screen | None:
        turn.given = written(turn.person, kind, **facts)
        return router.forms.reply(turn, dialogue)

    return send


def test_each_dialogue_is_walked_through() -> None:
    assert {form for form, _, _ in BEGIN} == set(router.forms.known)


@pytest.mark.parametrize(("form", "who", "begin"), BEGIN, ids=lambda each: each if isinstance(each, str) else "")
def test_every_choice_of_every_question_leads_on_with_back_and_stop(
    engine: Engine, settings: Settings, form: str, who: str, begin: Callable[[Turn], object]
) -> None:
    with Session(engine) as session:
        walk = Walk(session, settings, form, who, begin)
        walk.all_of_it()
    assert walk.ended, "it never comes to an end"
