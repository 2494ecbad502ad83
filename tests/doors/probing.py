"""Trying one door: what this person would read, and whether that is a no, a yes, or says too much."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, func, select
from telegram import Update

from bot.given import Given
from bot.hearing import hear
from bot.i18n import translator
from bot.letters import MESSAGE
from bot.route import Route
from bot.turns import Outcome
from handlers.everyone.refusals import SENTENCES
from models import Event
from models.letter import Letter
from models.refused import Reason
from tests.doors.cast import NAMES, SECRETS, Cast
from tests.support.town import Town

t = translator("nl")
# How an answer begins, and the sign for it in the table. All else, also how it stands now, is "+".
SIGNS = {
    t(SENTENCES[Reason.NOT_FOUND]): ".",
    t(SENTENCES[Reason.ROLE]): "r",
    t(SENTENCES[Reason.EXPIRED]): "x",
    t("That is for volunteers. Would you like to help somebody nearby?"): "v",
    t("I do not know that command. Just write what you need, or tap /help."): "?",
    t("I only work in a private chat. Tap my name and write to me there."): "g",
}
NO = set(".rxv?g")  # whoever gets one of these learns nothing at all


@dataclass
class Answer:
    """What somebody gets."""

    said: list[dict[str, Any]] = field(default_factory=list)  # the bodies of calls to their chat
    methods: list[str] = field(default_factory=list)
    toast: str = ""
    events: int = 0  # what happened
    statements: int = 0  # sent to the database

    def sign(self, who: str, state: str = "-") -> str:
        """As it stands in the table: the kind of answer, then what is seen in it of somebody else's."""
        told = [body for body, method in zip(self.said, self.methods, strict=True) if "text" in body or method]
        if not told:
            return "="
        first = next((body["text"] for body in told if body.get("text")), "")
        kind = next((sign for words, sign in SIGNS.items() if words in first), "+")
        everything = json.dumps(self.said, ensure_ascii=False).replace(NAMES[who], "")
        own = "ATPCLM" if who == "ow" and state != "phone" else ""
        seen = [letter for letter, words in SECRETS.items() if any(word in everything for word in words)]
        return kind + "".join(letter for letter in seen if letter not in own)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and (self.said, self.methods, self.toast) == (
            other.said,
            other.methods,
            other.toast,
        )

    __hash__ = None  # type: ignore[assignment]  # nothing keeps answers in sets


class Doors:
    """Tries doors in a town with its cast; afterwards the town is as it was."""

    def __init__(self, town: Town, cast: Cast) -> None:
        self.town, self.cast = town, cast
        self._updates = 5_000_000
        self._pristine: Any = None

    # ── what is sent ──

    def tap(self, who: str, data: str, chat: dict[str, Any] | None = None) -> dict[str, Any]:
        """A tap, forged on a message that the bot never sent them."""
        me = self._me(who)
        message = {"message_id": 3, "date": 1_795_000_000, "chat": chat or self._private(me), "text": "x"}
        return {"callback_query": {"id": "1", "from": me, "chat_instance": "1", "data": data, "message": message}}

    def text(self, who: str, text: str, chat: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A message."""
        me = self._me(who)
        message = {"message_id": 900_000, "date": 1_795_000_000, "chat": chat or self._private(me), "from": me}
        return {"message": message | {"text": text} | more}

    def _me(self, who: str) -> dict[str, Any]:
        return {"id": self.cast.telegram[who], "is_bot": False, "first_name": NAMES[who], "language_code": "nl"}

    @staticmethod
    def _private(me: dict[str, Any]) -> dict[str, Any]:
        return {"id": me["id"], "type": "private", "first_name": me["first_name"]}

    # ── in this process: the wrapper around the handlers, and what it commits ──

    def keep(self) -> None:
        """Remember the town as it is."""
        raw = self.town.app.turns.engine.raw_connection()
        self._pristine = self.town.app.turns.engine.dialect.dbapi.connect(":memory:")  # type: ignore[union-attr]  # an open engine has its driver
        raw.driver_connection.backup(self._pristine)  # type: ignore[union-attr]  # SQLite's
        raw.close()

    def restore(self) -> None:
        """As it was."""
        raw = self.town.app.turns.engine.raw_connection()
        self._pristine.backup(raw.driver_connection)
        raw.close()

    def answers(self, update: dict[str, Any], *, keep: bool = False) -> Answer:
        """Hand it to the turns, as intake does; for a worker thread. With `keep` the town is not put back."""
        self._updates += 1
        turns = self.town.app.turns
        read = Update.de_json({"update_id": self._updates, **update}, self.town.app.client)
        given, (route, words) = Given.of(read, turns.bot_id), self._route(update)
        outcome = Outcome()
        with turns.session() as session:
            before = session.scalar(select(func.max(Letter.id))) or 0
        with self.counted() as statements:
            turns.take(self._updates, given, route, words, outcome)
        count = statements()
        answer = Answer(toast=outcome.toast, statements=count)
        chat = str((update.get("callback_query") or update)["message"]["chat"]["id"])
        with turns.session() as session:
            fresh = select(Letter).where(Letter.chat_key == chat, Letter.id > before).order_by(Letter.id)
            for letter in session.scalars(fresh):
                if letter.body is not None:
                    answer.said.append(letter.body)
                    answer.methods.append("" if letter.method == MESSAGE else letter.method)
            answer.events = session.scalar(select(func.count()).select_from(Event)) or 0
        if not keep:
            self.restore()
        return answer

    def _route(self, update: dict[str, Any]) -> tuple[Route, Any]:
        router = self.town.app.turns.router
        if "callback_query" in update:
            return router.behind(update["callback_query"]["data"])
        text = update["message"].get("text", "")
        commands = {name: each.route for each in router.commands for name in each.names.values()}
        name, *rest = text.removeprefix("/").split()
        if text.startswith("/") and name.split("@")[0] in commands:
            route = commands[name.split("@")[0]]
            return route, route.heeds(rest)
        return Route("said", hear), ()

    def counted(self) -> Any:
        """How many statements go to the database."""
        return _Counted(self.town.app.turns.engine)


class _Counted:
    def __init__(self, engine: Any) -> None:
        self._engine, self._count = engine, 0

    def _one(self, *_: Any) -> None:
        self._count += 1

    def __enter__(self) -> Callable[[], int]:
        event.listen(self._engine, "before_cursor_execute", self._one)
        return lambda: self._count

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._one)
