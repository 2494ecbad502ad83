"""A walk over everything that can be seen: each button of each new screen is tapped once, each text step answered.

Every act is a turn in a savepoint that is rolled back, so that the next one finds the same world: no screen is missed
because an earlier tap led elsewhere. What is told to others is walked on from as well, and so is what the clock does.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from babel import Locale
from sqlalchemy import func, select, update

from bot.forms import ROUTE
from bot.given import Given
from bot.hearing import hear
from bot.i18n import PARTS, languages, translator
from bot.letters import MESSAGE
from bot.route import Route
from bot.screen import spoken
from bot.turn import Turn
from bot.turns import Turns
from handlers.volunteer.wishes import TIMES
from handlers.words import CATEGORIES
from models import Area, Event, Person, Reminder, ReminderState, Request, Volunteer
from models.code_words import CODE_WORDS
from models.letter import LetterState
from models.refused import Refused
from models.reminder import ReminderKind

SWITCHES = {"other", "say_in", "language"}  # whoever tapped one would go on in another language than the others
FOR_OTHERS = {"behalf"}  # a coordinator asks for who has no Telegram
# What makes a request another one for who looks at it: by its value, or by being there.
TELLING = ("state", "wants_to_know", "attention", "outcome", "media_kind")
WHETHER = ("proposed", "hour", "location")
FIRST, LAST = 2, 4  # so many answers of a question are tapped: those below are of another kind
# What else people send, besides what they are asked.
SAID: tuple[dict[str, Any], ...] = (
    {"kind": "text", "text": "99"},
    {"kind": "text", "text": "Maria"},
    {"kind": "text", "text": "Mijn insuline spuiten"},
    {"kind": "text", "text": "Kastanjelaan 3"},
    {"kind": "text", "text": "0470 11 22 33"},
    {"kind": "text", "text": "?" * 1200},
    {"kind": "voice", "file_id": "a voice"},
    {"kind": "photo", "file_id": "a photo"},
    {"kind": "location", "place": "50.77700,4.88500"},
    {"kind": "contact", "phone": "+32470112233", "own_phone": True},
    {"kind": "contact", "phone": "+32470112233"},
    {"kind": "sticker"},
)
OUT_OF_THE_BLUE: tuple[dict[str, Any], ...] = (
    *({"kind": kind} for kind in ("sticker", "poll", "video", "audio", "document", "too_large", "picture", "dice")),
    *({"kind": "text", "text": text} for text in ("hallo", "merci", "ok", "x", "/onbestaand", "stop", "help")),
    {"kind": "text", "text": "112", "emergency": "untold"},
    *SAID,
)


Act = Callable[[Given], tuple[Given, Callable[[Turn], Any]]]


@dataclass(frozen=True)
class Shown:
    """A message in somebody's chat; `answered`: to who acted."""

    person_id: int
    message_id: int
    language: str
    title: str
    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...]  # label and data of each button
    answered: bool
    after: str  # what was done, to find it again

    @property
    def labels(self) -> list[str]:
        """The words on its buttons."""
        return [label for row in self.rows for label, _ in row]

    @property
    def words(self) -> str:
        """All that is read."""
        return "\n".join([self.title, self.text, *self.labels])


