"""The wrapper around a handler: seen before? who? may they? one transaction, and only what it committed happened."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session, joinedload

from bot.database import empty_log
from bot.envelopes import Envelope
from bot.given import Given, sender_of
from bot.i18n import DEFAULT, N_, translator
from bot.letters import Post, To
from bot.log import get_logger, where
from bot.mailroom import hand_over
from bot.routing import Route
from bot.screen import Screen
from bot.side_by_side import again, alone_with
from bot.turn import Turn
from models.event import Event, EventKind
from models.letter import LetterState, Priority
from models.person import Person
from models.refused import Reason, Refused
from models.reminder import Reminder, ReminderState
from models.request import Request
from models.seen import DeadUpdate, Fact, SeenUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Engine
    from telegram import Update

    from bot.clock import Clock
    from bot.route import Handler
    from bot.routing import Router
    from bot.settings import Settings
    from bot.workers import Workers

log = get_logger(__name__)
T = TypeVar("T")

SEEN_AGAIN = timedelta(hours=1)  # how stale `Person.seen_at` may be: it decides over months, not minutes
ATTEMPTS = 3  # for a reminder whose handler fails
DATABASE_AWAY = (OperationalError, InterfaceError)
# Prepared once: these run in every turn, or nearly. The last one writes and says whether it was there already.
# Whether somebody is a volunteer, and in a dialogue, is asked in nearly every turn.
BY_TELEGRAM_ID = (
    select(Person)
    .where(Person.telegram_key == bindparam("telegram_id"))
    .options(joinedload(Person.volunteer), joinedload(Person.form))
)
NEXT = Reminder.due(bindparam("at")).with_only_columns(Reminder.id).limit(1)
SEEN = {
    "sqlite": sqlite.insert(SeenUpdate.__table__).on_conflict_do_nothing(),  # type: ignore[arg-type]  # a mapped class always has its table
    "postgresql": postgresql.insert(SeenUpdate.__table__)  # type: ignore[arg-type]  # likewise
    .on_conflict_do_nothing()
    .execution_options(preserve_rowcount=True),  # of an INSERT SQLAlchemy forgets it otherwise, and all would be known
}


@dataclass
class Outcome:
    """What became of one update. Intake looks at nothing else."""

    committed: bool = False
    error: BaseException | None = None
    callback_id: str | None = None
    toast: str = ""
    emergency: str = ""  # `told` or `untold`: the words sounded like an emergency
    direct: bool = False  # the sender is free: it takes the answer without looking for it
    envelope: Envelope | None = None  # that answer
    wrote: bool = False  # there are (other) letters to look for


OUTCOME: ContextVar[Outcome] = ContextVar("outcome")


class Turns:
    """Runs turns in worker threads."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock, router: Router, workers: Workers) -> None:
        self.engine = engine
        self.settings = settings
        self.clock = clock
        self.router = router
        self.bot_id = 0
        self.username = ""
        self._workers = workers

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """Run `work` in a worker thread."""
        return await self._workers.run(partial(work, *args))

    def close(self) -> None:
        """Finish what runs, then let the database go."""
        self._workers.close()
        self.engine.dispose()

    def session(self) -> Session:
        """A session that keeps loaded rows fresh after a commit, for the letters of a turn."""
        return Session(self.engine, expire_on_commit=False)

    # ── a person does something ──

    async def answer(self, update: Update, route: Route, words: Sequence[str]) -> None:
        """What python-telegram-bot calls. It never raises: the library would swallow it, and log what people wrote."""
        outcome = OUTCOME.get()
        try:
            outcome.callback_id = update.callback_query.id if update.callback_query else None
            given = Given.of(update, self.bot_id)
            if given is not None and outcome.emergency:
                given = replace(given, emergency=outcome.emergency)
            await self.run(self.take, update.update_id, given, route, words, outcome)
        except Exception as error:  # noqa: BLE001 – whatever it was, intake decides
            outcome.error = error
            outcome.committed, outcome.envelope = False, None  # or it is, and nobody knows whether it lasts

    def take(self, update_id: int, given: Given | None, route: Route, words: Sequence[str], outcome: Outcome) -> None:
        """One update, one transaction, one effect."""
        again(partial(self._take, update_id, given, route, words, outcome))

    def _take(self, update_id: int, given: Given | None, route: Route, words: Sequence[str], outcome: Outcome) -> None:
        if given is not None and given.emergency:
            route, words = Route("emergency", self.router.special["emergency"]), ()

        meant = given

        def handle(turn: Turn) -> Screen | None:
            nonlocal meant
            if not turn.person.has(route.role):
                raise Refused(Reason.ROLE)
            try:
                return route.handler(turn, *route.arguments(words))
            finally:
                meant = turn.given  # a button may have been typed

        try:
            self._commit(update_id, given, handle, outcome)
        except Refused as refused:
            # Nothing of it is left. A savepoint would do that too, and cost every turn a quarter of its time.
            reason, about = refused.reason, refused.key()

            def refuse(turn: Turn) -> Screen | None:
                known = turn.session.get(*about) if about else None
                return self.router.special["refused"](turn, Refused(reason, known))

            self._commit(update_id, meant, refuse, outcome)

    def _commit(self, update_id: int, given: Given | None, handle: Handler, outcome: Outcome) -> None:
        now = self.clock.now()
        turn, envelope = None, None
        with self.session() as session, session.begin():
            if self._first_time(session, update_id, now):
                if given is not None and given.private and given.user_id is not None:
                    turn = self._in_private(session, now, given, handle)
                elif given is not None:
                    outcome.wrote = self._in_a_group(session, now, given)
                envelope = self._hand_over(session, turn) if turn and outcome.direct else None
        if turn is not None:
            outcome.toast, outcome.envelope = turn.toast, envelope
            outcome.wrote = len(turn.letters) > (envelope is not None)
            if turn.erased:
                empty_log(self.engine)
        outcome.committed = True

    def _first_time(self, session: Session, update_id: int, now: datetime) -> bool:
        """Write the update down as seen; `False` where it was already."""
        seen = {"bot_id": self.bot_id, "update_id": update_id, "at": now}
        return session.connection().execute(SEEN[self.engine.dialect.name], seen).rowcount > 0

    @staticmethod
    def _hand_over(session: Session, turn: Turn) -> Envelope | None:
        """The answer goes to the sender with the commit, where it is the first letter and new."""
        letter = next(iter(turn.letters), None)
        if letter is None or letter not in session.new or letter.edits is not None:
            return None
        now = letter.state is LetterState.QUEUED and letter.not_before <= turn.now
        alone = len(turn.letters) == 1  # others may refer to it
        return hand_over(session, letter) if now and alone else None

    def _in_private(self, session: Session, now: datetime, given: Given, handle: Handler) -> Turn:
        person = self._person(session, given, now)
        turn = Turn(session, now, self.settings, self.router, person, given)
        turn.username = self.username
        if person.unreachable_since is not None and given.member != "kicked":
            person.unreachable_since = None
            turn.announce(Event(kind=EventKind.REACHABLE, person=person, at=now))
        screen = handle(turn)
        if screen is not None:
            turn.answer(screen)
        if turn.resumed and (dialogue := turn.dialogue):
            turn.say(dialogue.screen())
        return turn

    def _in_a_group(self, session: Session, now: datetime, given: Given) -> bool:
        """Who speaks to the bot in a group, or adds it, reads where it works; it says nothing about anybody."""
        if not (given.added or (given.kind == "text" and not given.edited and self._is_addressed(given.text))):
            return False
        t = translator(given.language)
        screen = Screen(t(N_("I only work in a private chat. Tap my name and write to me there.")))
        Post(session, now).send(To(str(given.chat_id)), screen, priority=Priority.ANSWER)
        return True

    def _is_addressed(self, text: str) -> bool:
        """A command that is not another bot's, or our name."""
        ours = f"@{self.username}".casefold()
        first = text.split(maxsplit=1)[0].casefold() if text.strip() else ""
        if first.startswith("/"):
            return "@" not in first or first.endswith(ours)
        return bool(self.username) and ours in text.casefold()

    def _person(self, session: Session, given: Given, now: datetime) -> Person:
        alone_with(session, given.user_id or 0)
        person = session.scalars(BY_TELEGRAM_ID, {"telegram_id": str(given.user_id or 0)}).first()
        first_name = given.first_name or translator(DEFAULT)(N_("Neighbour"))  # a language would be kept with it
        if person is None:
            person = Person(first_name=first_name, since=now, seen_at=now)
            person.use_telegram_id(given.user_id or 0)
            session.add(person)
            session.flush()
        if person.first_name != first_name:
            person.first_name = first_name
        if self.settings.language_memory == "remember" and person.language is None:
            person.language = given.language  # what is tapped later counts more than the app
        if now - person.seen_at > SEEN_AGAIN:
            person.seen_at = now
        return person

    def bury(self, update_id: int, raw: Any, outcome: Outcome) -> None:
        """No turn can commit this update: keep it, say sorry, and let the line go on."""
        now = self.clock.now()
        name = type(outcome.error).__name__ if outcome.error else "NoRoute"
        with self.session() as session, session.begin():
            if not self._first_time(session, update_id, now):
                return
            session.add(DeadUpdate(update_id=update_id, raw=raw, error=name, at=now))
            sender = sender_of(raw)
            if sender is not None:
                t = translator(sender.get("language_code"))
                sorry = t(N_("Something went wrong on our side. I did not understand your last message."))
                what_now = t(N_("Please try again, or tap /start to see where you are."))
                Post(session, now).send(
                    To(str(sender["id"])), Screen(f"{sorry}\n\n{what_now}"), priority=Priority.ANSWER
                )
        log.error("update could not be handled", update_id=update_id, error=name, where=where(outcome.error))

    # ── the clock strikes ──

    def due_reminder(self) -> int | None:
        """The id of the first reminder that is due."""
        with self.session() as session, session.begin():
            return session.scalars(NEXT, {"at": self.clock.now()}).first()

    def next_due(self) -> datetime | None:
        """When the next reminder is due."""
        with self.session() as session, session.begin():
            waiting = select(Reminder.due_at).where(Reminder.state == ReminderState.WAITING)
            return session.scalars(waiting.order_by(Reminder.due_at).limit(1)).first()

    def strike(self, reminder_id: int) -> None:
        """One reminder, one transaction. It is done with the first commit, so that it is never doubled."""
        try:
            again(partial(self._strike, reminder_id))
        except DATABASE_AWAY:
            raise
        except Exception as error:  # noqa: BLE001 – one bad reminder must not hold up the others
            self._strike_failed(reminder_id, error)

    def _strike(self, reminder_id: int) -> None:
        with self.session() as session, session.begin():
            # The request first, as in every turn: who locks the other way round waits for who waits for them.
            about = select(Request).join(Reminder).where(Reminder.id == reminder_id)
            request = session.scalars(about.with_for_update(of=Request)).first()
            reminder = session.get(Reminder, reminder_id, with_for_update=True)
            if request is None or reminder is None or reminder.state is not ReminderState.WAITING:
                return
            reminder.state = ReminderState.DONE
            turn = Turn(session, self.clock.now(), self.settings, self.router)
            self.router.strikers[reminder.kind](turn, reminder)

    def _strike_failed(self, reminder_id: int, error: Exception) -> None:
        log.error("reminder failed", reminder_id=reminder_id, error=type(error).__name__, where=where(error))
        with self.session() as session, session.begin():
            reminder = session.get_one(Reminder, reminder_id)
            reminder.attempts += 1
            reminder.due_at = self.clock.now() + timedelta(minutes=reminder.attempts)
            if reminder.attempts >= ATTEMPTS:
                reminder.state = ReminderState.DEAD

    def sweep(self, name: str) -> None:
        """One periodic sweep, and when it was; one that fails has its turn again after its interval."""
        now = self.clock.now()
        try:
            again(partial(self._sweep, name, now))
            empty_log(self.engine)  # sweeps are seldom, and they forget
        except DATABASE_AWAY:
            raise
        except Exception as error:  # noqa: BLE001 – one bad sweep must not hold up the others
            log.error("sweep failed", sweep=name, error=type(error).__name__, where=where(error))  # noqa: TRY400 – the traceback may hold what people wrote

    def _sweep(self, name: str, now: datetime) -> None:
        with self.session() as session, session.begin():
            self.router.sweeps[name][1](Turn(session, now, self.settings, self.router))
            session.merge(Fact(name=f"swept.{name}", value=now.isoformat()))

    def facts(self, prefix: str) -> dict[str, str]:
        """What is remembered under names that begin with `prefix`."""
        with self.session() as session, session.begin():
            rows = session.scalars(select(Fact).where(Fact.name.startswith(prefix)))
            return {row.name.removeprefix(prefix): row.value for row in rows}

    def remember(self, facts: Mapping[str, str]) -> None:
        """Remember facts by their names."""
        again(partial(self._remember, facts))

    def _remember(self, facts: Mapping[str, str]) -> None:
        with self.session() as session, session.begin():
            known = {fact.name: fact for fact in session.scalars(select(Fact).where(Fact.name.in_(facts)))}
            for name, value in facts.items():
                if name in known:
                    known[name].value = value
                else:
                    session.add(Fact(name=name, value=value))

    # ── what the machine finds out ──

    def lose(self, session: Session, person_id: int, now: datetime) -> None:
        """Telegram says that this person cannot be written to: a fact of the domain."""
        person = session.get(Person, person_id)
        if person is None or person.unreachable_since is not None:
            return
        person.unreachable_since = now
        try:
            with session.begin_nested():
                turn = Turn(session, now, self.settings, self.router)
                turn.announce(Event(kind=EventKind.UNREACHABLE, person=person, at=now))
        except DATABASE_AWAY:
            raise
        except Exception as error:  # noqa: BLE001 – what follows from it must not stop the sender
            log.error("nobody heard that a person is unreachable", error=type(error).__name__, where=where(error))  # noqa: TRY400 – the traceback may hold what people wrote
