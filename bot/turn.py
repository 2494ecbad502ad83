"""One turn: something happened, one transaction changes what is true and says what must be told to whom."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.event import listen

from bot.chats import WholeChats
from bot.i18n import DEFAULT, translator
from bot.letters import Post, To
from bot.retelling import in_other_languages, in_that_language, shown_in, taken_away
from bot.rows import Rows
from bot.screen import Screen
from models.call import settle_calls, want_call
from models.event import Event, EventKind
from models.letter import Letter, LetterState, Priority, lowest_in
from models.reminder import replan
from models.request import Request

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from sqlalchemy.orm import Session

    from bot.forms import Dialogue
    from bot.given import Given
    from bot.i18n import Translator
    from bot.routing import Router
    from bot.settings import Settings
    from models.person import Person

# The first words that somebody reads stay in the chat: what comes of their buttons stands below.
WELCOME = "welcome"
REQUEST = "request"  # what letters about a request begin with


class Turn(Rows, WholeChats):
    """What a handler works with. `given` is empty in a sweep; `t` translates for the person who acts."""

    def __init__(
        self,
        session: Session,
        now: datetime,
        settings: Settings,
        router: Router,
        person: Person | None = None,
        given: Given | None = None,
    ) -> None:
        super().__init__(session)
        self.now = now
        self.settings = settings
        self.calendar = settings.calendar
        self.router = router
        self.toast = ""  # a short word over the screen, for a tap
        self.username = ""  # the bot's name at Telegram, for links to it
        self.resumed = False  # a dialogue that waited below another one goes on
        self._acting_for: Person | None = None
        self.calls_settled = False  # there is less to call than before
        self.erased = False  # somebody is not known any more
        self._person = person
        self._given = given
        self._post = Post(session, now, (str(given.chat_id), given.message_id) if given and given.message_id else None)
        carried = given.speaks if given else ""
        self.t: Translator = translator(carried or self._usual_language())

    # ── who and what ──

    @property
    def person(self) -> Person:
        """Who acts."""
        if self._person is None:
            raise LookupError("nobody acts in a sweep")
        return self._person

    @property
    def acting_for(self) -> Person | None:
        """Who has no Telegram, and for whom this coordinator does it."""
        return self._acting_for

    @acting_for.setter
    def acting_for(self, person: Person | None) -> None:
        self._acting_for = person
        # What happened can only be written once, so it says at that very moment who did it.
        listen(self.session, "before_flush", self._sign)

    def _sign(self, session: Session, _context: object, _instances: object) -> None:
        for row in session.new:
            if isinstance(row, Event) and row.by is not None and row.by is self._acting_for:
                row.via = self.person

    @property
    def actor(self) -> Person | None:
        """Whose doing it is: of who acts, or of whom they act for; nobody's in a sweep."""
        return self.acting_for or self._person

    def acts(self, person: Person) -> bool:
        """Whether `person` does it, for themselves or for somebody else."""
        return person is self._person or person is self.acting_for

    @property
    def given(self) -> Given:
        """What came in."""
        if self._given is None:
            raise LookupError("nothing came in: this is a sweep")
        return self._given

    @given.setter
    def given(self, given: Given) -> None:
        self._given = given

    @property
    def today(self) -> date:
        """The date here, now."""
        return self.calendar.day(self.now)

    @property
    def dialogue(self) -> Dialogue | None:
        """The dialogue that this person is in."""
        return self.router.forms.open(self)

    def t_for(self, person: Person) -> Translator:
        """The translator for what `person` will read."""
        return self.t if person is self._person else translator(person.language)

    def keep_language(self) -> None:
        """A dialogue begins: what is typed in it is answered in the language of the button that began it."""
        if self.t.language != translator(self._usual_language()).language:
            self.person.language = self.t.language

    def forget_language(self) -> None:
        """A dialogue is over: the language that was tapped in it goes with it, where languages are not remembered."""
        if self.settings.language_memory == "session" and self.person.language is not None:
            self.person.language = None

    @property
    def letters(self) -> list[Letter]:
        """The letters that this turn wrote, in their order."""
        return self._post.written

    # ── what is told ──

    def announce(self, event: Event) -> None:
        """Write down what happened, plan what follows from it, and tell everybody concerned."""
        self.session.add(event)
        self.erased |= event.kind is EventKind.ERASED
        if event.request is not None:
            replan(self.session, event.request, self.now, self.calendar)
            if event.request.is_by_phone:
                answered = self.acting_for is not None
                self.calls_settled |= settle_calls(self.session, event.request, self.now, answered=answered)
        self.session.flush()
        for hear in self.router.news.get(event.kind, ()):
            hear(self, event)

    def begin(self, form: str, **answers: object) -> Screen:
        """Begin a dialogue, with what is known already; one in progress waits until this one is over."""
        return self.router.forms.begin(self, form, answers)

    def answer(self, screen: Screen) -> Letter:
        """Show `screen` to who acts: in the message that they tapped (but not the welcome), else as a new one."""
        to, screen = self._to(self.given.chat_id), self._speaking(screen)
        tapped = self.given.message_id
        if tapped is not None and not screen.place and not screen.removes_keyboard:
            if self.tapped_card != WELCOME:
                return self._post.edit(to, screen, message_id=tapped)
            if welcome := self._post.card(to, WELCOME, WELCOME):
                self._post.strip(to, welcome)
        return self._post.send(to, screen, priority=Priority.ANSWER)

    def say(self, screen: Screen, *, not_before: datetime | None = None) -> Letter:
        """Show `screen` to the person who acts, always as a new message."""
        to = self._to(self.given.chat_id)
        return self._post.send(to, self._speaking(screen), priority=Priority.ANSWER, not_before=not_before)

    def tell(
        self, person: Person, screen: Screen, *, urgent: bool = False, valid_until: datetime | None = None
    ) -> Letter | None:
        """Send news to somebody, at night only what is urgent; `None` where Telegram cannot reach them.

        Who has no Telegram is called: a coordinator reads on the call list what to say.
        """
        if person.telegram_id is None:
            self._have_called(person, screen)
            return None
        if person.unreachable_since is not None:
            return None
        not_before = self._may_go(person, urgent=urgent)
        if valid_until is not None and not_before >= valid_until:
            not_before = self.now
        return self._post.send(
            self._to(person.telegram_id, person),
            self._for_reader(person, screen),
            priority=Priority.ANSWER if person is self._person else Priority.NOTICE,
            not_before=not_before,
            valid_until=valid_until,
        )

    def revise(self, person: Person, screen: Screen) -> None:
        """Change the card that `person` has already, in silence; nothing happens where they have none."""
        to = self._to(person.telegram_id, person) if person.telegram_id is not None else None
        if to is not None and (card := self._post.card(to, screen.about, screen.card)) is not None:
            self._post.edit(to, self._as_read(person, screen, card), target=card, priority=card.priority)

    def retract(self, person: Person, screen: Screen) -> None:
        """The card that `person` has is over: change it in silence, or where it was not sent yet never send it."""
        if person.telegram_id is not None:
            to = self._to(person.telegram_id, person)
            card = self._post.card(to, screen.about, screen.card)
            if card is not None and card.state is LetterState.QUEUED and card.message_id is None and card.edits is None:
                self._post.cancel(card)
            elif card is not None:
                self._post.edit(to, self._as_read(person, screen, card), target=card, priority=card.priority)

    def withdraw(self, person: Person, request: Request, screen: Screen) -> None:
        """Take addresses and numbers about `request` out of this person's chat."""
        if person.telegram_id is not None:
            left = [partial(self._as_read, person, each) for each in (screen, taken_away(self.t_for(person)))]
            self._post.withdraw(self._to(person.telegram_id, person), about(request), *left)

    def withdraw_earlier(self, person: Person, request: Request) -> None:
        """Take what this person read about `request` before out of their chat, but for what counts now."""
        if person.telegram_id is not None:
            to, trace = self._to(person.telegram_id, person), taken_away(self.t_for(person))
            self._post.withdraw_earlier(to, about(request), partial(self._as_read, person, trace))

    def send_file(self, person: Person, kind: str, file_id: str, request: Request, caption: str) -> Letter | None:
        """Send a photo or voice message of `request`; it cannot be blanked, so the caller plans its deletion."""
        sent_as = "document" if kind == "picture" else kind  # Telegram does not turn a file into a photo
        body = {sent_as: file_id, "caption": caption}
        return self._call(person, f"send{sent_as.capitalize()}", body, request)

    def send_location(self, person: Person, place: str, request: Request) -> Letter | None:
        """Show a place ("latitude,longitude") on the map; it cannot be blanked, so the caller plans its deletion."""
        latitude, longitude = place.split(",")
        return self._call(person, "sendLocation", {"latitude": float(latitude), "longitude": float(longitude)}, request)

    def unask(self, dialogue: str) -> None:
        """Do not send a question of this dialogue that this turn wrote: it was answered with what was said."""
        question = self._post.question(self._to(self.given.chat_id), dialogue)
        if question is not None and question in self.letters:
            self._post.cancel(question)

    def leave(self, dialogue: str) -> None:
        """Take the buttons off the question of a dialogue, unless it is the message that was tapped."""
        to = self._to(self.given.chat_id)
        letter = self._post.question(to, dialogue)
        if letter is not None and letter.attempts == 0 and letter.not_before > self.now:  # the one for the morning
            self._post.cancel(letter)
            letter = self._post.question(to, dialogue)
        if letter is not None and (letter.message_id is None or letter.message_id != self.given.message_id):
            self._post.strip(to, letter)

    def right_above(self, within: timedelta) -> Letter | None:
        """The message that somebody types right below: nothing else was sent or changed since it arrived.

        `None` where it arrived longer ago than `within`, or only after they typed, or where they reply to another one.
        """
        letter = lowest_in(self.session, str(self.given.chat_id), self.now - within)
        if letter is None or (letter.message_id or 0) > (self.given.own_id or 0):
            return None
        return letter if self.given.reply_to in {None, letter.message_id} else None

    @property
    def tapped_card(self) -> str | None:
        """Which card the tapped message is by now: a second tap arrives when the first has changed it already."""
        tapped = self.given.message_id
        return None if tapped is None else self._post.card_in(self._to(self.given.chat_id), tapped)

    def with_buttons(self) -> list[Letter]:
        """The messages with buttons in the chat of who acts, the lowest first; only the one that they reply to."""
        return self._post.with_buttons(self._to(self.given.chat_id), self.given.reply_to)

    def asked_above(self, card: str | None = None) -> Letter | None:
        """The lowest message with buttons (or the lowest such `card`), or the one replied to.

        `None` where it did not stand there yet when these words were typed.
        """
        found, typed = self.with_buttons(), self.given.own_id
        letter = next((each for each in found if card is None or each.card == card), None)
        if letter is None or letter.message_id is None or typed is None:  # one that is on its way stands there soon
            return None
        return letter if letter.message_id < typed else None

    def delete(self, letter: Letter) -> None:
        """Delete a message that was sent, or do not send it."""
        if letter.state is LetterState.QUEUED:
            self._post.cancel(letter)
        elif letter.person is not None and letter.person.telegram_id is not None:
            deletion = self._post.call(self._to(letter.person.telegram_id, letter.person), "deleteMessage", {})
            deletion.message_id, deletion.edits = letter.message_id, letter

    def _for_reader(self, person: Person, screen: Screen) -> Screen:
        """Who acts reads the language that they act in; who does not can choose another one."""
        if person is self._person:
            return self._speaking(screen)
        return in_other_languages(screen, self.t_for(person), self.router)

    def _as_read(self, person: Person, screen: Screen, card: Letter) -> Screen:
        """For who reads the card in another language by now, in that one, unless it is known in which they read."""
        language = shown_in(card.keys or ())
        known = person is self._person or person.language is not None
        if not known and language not in {"", self.t_for(person).language}:
            theirs = Turn(self.session, self.now, self.settings, self.router, person)
            theirs.t = translator(language)
            if (told := in_that_language(theirs, screen)) is not None:
                return told
        return self._for_reader(person, screen)

    def _speaking(self, screen: Screen) -> Screen:
        """The buttons carry the language where nothing else would tell it when they are tapped, or the card revised."""
        known = translator(self._usual_language()).language
        asked = (screen.card or screen.private) and known != DEFAULT and self.settings.language_memory == "session"
        told = self.t.language == known and not asked
        return screen if told else replace(screen, speaks=self.t.language)

    def _usual_language(self) -> str | None:
        """The one that was tapped in the open dialogue, or is remembered; else that of the app."""
        tapped = self._person.language if self._person else None
        return tapped or (self._given.language if self._given else None)

    def _have_called(self, person: Person, screen: Screen) -> None:
        kind, _, key = screen.about.partition(":")
        request = self.session.get(Request, int(key)) if kind == REQUEST and key.isdecimal() else None
        if request is None or person is not request.resident or person is self.acting_for:
            return
        if want_call(self.session, request, screen.card, self.now) is not None:
            self.announce(request.note(EventKind.TO_CALL, self.now))

    def _call(self, person: Person, method: str, body: dict[str, Any], request: Request) -> Letter | None:
        if not person.can_be_told():
            return None
        described = Screen("", about=about(request), card=method, private=True)
        letter = self._post.call(self._to(str(person.telegram_id), person), method, body, described)
        letter.not_before = self._may_go(person, urgent=request.is_urgent(self.now))
        return letter

    def _may_go(self, person: Person, *, urgent: bool) -> datetime:
        """From when on: the night is only for who acts and for what is urgent."""
        return self.now if urgent or person is self._person else self.calendar.after_quiet(self.now)

    def _to(self, chat_id: int | str, person: Person | None = None) -> To:
        return To(str(chat_id), person or self._person)


def about(request: Request) -> str:
    """What letters about `request` are marked with."""
    return f"{REQUEST}:{request.id}"