@dataclass
class Walk:
    """`await turns.run(Walk(turns, now).everything)`: in the thread of the turns."""

    turns: Turns
    now: datetime
    languages: Sequence[str] = field(default_factory=languages)
    shown: list[Shown] = field(default_factory=list)
    routes: set[str] = field(default_factory=set)
    steps: set[tuple[str, str]] = field(default_factory=set)
    struck: set[ReminderKind] = field(default_factory=set)
    acts: int = 0

    def everything(self, *, coordinators: bool) -> list[Shown]:
        """Walk from all commands and all that people may say; what is new is seen in each language.

        From those of the coordinators, or from those of everybody else, who then ask for themselves: a walk passes by
        what it has seen, so it would meet a resident's questions only where a coordinator answers them for somebody.
        """
        self._passed_by = SWITCHES if coordinators else {*SWITCHES, *FOR_OTHERS}
        self._known: set[object] = set()
        self._facts = self._all_facts()
        self._seen_world: tuple[int | None, object] = (-1, None)
        self._last_id = 1_000_000
        with self.turns.session() as session, session.begin():
            self._session = session
            self._speak(self.languages[0])
            everybody = session.scalars(select(Person).order_by(Person.id)).all()
            people = [each.id for each in everybody if bool(each.coordinates) is coordinators]
            for person_id in people:
                for each in self.turns.router.commands:
                    self._visit(person_id, self._writes(each.route), self.now, f"/{each.route.name}")
                for said in OUT_OF_THE_BLUE if person_id == people[0] else ():
                    self._visit(person_id, self._says(said), self.now, f"{said['kind']} {said.get('text', '')[:20]}")
            session.rollback()
        return self.shown

    def _speak(self, language: str) -> None:
        """From now on everybody reads this language, as where languages are remembered."""
        self._language = language
        self._session.execute(update(Person).values(language=language))
        self._session.expire_all()

    # ── acts ──

    def _writes(self, route: Route) -> Act:
        def handle(turn: Turn) -> Any:
            if not turn.person.has(route.role):
                return self.turns.router.special["unknown_command"](turn)
            return route.handler(turn)

        return lambda given: (replace(given, kind="text", text=f"/{route.name}"), handle)

    def _says(self, said: dict[str, Any]) -> Act:
        handle = self.turns.router.special["emergency"] if said.get("emergency") else hear
        self._last_id += 1
        return lambda given: (replace(given, own_id=self._last_id, **said), handle)

    def _taps(self, shown: Shown, data: str) -> Act:
        speaks, plain = spoken(data)
        route, words = self.turns.router.behind(data)

        def handle(turn: Turn) -> Any:
            assert turn.person.has(route.role), data
            return route.handler(turn, *route.arguments(words))

        facts: dict[str, Any] = {
            "kind": "tap",
            "data": plain,
            "speaks": speaks,
            "message_id": shown.message_id,
            "shown": shown.text,
        }
        return lambda given: (replace(given, **facts), handle)

    def _visit(self, person_id: int, act: Act, now: datetime, after: str) -> None:
        """Do it, walk on from what is new, and undo it."""
        self.acts += 1

        def done() -> list[Shown]:
            person = self._session.get_one(Person, person_id)
            given = replace(Given.in_chat_of(person, self.turns.bot_id), language=self._language)
            return self._turn(*act(given), now, after)

        self._try(done, now)

    def _try(self, done: Callable[[], list[Shown]], now: datetime) -> None:
        with self._session.begin_nested() as savepoint:
            found = done()
            new, other_words = self._new(found)
            self._walk_on(new, now)
            savepoint.rollback()
        self._seen_world = -1, None
        for language in self.languages[1:] if other_words else ():
            with self._session.begin_nested() as savepoint:
                self._speak(language)
                self.shown += done()
                savepoint.rollback()
        if other_words:
            self._language = self.languages[0]
            self._session.expire_all()  # a savepoint that is rolled back does not do that for what was only read

    def _turn(self, given: Given, handle: Callable[..., Any], now: datetime, after: str) -> list[Shown]:
        try:
            with self._session.begin_nested():
                turn = self.turns._in_private(self._session, now, given, handle)
        except Refused as refused:
            no, answer = refused, self.turns.router.special["refused"]
            turn = self.turns._in_private(self._session, now, given, lambda turn: answer(turn, no))
        return self._sent(turn, after)

    def _sent(self, turn: Turn, after: str) -> list[Shown]:
        """The letters of a turn as they arrive."""
        self._session.flush()
        found = []
        for letter in turn.letters:
            if letter.state is LetterState.QUEUED:
                self._last_id += 1
                edited = letter.message_id or (letter.edits.message_id if letter.edits else None)
                letter.state, letter.message_id = LetterState.SENT, edited or self._last_id
                if letter.method == MESSAGE and letter.person is not None:
                    found.append(self._read(letter, answered=letter.person is turn._person, after=after))
        return found

    def _read(self, letter: Any, *, answered: bool, after: str) -> Shown:
        body, title = letter.body, ""
        if entities := body.get("entities"):
            title = body["text"][: entities[0]["length"]]
        text = body["text"].removeprefix(title).strip()
        markup = body.get("reply_markup", {})
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or ()
        read = tuple(tuple((each["text"], each.get("callback_data", "")) for each in row) for row in rows)
        return Shown(letter.person.id, letter.message_id, self._language, title, text, read, answered, after)

    # ── what is new ──

    def _new(self, found: list[Shown]) -> tuple[list[Shown], bool]:
        """What says something new, or stands in a world that is; and whether it is the words."""
        elsewhere = self._is_new(self._world())
        fresh = {each.person_id for each in found if self._says_something_new(each)}
        return [each for each in found if elsewhere or each.person_id in fresh], bool(fresh)

    def _walk_on(self, new: list[Shown], now: datetime) -> None:
        self.shown += new
        world = self._world()
        for shown in new:
            for label, data in self._worth_tapping(shown):
                name, *words = spoken(data)[1].split(":")[1:]
                self.routes.add(name)
                if name in self._passed_by:
                    continue
                what = str(words[1:]) if name == ROUTE else re.sub(r"\d+", "#", data)
                if self._is_new(("tapped", shown.person_id, name, what, world)):
                    self._visit(shown.person_id, self._taps(shown, data), now, f"{shown.after} > {label}")
            self._answer(shown, now)
        if new:
            self._strike(new[0].after)

    def _answer(self, shown: Shown, now: datetime) -> None:
        """What is asked is answered in every way that there is, once."""
        person = self._session.get_one(Person, shown.person_id)
        given = Given.in_chat_of(person, self.turns.bot_id)
        dialogue = Turn(self._session, now, self.turns.settings, self.turns.router, person, given).dialogue
        step = dialogue.step() if dialogue else None
        if dialogue is None or step is None or not self._is_new(("step", dialogue.name, step.name)):
            return
        self.steps.add((dialogue.name, step.name))
        typed = [{"kind": "text", "text": label} for row in shown.rows for label, data in row if not data]
        fits = [said for said in SAID if said["kind"] in {*step.takes, "text", "sticker"}]
        for said in (*fits, *typed):
            what = f"{said['kind']} {said.get('text', '')[:9]}"
            self._visit(shown.person_id, self._says(said), now, f"{shown.after} > {what}")

    def _world(self) -> object:
        """In which state everything is; facts apart."""
        newest = self._session.scalar(select(func.max(Event.id)))
        if self._seen_world[0] == newest:
            return self._seen_world[1]
        requests = self._session.scalars(select(Request)).all()
        volunteers = self._session.scalars(select(Volunteer)).all()
        states = {
            tuple(getattr(each, name) for name in TELLING)
            + tuple(bool(getattr(each, name)) for name in WHETHER)
            + (len(each.reports),)
            for each in requests
        }
        self._seen_world = newest, (frozenset(states), frozenset(each.state for each in volunteers))
        return self._seen_world[1]

    def _strike(self, after: str) -> None:
        """Whatever the clock would do next, once in each state."""
        waiting = select(Reminder).where(Reminder.state == ReminderState.WAITING).order_by(Reminder.due_at, Reminder.id)
        for reminder in self._session.scalars(waiting).all():
            request = reminder.request
            proposed = request.proposed is not None
            state = (reminder.kind, reminder.side, request.state, request.attention, proposed, len(request.reports))
            if self._is_new(state):
                self.struck.add(reminder.kind)
                self._try(partial(self._struck, reminder.id, reminder.due_at, after), reminder.due_at)

    def _struck(self, key: int, due_at: datetime, after: str) -> list[Shown]:
        reminder = self._session.get_one(Reminder, key)
        reminder.state = ReminderState.DONE
        turn = Turn(self._session, due_at, self.turns.settings, self.turns.router)
        self.turns.router.strikers[reminder.kind](turn, reminder)
        return self._sent(turn, f"{after} > {reminder.kind}")

    @staticmethod
    def _worth_tapping(shown: Shown) -> Iterator[tuple[str, str]]:
        """Each kind of button; of the answers to a question the first and the last ones."""
        buttons = [each for row in shown.rows for each in row if each[1]]
        answers = [each for each in buttons if spoken(each[1])[1].split(":")[1] == ROUTE]
        kinds = {re.sub(r"\d+", "#", data): (label, data) for label, data in buttons if (label, data) not in answers}
        yield from kinds.values()
        yield from (each for at, each in enumerate(answers) if at < FIRST or at >= len(answers) - LAST)

    def _is_new(self, what: object) -> bool:
        new = what not in self._known
        self._known.add(what)
        return new

    def _says_something_new(self, shown: Shown) -> bool:
        """A line, or buttons beside each other, that no screen had before, in a dialogue at that step; facts apart."""
        plain = self._facts.sub("·", "\n".join([shown.title, shown.text, *shown.labels]))
        plain = re.sub(r"·([,\s]+·)+", "·", re.sub(r"\d+", "#", plain))
        routes = {spoken(data)[1].split(":")[1] for row in shown.rows for _, data in row if data}
        steps = {spoken(data)[1].split(":")[3] for row in shown.rows for _, data in row if f":{ROUTE}:" in data}
        said = [*plain.split("\n"), tuple(sorted(routes))]
        fresh = [each for each in said if self._is_new((*steps, each))]
        return bool(fresh)

    def _all_facts(self) -> re.Pattern[str]:
        t, locale = translator(self.languages[0]), Locale(self.languages[0])
        with self.turns.session() as session:
            names = [*session.scalars(select(Person.first_name)), *session.scalars(select(Area.name))]
        words = [*names, *CODE_WORDS, *(emoji for _, emoji in CATEGORIES.values())]
        words += [t(each) for each in (*(name for name, _ in CATEGORIES.values()), *TIMES.values(), *PARTS.values())]
        for width in ("wide", "abbreviated"):
            words += [*locale.days["format"][width].values(), *locale.months["format"][width].values()]
        longest = sorted({re.escape(each) for each in words if each}, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)|\b(?=\w*\d)[A-Z2-9]{{4}}\b", re.IGNORECASE)
