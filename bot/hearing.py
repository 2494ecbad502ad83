"""A message that is no command: a change of an earlier one, a button that was typed, an answer, or a beginning."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.following import follow, follows
from bot.i18n import N_, translator
from bot.legible import number, plain, the_one_that_begins, yes_or_no
from bot.letters import MESSAGE, QUESTION
from bot.screen import Screen, spoken
from models.letter import Letter, Priority
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from bot.forms import Dialogue
    from bot.turn import Turn

JUST_NOW = timedelta(minutes=30)  # so long what is typed right below a message answers it
A_MOMENT = timedelta(minutes=5)  # so long it answers what a tap asked in another message
EDITABLE = {"text", "voice", "photo", "picture", "too_large"}  # a live location is changed too: it only moves on


def hear(turn: Turn) -> Screen | None:
    """What to say to it; `None` where silence is right."""
    given, router = turn.given, turn.router
    if given.edited:
        return _changed(turn)
    if given.album is not None:
        album, _, first = (turn.person.album or "").partition(":")
        if album == given.album:
            _rest_of_album(turn, int(first))
            return None
        turn.person.album = f"{given.album}:{given.own_id}"
    if given.kind == "text" and given.text.startswith("/"):
        return router.special["unknown_command"](turn)
    if (refused := _secret(turn)) is not None:
        return refused
    if given.kind == "text" and (done := _confirmed(turn) or _typed(turn)) is not None:
        return tap(turn, done) if isinstance(done, str) else done
    if given.kind == "text" and given.reply_to is not None and (data := _answering(turn)) is not None:
        return _answer(turn, data)
    dialogue = turn.dialogue
    if dialogue is None:
        return router.special["text"](turn)
    news = router.special.get("news") if given.kind == "text" and _may_mean_news(turn, dialogue) else None
    lost = router.special.get("lost") if given.kind == "text" else None
    said = (news(turn) if news is not None else None) or (lost(turn) if lost is not None else None)
    return said or router.forms.reply(turn, dialogue)


def _may_mean_news(turn: Turn, dialogue: Dialogue) -> bool:
    """Whether these words may answer what stands right above them and is not the open question; or that was left."""
    if dialogue.row.updated_at < turn.now - JUST_NOW and dialogue.choice_of(turn.given.text) is None:
        return True
    step = dialogue.step()
    if step is None or step.passes_on:
        return False
    lowest = turn.right_above(JUST_NOW)
    return lowest is not None and bool(lowest.keys) and dialogue.about not in {lowest.about, lowest.card}


def _confirmed(turn: Turn) -> str | Screen | None:
    """The data of the button that "ja" means, said to what a tap of theirs has just asked in a message further up.

    Where news stands lowest it may be said to that: then nothing is done, and they read that they should tap.
    """
    said = frozenset[str]() if "?" in turn.given.text else yes_or_no(turn.given.text)
    shown = turn.just_shown(A_MOMENT) if said and turn.dialogue is None and turn.given.reply_to is None else None
    lowest = next(iter(turn.with_buttons()), None) if shown is not None else None
    if shown is None or shown.method != MESSAGE or lowest is None or lowest.message_id == shown.message_id:
        return None
    data = _begun(shown, said)
    if data is None or lowest.priority != Priority.NOTICE:
        return data
    return Screen.of(turn.t(N_("Please tap the answer that fits.")))


def _changed(turn: Turn) -> Screen | None:
    """Other words or another photo count, where they still can."""
    dialogue, otherwise = turn.dialogue, turn.router.special.get("edited")
    if turn.given.kind not in EDITABLE:
        return None
    if turn.given.text.startswith("/"):  # it commands nothing any more; the words after it may still be an answer
        turn.given = replace(turn.given, text="".join(turn.given.text.split(maxsplit=1)[1:]))
    if dialogue is not None and follows(dialogue, turn.given):
        return follow(dialogue, turn.given)
    return otherwise(turn) if otherwise is not None else None


def _secret(turn: Turn) -> Screen | None:
    """Digits that are typed where they must be tapped: whoever takes up the telephone later must not read them."""
    dialogue, given = turn.dialogue, turn.given
    step = dialogue.step() if dialogue is not None else None
    if dialogue is None or step is None or not step.secret or not any(each.isdigit() for each in given.text):
        return None
    turn.take_back()
    return dialogue.screen().after(turn.t(N_("Please tap the digits, do not type them. I took your message away.")))


def _rest_of_album(turn: Turn, first: int) -> None:
    """Its first message was answered. The words may stand below another one: then that one is what was sent."""
    sent = replace(turn.given, own_id=first)
    dialogue = turn.dialogue
    if sent.text and dialogue is not None and follows(dialogue, sent):
        follow(dialogue, sent)


def tap(turn: Turn, data: str) -> Screen | None:
    """What a tap would do, for who may; it is answered below the words, where they are read."""
    speaks, plainly = spoken(data)
    turn.given = replace(turn.given, kind="tap", data=plainly, speaks=speaks)
    turn.t = translator(speaks) if speaks else turn.t
    route, words = turn.router.behind(data)
    if not turn.person.has(route.role):
        raise Refused(Reason.ROLE)
    return route.handler(turn, *route.arguments(words))


def _answering(turn: Turn) -> str | None:
    """The data of the button that passes on words, where it is the first of the message that is replied to."""
    data = next((letter.keys[0][1] for letter in turn.with_buttons() if letter.keys), "")
    return data if turn.router.behind(data)[0].name in turn.router.answering else None


def _answer(turn: Turn, data: str) -> Screen | None:
    """Tap it, and say at once what it would ask for."""
    written, before = turn.given, turn.dialogue
    token = before.row.token if before is not None else ""
    screen = tap(turn, data)
    dialogue = turn.dialogue
    if dialogue is None or dialogue.row.token == token:
        return screen  # it cannot be passed on now, and that was said
    turn.unask(dialogue.about)
    turn.given = written
    return turn.router.forms.reply(turn, dialogue)


def _typed(turn: Turn) -> str | None:
    """The data of the button whose label or number was typed, on the lowest message with buttons or the one replied to.

    Where the open question takes words, a number is such an answer, and news that came meanwhile is not what they mean;
    where it takes none, news counts when its label was typed.
    """
    dialogue, asks_back = turn.dialogue, "?" in turn.given.text  # "Goed?" is not "Goed"
    typed = "" if asks_back else plain(turn.given.text)
    step = dialogue.step() if dialogue is not None else None
    words_answer = step is not None and "text" in step.takes
    said = frozenset[str]() if asks_back else yes_or_no(turn.given.text)
    above = turn.right_above(JUST_NOW) if said else None
    for letter in turn.with_buttons():
        if letter.message_id is not None and letter.message_id > (turn.given.own_id or letter.message_id):
            continue  # it came when these words were on their way
        asks = {each for each in (letter.about, letter.card) if (each or "").startswith(QUESTION)}
        if asks and (dialogue is None or dialogue.about not in asks):
            return None  # a question of a dialogue that is over: these are words again
        news = letter.priority == Priority.NOTICE and step is not None and turn.given.reply_to is None
        data = _labelled(letter, typed) or (_begun(letter, said) if letter is above else None)
        if data is not None and not (news and words_answer):
            return data
        if not news:
            return None if words_answer and asks else _numbered(letter, turn.given.text)
    return None


def _begun(letter: Letter, said: frozenset[str]) -> str | None:
    return the_one_that_begins(((label, data) for label, data in letter.keys or ()), said)


def _labelled(letter: Letter, typed: str) -> str | None:
    return next((data or None for label, data in letter.keys or () if typed and plain(label) == typed), None)


def _numbered(letter: Letter, text: str) -> str | None:
    keys, at = letter.keys or [], number(text)
    return (keys[at - 1][1] or None) if 0 < at <= len(keys) else None
