"""What happens to a whole chat: its commands, what leaves it, and whose it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.i18n import translator
from bot.letters import COMMANDS, DELETE
from bot.retelling import account_left, in_other_languages, taken_away
from models.letter import Priority, last_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

    from bot.given import Given
    from bot.i18n import Translator
    from bot.letters import Post, To
    from bot.routing import Router
    from bot.screen import Screen
    from bot.settings import Settings
    from models.letter import Letter
    from models.person import Person


class WholeChats:
    """A part of `Turn`."""

    if TYPE_CHECKING:
        router: Router
        settings: Settings
        given: Given
        session: Session
        now: datetime
        _person: Person | None
        _post: Post

        def t_for(self, person: Person) -> Translator: ...
        def _to(self, chat_id: int | str, person: Person | None = None) -> To: ...
        def _as_read(self, person: Person, screen: Screen, card: Letter) -> Screen: ...

    def just_shown(self, within: timedelta) -> Letter | None:
        """What their last tap turned a message into, wherever that stands; `None` where anything happened since."""
        last = last_in(self.session, str(self.given.chat_id))
        if last is None or last.priority != Priority.ANSWER or (last.sent_at or self.now) < self.now - within:
            return None
        return last

    def stands_below(self, screen: Screen) -> bool:
        """Whether the card that `screen` is stands in a newer message than the one that was tapped."""
        tapped = self.given.message_id
        card = self._post.card(self._to(self.given.chat_id), screen.about, screen.card) if screen.card else None
        return card is not None and tapped is not None and (card.message_id or tapped + 1) > tapped

    def take_back(self) -> None:
        """Delete the message that came in: in a private chat a bot can."""
        self._post.call(self._to(self.given.chat_id), DELETE, {}).message_id = self.given.own_id

    def take_from(self, person: Person, letters: Iterable[Letter], trace: Screen) -> None:
        """These messages in the chat of `person` only leave a `trace`; those not sent yet are never sent."""
        if person.telegram_id is not None:
            self._post.take(self._to(person.telegram_id, person), letters, partial(self._as_read, person, trace))

    def show_commands(self, person: Person) -> None:
        """Give `person` the commands menu of their roles, in each language."""
        if person.can_be_told():
            to = self._to(str(person.telegram_id), person)
            for body in self.router.menus(person):
                self._post.call(to, COMMANDS, body)

    def clear_chat(self, person: Person) -> None:
        """Whoever they were: nothing more goes to them, nothing private stays with them, and no letter is kept.

        A farewell may follow; with it goes the rest.
        """
        if person.telegram_id is not None:
            to = self._to(person.telegram_id, person)
            self._post.clear(to, taken_away(self.t_for(person)))
            for body in self.router.menus(None) if person.volunteer or person.coordinates else ():
                self._post.call(to, COMMANDS, body)

    def leave_account(self, person: Person, former: str) -> None:
        """The person who acts writes from another account now: `former` loses what it could see, and is told.

        What waits goes to the new account. Who reads the old one did not begin this: they choose their language.
        """
        self._person = person
        before, t = self._to(former, person), translator(person.language)
        trace, told = (
            in_other_languages(each, t, self.router) for each in (taken_away(t), account_left(t, self.settings.phone))
        )
        self._post.move(before, self._to(self.given.chat_id), trace)
        for body in self.router.menus(None):
            self._post.call(before, COMMANDS, body)
        self._post.send(before, told, priority=Priority.NOTICE)
