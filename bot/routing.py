"""Which handler answers what: each registers itself with its name and the role that may use it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, CommandHandler, TypeHandler, filters

from bot.forms import ROUTE, Dialogue, Form, Forms
from bot.hearing import hear
from bot.i18n import DEFAULT, N_, languages, translator
from bot.legible import legible
from bot.route import Command, Route, behind_a_pin
from bot.screen import SEPARATOR, VERSION, Screen, spoken
from models.form import Answers
from models.person import Person, Role
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from datetime import timedelta

    from telegram.ext import Application

    from bot.forms import Step
    from bot.route import Handler
    from bot.turn import Turn
    from models.event import Event, EventKind
    from models.reminder import Reminder, ReminderKind

    Hearer = Callable[[Turn, Event], None]
    Striker = Callable[[Turn, Reminder], None]
    Sweep = Callable[[Turn], None]
    Run = Callable[[Update, "Route", Sequence[str]], Coroutine[Any, Any, None]]

Decorated = TypeVar("Decorated", bound="Handler")  # registering changes nothing in a handler, nor in its type


@dataclass
class Router:
    """All routes. One per process: handlers register when they are imported."""

    commands: list[Command] = field(default_factory=list)
    buttons: dict[str, Route] = field(default_factory=dict)
    answering: set[str] = field(default_factory=set)
    forms: Forms = field(default_factory=Forms)
    news: dict[EventKind, list[Hearer]] = field(default_factory=dict)
    strikers: dict[ReminderKind, Striker] = field(default_factory=dict)
    sweeps: dict[str, tuple[timedelta, Sweep]] = field(default_factory=dict)
    special: dict[str, Handler] = field(default_factory=dict)
    renderers: dict[str, Route] = field(default_factory=dict)

    # ── how a handler registers ──

    def command(
        self, nl: str, *, fr: str, en: str, de: str, about: str = "", role: Role = Role.EVERYONE, last: bool = False
    ) -> Callable[[Decorated], Decorated]:
        """`/vraag` and its other names, all understood from everybody; `about` stands in the menu of who has `role`.

        With `last` it stands at the end of the menu, after what people come for.
        """

        def register(handler: Decorated) -> Decorated:
            names = {"nl": nl, "fr": fr, "en": en, "de": de}
            self.commands.append(Command(Route(nl, handler, role), names, about, last))
            return handler

        return register

    def button(
        self, name: str, role: Role = Role.EVERYONE, *, answers: bool = False, pin: bool = False
    ) -> Callable[[Decorated], Decorated]:
        """A tap on `Button(label, name, …)`; the words after the name become the handler's arguments.

        With `answers` it asks for words to pass on: who replies to a message with this button first has said them.
        With `pin` it could do so much harm that the PIN is asked first.
        """

        def register(handler: Decorated) -> Decorated:
            if name in self.buttons:
                raise ValueError(f"two handlers for the button {name!r}")
            self.answering |= {name} if answers else set()
            self.buttons[name] = Route(name, behind_a_pin(name, handler) if pin else handler, role)
            return handler

        return register

    def form(
        self, name: str, steps: Sequence[Step], *, role: Role = Role.EVERYONE, lives: timedelta | None = None
    ) -> Callable[[Callable[[Turn, Answers], Screen]], Callable[[Turn, Answers], Screen]]:
        """A dialogue; the decorated function is called when all steps are answered."""

        def register(finish: Callable[[Turn, Answers], Screen]) -> Callable[[Turn, Answers], Screen]:
            form = Form(name, steps, finish, role)
            self.forms.known[name] = form if lives is None else Form(name, steps, finish, role, lives)
            return finish

        return register

    def hears(self, *kinds: EventKind) -> Callable[[Hearer], Hearer]:
        """Called with each event of these kinds, in the turn in which it happens: tells those concerned."""

        def register(hearer: Hearer) -> Hearer:
            for kind in kinds:
                self.news.setdefault(kind, []).append(hearer)
            return hearer

        return register

    def due(self, *kinds: ReminderKind) -> Callable[[Striker], Striker]:
        """Called when a reminder of these kinds is due, each in a turn of its own."""

        def register(striker: Striker) -> Striker:
            self.strikers.update(dict.fromkeys(kinds, striker))
            return striker

        return register

    def every(self, interval: timedelta) -> Callable[[Sweep], Sweep]:
        """Called again and again, `interval` apart, in a turn of its own."""

        def register(sweep: Sweep) -> Sweep:
            self.sweeps[sweep.__name__] = (interval, sweep)
            return sweep

        return register

    def renders(self, name: str) -> Callable[[Decorated], Decorated]:
        """Shows what the bot began once more, in `turn.t`, to `turn.person`; refuses what they may not see (any more).

        `name`: the card, or the first word of `Screen.again`; the other words become the arguments.
        """

        def register(handler: Decorated) -> Decorated:
            self.renderers[name] = Route(name, handler)
            return handler

        return register

    def on(self, what: str) -> Callable[[Decorated], Decorated]:
        """`text`, `edited`, `member`, `refused`, `stopped`, `emergency`, `gap`, `away`, `pin`, `unknown_command`."""

        def register(handler: Decorated) -> Decorated:
            self.special[what] = handler
            return handler

        return register

    # ── how a handler is found ──

    def handlers(self, run: Run) -> list[BaseHandler[Any, Any, None]]:
        """The routes as handlers of python-telegram-bot: few, because it tries one after the other."""
        commands = {name: each.route for each in self.commands for name in each.names.values()}
        said, member = Route("said", hear), Route("member", self.special["member"])

        async def command(update: Update, context: Any) -> None:
            text = (update.message and update.message.text) or ""
            route = commands[re.split(r"[\s@]", text[1:], maxsplit=1)[0].lower()]
            await run(update, route, route.heeds([legible(word) for word in context.args or ()]))

        async def tap(update: Update, _context: Any) -> None:
            data = update.callback_query.data if update.callback_query else None
            await run(update, *self.behind(data or ""))

        def always(route: Route) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
            async def answer(update: Update, _context: Any) -> None:
                await run(update, route, ())

            return answer

        return [
            # A message that is changed afterwards commands nothing.
            *([CommandHandler(commands, command, filters.UpdateType.MESSAGE)] if commands else []),
            CallbackQueryHandler(tap),
            ChatMemberHandler(always(member), ChatMemberHandler.MY_CHAT_MEMBER),
            TypeHandler(Update, always(said)),
        ]

    def add_to(self, application: Application[Any, Any, Any, Any, Any, Any], run: Run) -> None:
        """Register everything; `block=True` (the default) keeps each update in its own turn."""
        application.add_handlers(self.handlers(run))

    def behind(self, data: str) -> tuple[Route, Sequence[str]]:
        """What a button with this data calls, and its words; one of an older version is refused kindly."""
        version, name, *words = [*spoken(data)[1].split(SEPARATOR), ""]
        route = Route(ROUTE, self.forms.tap) if name == ROUTE else self.buttons.get(name)
        if route is None or version != VERSION:
            return Route("old_button", self._old_button), ()
        return route, words[:-1]

    def stopped(self, turn: Turn, dialogue: Dialogue) -> Screen:
        """Somebody stops a dialogue."""
        return self.special["stopped"](turn, dialogue) or dialogue.screen()

    def _old_button(self, turn: Turn) -> Screen:
        raise Refused(Reason.EXPIRED)

    def menus(self, person: Person | None) -> list[dict[str, Any]]:
        """The bodies of `setMyCommands` for one chat: the commands of a person's roles, in each language."""
        tagged = [{"commands": self.menu(language, person), "language_code": language} for language in languages()]
        return [{"commands": self.menu(DEFAULT, person)}, *tagged]

    def menu(self, language: str, person: Person | None = None) -> list[dict[str, str]]:
        """The commands menu in `language`: for everybody, or for what `person` may do."""
        t = translator(language)
        return [
            {"command": each.name(language), "description": t(each.about)}
            for each in sorted(self.commands, key=lambda command: command.last)
            if each.about and (each.route.role is Role.EVERYONE or (person is not None and person.has(each.route.role)))
        ]


router = Router()
command, button, form = router.command, router.button, router.form
hears, due, every, on, renders = router.hears, router.due, router.every, router.on, router.renders

__all__ = ["N_", "Route", "Router", "button", "command", "due", "every", "form", "hears", "on", "renders", "router"]
