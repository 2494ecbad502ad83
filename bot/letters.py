"""Writing letters: what is queued in the transaction that decided on it, and what it does to earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, or_, select

from bot.screen import only_says_otherwise
from models.letter import Letter, LetterState, Priority

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from bot.screen import Screen
    from models.person import Person

    Left = Callable[[Letter], Screen]  # what stays of a message, in the language in which it is read

MESSAGE, STRIP, DELETE = "sendMessage", "editMessageReplyMarkup", "deleteMessage"
REPLACE = "editMessageText"  # what could not be deleted reads its trace; where it is not there, nothing is sent anew
CHANGES = (STRIP, DELETE, REPLACE)  # these need a message
DOCUMENT, COMMANDS = "sendDocument", "setMyCommands"
SEVERAL = "requests"  # what a private letter speaks of that names people of several requests: it goes with the first
QUESTION = "form:"  # how the name of a dialogue begins, which its letters carry
IN_FLIGHT = (LetterState.SENDING, LetterState.UNKNOWN)
LIVE = (LetterState.QUEUED, LetterState.SENT, *IN_FLIGHT)
DELETABLE = timedelta(hours=47)  # Telegram keeps what is older than 48, and the deletion may have to wait
LOWEST = 5  # messages with buttons among which a typed label is looked for
FAREWELL = "farewell"  # the card after which nothing is kept of a chat, not even its number
TOO_FAST = "too fast"  # the error of a letter that waits because Telegram said so
NOTHING = "nothing"  # instead of a method: it is not sent any more, but its chat waits as long as Telegram said


@dataclass(frozen=True)
class To:
    """A chat: with a person, or a group in which somebody addressed the bot."""

    chat_id: str
    person: Person | None = None


def _hold(found: Select[Letter]) -> Select[Letter]:
    """Those letters as they are now; the sender leaves them alone until the turn is over, or has taken them."""
    return found.with_for_update(of=Letter).execution_options(populate_existing=True)


# Built once, for they run in nearly every turn.
_IN_CHAT = select(Letter).where(Letter.chat_key == bindparam("chat"))
_LIVE = _IN_CHAT.where(Letter.state.in_(LIVE)).order_by(Letter.id.desc())
_CARDS = _hold(_LIVE.where(Letter.about == bindparam("about"), Letter.card == bindparam("card")))
_QUESTION = _hold(_LIVE.where(or_(Letter.about == bindparam("name"), Letter.card == bindparam("name"))).limit(1))
_OF_MESSAGE = _IN_CHAT.where(Letter.message_id == bindparam("message"))
_EDITS = _hold(
    _OF_MESSAGE.where(Letter.state == LetterState.QUEUED, Letter.method.in_((MESSAGE, *CHANGES))).order_by(
        Letter.id.desc()
    )
)
_CARD = _OF_MESSAGE.where(Letter.card.is_not(None)).order_by(Letter.id.desc()).limit(1).with_only_columns(Letter.card)
# A place, a photo or a file cannot be edited: it goes on showing what it shows, and is still to be deleted.
_SHOWN = _OF_MESSAGE.where(Letter.method.in_((MESSAGE, REPLACE)))


class Post:
    """The letters of one transaction. `tapped`: the chat and the message below whose buttons a finger is."""

    def __init__(self, session: Session, now: datetime, tapped: tuple[str, int] | None = None) -> None:
        self._session = session
        self._now = now
        self._tapped = tapped
        self.written: list[Letter] = []

    def send(
        self,
        to: To,
        screen: Screen,
        *,
        priority: Priority,
        not_before: datetime | None = None,
        valid_until: datetime | None = None,
    ) -> Letter:
        """Queue a new message; an earlier one that is the same card loses its buttons, or is not sent at all."""
        if screen.card:
            self._supersede(to, screen, at=not_before)
        letter = self._letter(to, DOCUMENT if screen.file else MESSAGE, screen.as_body(), priority, not_before)
        letter.valid_until = valid_until
        return self._describe(letter, screen)

    def call(self, to: To, method: str, body: dict[str, Any], screen: Screen | None = None) -> Letter:
        """Queue another call of the Bot API to this chat; `screen` lends its `about`, `card` and `private`."""
        letter = self._letter(to, method, body, Priority.NOTICE, None)
        return self._describe(letter, screen) if screen else letter

    def edit(
        self,
        to: To,
        screen: Screen,
        *,
        message_id: int | None = None,
        target: Letter | None = None,
        priority: int = Priority.ANSWER,
    ) -> Letter:
        """Queue an edit of a message, by its id or by the letter that it is; edits that wait are merged.

        A trace deletes it, unless somebody has just tapped it: that one stays, and says what happened.
        """
        if message_id is None and target is not None:
            message_id = target.message_id
        waiting = self._waiting_edit(to, message_id) if message_id is not None else target
        method = self._leaving(to, message_id) if screen.trace else MESSAGE
        if waiting is not None and waiting.state is LetterState.QUEUED:
            waiting.method, waiting.body = method, screen.as_body()
            return self._describe(waiting, screen)
        if screen.card:
            self._supersede(to, screen, but=message_id)
        if message_id is not None:
            self._forget_what_it_showed(to, message_id)
        letter = self._letter(to, method, screen.as_body(), priority, None)
        letter.message_id = message_id
        letter.edits = target if message_id is None else None
        if target is not None:
            target.keys = None
            if method == DELETE:
                target.about, target.card, target.private = None, None, False
        return self._describe(letter, screen)

    def strip(self, to: To, letter: Letter) -> None:
        """Take the buttons off a message, but for what shows it in another language: perhaps it was not read yet."""
        left = _left_below(letter)
        letter.keys = None
        if letter.state is LetterState.QUEUED and letter.body is not None:
            letter.body = {name: value for name, value in letter.body.items() if name != "reply_markup"} | left
        elif letter.state in {LetterState.SENT, *IN_FLIGHT}:
            self._take_buttons(to, letter, left)

    def cancel(self, letter: Letter) -> None:
        """It will not be sent. Where Telegram made its chat wait, whatever comes next there waits as long."""
        letter.body, letter.keys = None, None
        if letter.attempts and letter.not_before > self._now:
            letter.method, letter.about, letter.card, letter.private = NOTHING, None, None, False
        else:
            letter.state = LetterState.CANCELLED

    def card(self, to: To, about: str, card: str) -> Letter | None:
        """The newest letter that is this card, waiting or sent."""
        return next(iter(self._cards(to, about, card)), None)

    def question(self, to: To, dialogue: str) -> Letter | None:
        """The newest letter that asks something in this dialogue; a private one speaks of something else."""
        return self._session.scalars(_QUESTION, {"chat": to.chat_id, "name": dialogue}).first()

    def with_buttons(self, to: To, message_id: int | None = None) -> list[Letter]:
        """The messages in this chat that have buttons now, the lowest first; or only that one."""
        found = select(Letter).where(Letter.chat_key == to.chat_id, Letter.keys.is_not(None))
        if message_id is not None:
            found = found.where(Letter.message_id == message_id)
        there = Letter.state.in_((LetterState.SENT, *IN_FLIGHT)) | Letter.message_id.is_not(None)
        lowest = Letter.message_id.is_not(None), Letter.message_id.desc(), Letter.id.desc()
        return list(self._session.scalars(found.where(there).order_by(*lowest).limit(LOWEST)))

    def withdraw(self, to: To, about: str, screen: Left, trace: Left) -> None:
        """Nothing private about `about` may stay with or still go to this chat: cancel, blank or delete it.

        What is a card shows `screen` from now on, any other message only leaves a `trace`.
        """
        of = Letter.about.in_((about, SEVERAL))
        private = select(Letter).where(of, Letter.chat_key == to.chat_id, Letter.private)
        done = set()
        for letter in self._held(private.order_by(Letter.id)):
            letter.private = False
            is_card = letter.card is not None and not letter.card.startswith(QUESTION)
            left = screen(letter) if is_card else trace(letter)  # its buttons say in which language it is read
            if letter.state is LetterState.QUEUED:
                self.cancel(letter)
            if letter.message_id in done:
                continue
            if letter.message_id is not None:
                done.add(letter.message_id)
            if letter.state in {LetterState.SENT, *IN_FLIGHT} or letter.message_id is not None:
                self._blank(to, letter, left)

    def withdraw_earlier(self, to: To, about: str, trace: Left) -> None:
        """Cards about `about` that a newer one took the place of, and answered questions, only leave a `trace`."""
        found = select(Letter).where(Letter.about == about, Letter.chat_key == to.chat_id, Letter.method == MESSAGE)
        found = found.where(or_(Letter.card.is_(None), Letter.card.startswith(QUESTION)))
        there = Letter.state.in_((LetterState.SENT, *IN_FLIGHT)) | Letter.message_id.is_not(None)
        for letter in self._held(found.where(there).order_by(Letter.id)):
            if all(only_says_otherwise(data) for _, data in letter.keys or ()):
                self._blank(to, letter, trace(letter))

    def move(self, before: To, after: To, trace: Screen) -> None:
        """A person has another chat now: what waits goes there, what speaks of anything leaves the one before."""
        here = select(Letter).where(Letter.chat_key == before.chat_id).order_by(Letter.id)
        shown = here.where(or_(Letter.private, Letter.about.is_not(None), Letter.keys.is_not(None))).where(
            or_(Letter.state.in_((LetterState.SENT, *IN_FLIGHT)), Letter.message_id.is_not(None))
        )
        there = self._held(shown)
        for letter in self._held(here.where(Letter.state == LetterState.QUEUED)):
            if letter.method == MESSAGE and letter.message_id is None and letter.edits_id is None:
                letter.chat_id = letter.chat_key = after.chat_id
            elif letter.method not in {DELETE, REPLACE}:  # of what it would change, nothing stays
                self.cancel(letter)
        done = set()
        for letter in there:
            letter.private = False
            if letter.message_id is None or letter.message_id not in done:
                done.add(letter.message_id)
                self._blank(before, letter, trace)

    def take(self, to: To, letters: Iterable[Letter], trace: Left) -> None:
        """Of these only a `trace` stays, and what waits is never sent."""
        done = set()
        for letter in letters:
            letter.private = False
            arrived = letter.state in {LetterState.SENT, *IN_FLIGHT} or letter.message_id is not None
            left = trace(letter)
            if letter.state is LetterState.QUEUED:
                self.cancel(letter)
            if arrived and (letter.message_id is None or letter.message_id not in done):
                done.add(letter.message_id)
                self._blank(to, letter, left)

    def clear(self, to: To, trace: Screen) -> None:
        """Nothing more goes to this chat, nothing private stays there, and what was sent is not kept."""
        here = select(Letter).where(Letter.chat_key == to.chat_id).order_by(Letter.id)
        arrived = {LetterState.SENT, *IN_FLIGHT}
        for letter in self._held(here.where(Letter.state == LetterState.QUEUED)):
            changes = letter.message_id is not None or (letter.edits is not None and letter.edits.state in arrived)
            if letter.private or not (changes or letter.method == COMMANDS):
                self.cancel(letter)
        for letter in self._held(here.where(Letter.private)):
            letter.private = False
            if letter.state in arrived or letter.message_id is not None:
                self._blank(to, letter, trace)
        self._session.flush()
        over = (LetterState.SENT, LetterState.CANCELLED, LetterState.DEAD)
        self.written = [each for each in self.written if each.state not in over]
        gone = delete(Letter).where(Letter.chat_key == to.chat_id, Letter.state.in_(over))
        # Which ones in this session: fingerprints cannot be compared outside of the database.
        self._session.execute(gone.execution_options(synchronize_session="fetch"))

    def _blank(self, to: To, letter: Letter, screen: Screen) -> None:
        if letter.method in {MESSAGE, REPLACE, NOTHING}:  # an edit that is not made any more speaks of a message too
            if letter.state in IN_FLIGHT:  # perhaps it does not arrive: tried again, it must not show what it showed
                letter.body = screen.as_body()
            self.edit(to, screen, message_id=letter.message_id, target=letter)
        else:
            deletion = self._letter(to, DELETE, {}, Priority.ANSWER, None)
            deletion.message_id, deletion.edits = letter.message_id, letter

    def _take_buttons(self, to: To, letter: Letter, left: dict[str, Any], at: datetime | None = None) -> None:
        stripped = self._letter(to, STRIP, left, Priority.ANSWER, at)
        stripped.message_id, stripped.edits = letter.message_id, letter

    def _supersede(self, to: To, screen: Screen, but: int | None = None, at: datetime | None = None) -> None:
        """Earlier ones that are the same card lose their buttons, or are not sent.

        Where the new one goes `at` a later time, what is there keeps its buttons until then.
        """
        for letter in self._cards(to, screen.about, screen.card):
            if but is not None and letter.message_id == but:
                continue
            there = letter.state is not LetterState.QUEUED or letter.message_id is not None
            if there and letter.method == MESSAGE and at is not None and at > self._now:
                self._take_buttons(to, letter, _left_below(letter), at)
                continue
            if letter.state is LetterState.QUEUED and letter.message_id is None:
                self.cancel(letter)
            elif letter.method == MESSAGE:
                self.strip(to, letter)
            letter.card = None

    def _cards(self, to: To, about: str, card: str) -> Sequence[Letter]:
        return self._session.scalars(_CARDS, {"chat": to.chat_id, "about": about, "card": card}).all()

    def _leaving(self, to: To, message_id: int | None) -> str:
        """How a trace takes the place of that message."""
        if message_id is None:  # on its way still
            return DELETE
        if (to.chat_id, message_id) == self._tapped:
            return MESSAGE
        sent = select(func.min(Letter.sent_at)).where(Letter.chat_key == to.chat_id, Letter.message_id == message_id)
        first = self._session.scalar(sent)
        return REPLACE if first is not None and first < self._now - DELETABLE else DELETE

    def _waiting_edit(self, to: To, message_id: int) -> Letter | None:
        waiting = self._session.scalars(_EDITS, {"chat": to.chat_id, "message": message_id}).all()
        for letter in waiting:
            if letter.method == STRIP:  # an edit says itself which buttons there are
                self.cancel(letter)
        return next((letter for letter in waiting if letter.method != STRIP), None)

    def _held(self, found: Select[Letter]) -> Sequence[Letter]:
        return self._session.scalars(_hold(found)).all()

    def card_in(self, to: To, message_id: int) -> str | None:
        """Which card this message is now."""
        return self._session.scalars(_CARD, {"chat": to.chat_id, "message": message_id}).first()

    def _forget_what_it_showed(self, to: To, message_id: int) -> None:
        for letter in self._session.scalars(_SHOWN, {"chat": to.chat_id, "message": message_id}):
            letter.about, letter.card, letter.private, letter.keys = None, None, False, None

    def _letter(self, to: To, method: str, body: dict[str, Any], priority: int, not_before: datetime | None) -> Letter:
        letter = Letter(
            chat_key=to.chat_id,
            chat_id=to.chat_id,
            person=to.person,
            method=method,
            body=body,
            priority=priority,
            created_at=self._now,
            not_before=not_before or self._now,
            state=LetterState.QUEUED,
        )
        self._session.add(letter)
        self.written.append(letter)
        return letter

    @staticmethod
    def _describe(letter: Letter, screen: Screen) -> Letter:
        gone = letter.method == DELETE  # nothing that comes later looks for it
        letter.about, letter.card = (None, None) if gone else (screen.about or None, screen.card or None)
        letter.private = screen.private and not gone
        letter.keys = None if gone else keys_in(letter.body or {}) or None
        return letter


def _left_below(letter: Letter) -> dict[str, Any]:
    """What the body of a letter says of its buttons once only those for other languages are left.

    An answered question has none: in another language it would be the present question.
    """
    asked = any((name or "").startswith(QUESTION) for name in (letter.about, letter.card))
    left = [(label, data) for label, data in letter.keys or () if only_says_otherwise(data) and not asked]
    rows = [[{"text": label, "callback_data": data}] for label, data in left]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def keys_in(body: dict[str, Any]) -> list[list[str]]:
    """The buttons below a message, as `[label, data]`, in the order in which they are counted; a link has no data."""
    rows = body.get("reply_markup", {}).get("inline_keyboard", ())
    return [[each["text"], each.get("callback_data", "")] for line in rows for each in line]
