"""Anything that comes in outside of a dialogue: a sentence begins a question, all else gets a gentle answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.forms import AS_A_PHOTO, what_came
from bot.i18n import N_
from bot.legible import plain
from bot.routing import button, on
from bot.screen import Button, Screen, row
from handlers.below import FOR_WHOM, answer_above
from handlers.everyone.agreeing import agreed, asked_further_up
from handlers.everyone.besides import besides
from handlers.everyone.help import help_
from handlers.everyone.how_it_went import answered, finished
from handlers.everyone.smalltalk import Small, small, wants_to_stop
from handlers.everyone.standing import arrived, choices, home, welcome
from handlers.everyone.stopping import stop
from handlers.everyone.typed import do, typed
from handlers.outdating import ASKING
from handlers.resident.adding import add_more
from handlers.resident.ask import begin_with, begin_with_text
from handlers.resident.understood import understood
from handlers.resident.what import FILES
from handlers.volunteer.joining import come_forward
from models.person import Role
from models.relay import readers_of
from models.sentence import Talk, understand

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn

SHORT = 3  # letters: less is no question
WORDS = "words "  # among its answers, before the number of the message: what was said

_GENTLE = {
    "location": N_("Thank you for the place. First tell me what you need, then I ask where."),
    "contact": N_("I do not need a phone number now. I only pass one on if you ask for it."),
    "sticker": N_("That is nice! I only understand words."),
    "poll": N_("I cannot answer a poll. I only understand words."),
    "picture": AS_A_PHOTO,
    "video": N_("I cannot watch films. Please tell me in words, or send a photo."),
    "video_note": N_("I cannot watch films. Please tell me in words, or send a photo."),
    "audio": N_("I cannot play this. Please record a voice message, or write it."),
    "document": N_("I cannot open files. Please tell me in words, or send a photo."),
    "too_large": N_("That is too large for me. Please tell me in words, or send a photo."),
}
# A whole sentence that asks for no help is answered like the bare words.
_TALK = {Talk.THANKS: Small.THANKS, Talk.GREETING: Small.GREETING, Talk.ABOUT: Small.HELP}
_FOR_THE_BOT = {Small.HELP, Small.STOP, Small.PAUSE}
_ANYBODY = re.compile(
    r"""((hallo|dag|goeiedag|bonjour|hello|hi|guten\s+tag|en|et|and|und)\W+)?
    ((kan|kun|wil|zou|is\s+er|kent|weet)\s+(er\s+)?iemand | wie\s+(kan|wil|zou)
    | (est\s+ce\s+(que\s+|qu'il\s+y\s+a\s+))?quelqu'un | qui\s+(peut|pourrait|veut)
    | (kann|konnte|mag|wurde)\s+(jemand|wer) | wer\s+(kann|konnte|mag)
    | (can|could|would|will)\s+(some|any)(body|one) | is\s+there\s+(some|any)(body|one) | who\s+(can|could|would))\b
    (?!\s+(anders|d'autre|anderes|else))""",
    re.VERBOSE,
)
_AND = re.compile(r"^((en|ook|nog|et|aussi|und|auch|noch|and|also)\s+)*")
_GENTLE_OTHER = N_("I cannot do anything with that. I understand words, a photo and a voice message.")


@on("text")
def heard(turn: Turn) -> Screen | None:
    """What somebody says while no dialogue is open; the label of a main button does what it says."""
    first_time = arrived(turn)
    route = typed(turn) if turn.given.kind == "text" and not first_time else None
    return do(turn, route) if route is not None else _said(turn, first_time=first_time)


@on("news")
def answers_news(turn: Turn) -> Screen | None:
    """Where a dialogue was left for a while, "ja" may be said to a question that came since and stands lowest now."""
    letter = turn.asked_above()
    return agreed(turn) or (answered(turn) if letter is not None and letter.card == ASKING else None)


def said(turn: Turn) -> Screen:
    """The same for words that were kept meanwhile."""
    return _said(turn, first_time=arrived(turn))


def _said(turn: Turn, *, first_time: bool) -> Screen:
    given = turn.given
    if given.kind == "text" and turn.person.came_forward and wants_to_stop(given.text):
        return come_forward(turn)
    if given.kind == "text":
        to = answered(turn) or agreed(turn) or _more_of_it(turn)
        if to is None and not _asks_anew(turn):
            to = _answer(turn) or finished(turn) or _for_somebody(turn)
            to = to or (asked_further_up(turn) if not _was_written_to(turn) else None)
        return to or written(turn, first_time=first_time)
    if given.kind in FILES:
        return _file_for_somebody(turn) or written(turn, first_time=first_time)
    return _kindly(turn, turn.t(_GENTLE.get(given.kind, _GENTLE_OTHER)), first_time=first_time)


@on("unknown_command")
def unknown_command(turn: Turn) -> Screen:
    """A command that does not exist, or not for this person: both get one answer, and a dialogue goes on."""
    t = turn.t
    if turn.dialogue is not None:
        return turn.dialogue.screen().after(t("I do not know that command. Your question is still here."))
    return Screen.of(t("I do not know that command. Just write what you need, or tap /help."), *choices(turn))


@button("new_question")
def new_question(turn: Turn) -> Screen | None:
    """It was no answer: a question begins with the same words, as they stand in the message below which this is."""
    words = turn.given.shown
    if not words:
        turn.toast = turn.t("This message is too old. Please write your question again.")
        return None
    turn.given = turn.given.saying(words)
    return written(turn, sure=True)


def _answer(turn: Turn) -> Screen | None:
    """An answer to what somebody wrote, right above; nothing where that is not sure."""
    talk = understand(turn.given.text, turn.t.language).talk
    if small(turn.given.text) in _FOR_THE_BOT or talk in {Talk.ABOUT, Talk.CARE}:
        return None
    more = besides(turn, readers_of(turn.session, turn.person, turn.now), turn.given.text)[1]
    if any(button.name in {"hand_back", "cancel"} for button in more):
        return None  # it is asked whether more people are to know
    return answer_above(turn)


def _more_of_it(turn: Turn) -> Screen | None:
    """What goes with the question right above; "en bedankt" does not."""
    return add_more(turn) if small(_AND.sub("", plain(turn.given.text))) is None else None


def _asks_anew(turn: Turn) -> bool:
    """Whether they say which kind of help, and ask anybody; or when, and no task goes on.

    Neither is a message to who helps, or helped before.
    """
    readers = readers_of(turn.session, turn.person, turn.now)
    over = bool(readers) and all(reader.request.closed_at for reader in readers)
    needed = {"category"} if _ANYBODY.match(plain(turn.given.text.replace("’", "'"))) else {"category", "day"}
    return (over or len(needed) == 1) and needed <= understood(turn, turn.given.text).keys()


def _for_somebody(turn: Turn) -> Screen | None:
    """Who may write to somebody now may mean them: that is asked first, for a lost answer is worse than a question."""
    text, kind = turn.given.text, small(turn.given.text)
    brief = kind is Small.YES_OR_NO or len(plain(text)) < SHORT
    if (kind not in {None, Small.NOT_NEEDED} and not brief) or (brief and not _was_written_to(turn)):
        return None
    if not readers_of(turn.session, turn.person, turn.now):
        return None
    return turn.begin(FOR_WHOM, **{f"{WORDS}{turn.given.own_id or 0}": text}, at=turn.now.isoformat())


def _file_for_somebody(turn: Turn) -> Screen | None:
    """The same for a photo or voice message; a coordinator who calls somebody cannot show it."""
    given = turn.given
    if not any(reader.person.can_be_told() for reader in readers_of(turn.session, turn.person, turn.now)):
        return None
    sent = {"kind": given.kind, "file": given.file_id, "came": what_came(given)}
    sent["at"] = turn.now.isoformat()
    return turn.begin(FOR_WHOM, **{f"{WORDS}{given.own_id or 0}": given.text}, **sent)


def _was_written_to(turn: Turn) -> bool:
    """Whether the lowest message with buttons is somebody's: then "ja" and "14" are rather said to them."""
    letter = turn.asked_above()
    if letter is None or not letter.keys or letter.card or not letter.about:  # cards have that button too
        return False
    return turn.router.behind(letter.keys[0][1])[0].name == "write"


def _was_asked_whether_to_help(turn: Turn) -> bool:
    """Whether the lowest message with buttons has the one that begins that, as the welcome has."""
    letter = turn.asked_above()
    return any(turn.router.behind(data)[0].name == "volunteer" for _, data in (letter.keys if letter else None) or ())


def written(turn: Turn, *, first_time: bool = False, sure: bool = False) -> Screen:
    """What was written, or sent, is for the bot. `sure`: they said that it asks for help."""
    if turn.given.kind in FILES:
        return _asks(turn, first_time=first_time)
    text = turn.given.text
    talk = understand(text, turn.t.language).talk
    kind = small(text) or (_TALK.get(talk) if talk else None)
    if (answer := _to_small_talk(turn, kind, first_time=first_time)) is not None:
        return answer
    if sentence := _unfit(turn.t, text, kind):
        return _kindly(turn, sentence, first_time=first_time)
    if turn.person.has(Role.COORDINATOR) and not sure:
        return _about_their_work(turn)
    return _asks(turn, first_time=first_time)


def _to_small_talk(turn: Turn, kind: Small | None, *, first_time: bool) -> Screen | None:
    """What leads somewhere: where they stand, help, what can be stopped, how to help others."""
    if kind is Small.GREETING:
        return welcome(turn) if first_time else home(turn)
    if kind is Small.HELP:
        return help_(turn)
    if kind in {Small.STOP, Small.NOT_NEEDED}:
        return stop(turn)
    knows = turn.person.came_forward or _was_asked_whether_to_help(turn)
    if (kind is Small.OFFER and knows) or (kind is Small.PAUSE and turn.person.volunteer is not None):
        return come_forward(turn)
    if kind is Small.OFFER:
        return Screen.of(turn.t("How kind! Would you like to help others, or do you need help?"), *choices(turn))
    return None


def _about_their_work(turn: Turn) -> Screen:
    """A coordinator's sentence: "Karel belt morgen terug" speaks of their work, and most questions are for others."""
    t = turn.t
    work = (Button(t("See questions"), "cases"), Button(t("See volunteers"), "volunteers"))
    asks = (Button(t("Ask for somebody"), "behalf"), Button(t("Ask a new question"), "new_question"))
    return Screen.of(turn.given.text, row(*work), *map(row, asks), title=t("What would you like to do with this?"))


def _unfit(t: Translator, text: str, kind: Small | None) -> str:
    """What to say to words that cannot be a question; empty where they can."""
    if kind is Small.THANKS:
        return t("You are welcome. Until next time!")
    if kind is Small.YES_OR_NO:
        return t("Good. Do you need something else? Just write it here.")
    if kind is Small.HUMAN:
        return t("I am a computer program. A coordinator reads along.")
    if kind is Small.PAUSE or len(plain(text)) < SHORT:
        return t("I did not understand that. Just write what you need.")
    return ""


def _kindly(turn: Turn, sentence: str, *, first_time: bool) -> Screen:
    return welcome(turn).after(sentence) if first_time else Screen.of(sentence, *choices(turn))


def _asks(turn: Turn, *, first_time: bool) -> Screen:
    """Begin a question with what was said; who is new first reads what this is."""
    if first_time:
        turn.say(welcome(turn).without_buttons())
    given = turn.given
    return begin_with_text(turn, given.text) if given.kind == "text" else begin_with(turn, given)
