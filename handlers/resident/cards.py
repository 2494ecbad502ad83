"""What a resident sees of their request: one live card, that changes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.screen import Button, Row, Screen, pairs, row
from bot.turn import about
from handlers.asking import awaited
from handlers.resident.summary import said
from handlers.words import category_emoji, category_name, code_word_of, phone_label, when_for_sure, where, with_name
from models import phone
from models.asked import Outcome, Side
from models.event import EventKind
from models.lifecycle import State
from models.matching import nobody_asked, waits_for_rest

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Translator
    from models.moment import Moment
    from models.request import Request

CARD = "request"

_ENDED = {
    Outcome.DONE: N_("It worked out. Good!"),
    Outcome.PARTLY: N_("It worked out partly. You may always ask for the rest."),
    Outcome.NOBODY_CAME: N_("Nobody came. We are sorry about that."),
    Outcome.NOT_NEEDED: N_("It was not needed any more."),
    Outcome.CANCELLED: N_("You stopped this question."),
    Outcome.UNANSWERED: N_("Somebody wanted to help you, but I got no answer from you in time. You may ask once more."),
    Outcome.UNMET: N_("We found nobody in time. We are sorry about that."),
    Outcome.REFERRED: N_("The coordinator found other help for you."),
}
_REPORTED = {
    Outcome.DONE: N_("You told us that it worked out."),
    Outcome.PARTLY: N_("You told us that it worked out partly."),
    Outcome.NOBODY_CAME: N_("You told us that nobody came. We are sorry. A coordinator looks at it and contacts you."),
    Outcome.NOT_NEEDED: N_("You told us that it is not needed any more."),
}


def request_card(t: Translator, request: Request, now: datetime | None = None) -> Screen:
    """What, when, where, how it stands, and what can be done. `now` is given where it is read at once."""
    begun = now is not None and (request.starts_at is None or now >= request.starts_at)
    screen = Screen.of("\n".join([*_facts(t, request), "", state_of(t, request)]), *_rows(t, request, begun=begun))
    titled = Screen(screen.text, screen.rows, title=title_of(t, request))
    return titled.as_card(CARD, about(request))


def title_of(t: Translator, request: Request) -> str:
    """`Vraag K7RM: Boodschappen 🛒`."""
    kind = f"{category_name(t, request.category)} {category_emoji(request.category)}"
    return t("Question {code}: {kind}", code=request.code, kind=kind)


def state_of(t: Translator, request: Request) -> str:
    """How it stands and what happens now, in a few sentences."""
    name = request.helper.first_name if request.helper else ""
    if request.state is State.OPEN:
        return _searching(t, request)
    if request.helper is not None and request.helper.unreachable_since is not None and request.state is State.TAKEN:
        return t("I cannot reach {name} now. The coordinator looks at it, and you hear from us.", name=name)
    if request.state is State.OFFERED:
        if request.for_name:
            return t("{name} would like to help {whom}. Is that good?", name=name, whom=request.for_name)
        return t("{name} would like to help you. Is that good?", name=name)
    if request.state is State.ENDED:
        return t(_ENDED[request.outcome or Outcome.DONE])
    return _taken(t, request, name)


def _searching(t: Translator, request: Request) -> str:
    """Who is asked; or why nobody is, as far as it concerns who asked: what others do is their own business."""
    if request.attention is not None and waits_for_rest(request):
        why = t("We cannot ask anybody yet: who can do this helped others often this week.")
        return " ".join([why, t("A coordinator is looking with you now, and I try again later.")])
    if request.attention is not None and nobody_asked(request):
        return t("We have no volunteer now whom we can ask for this. A coordinator is looking with you now.")
    if request.attention is not None:
        return t("Nobody was found yet. A coordinator is looking with you now.")
    if request.wants_to_know:
        return t("I am asking volunteers now. You choose yourself who comes. If nobody can, a coordinator looks too.")
    return t("I am asking volunteers now, and tell you who comes. If nobody can, a coordinator looks with you.")


def _taken(t: Translator, request: Request, name: str) -> str:
    mine = request.report_of(Side.RESIDENT)
    if mine is not None:
        if request.both_reported and mine.outcome is not Outcome.NOBODY_CAME:
            return t("Thank you for telling us. A coordinator looks at it.")
        told = t(_REPORTED[mine.outcome])
        return told if mine.outcome is Outcome.NOBODY_CAME else f"{told} {awaited(t, request, Side.HELPER)}"
    proposed = proposal(t, request)
    if proposed and request.needs_hour:  # the code word comes with the answer
        return proposed
    if request.helper is not None and request.helper.erased_at is not None:
        return t("The volunteer is no longer here. Did it work out? You can still tell me.")
    facts = {"name": name, "whom": request.for_name or "", "word": code_word_of(t, request)}
    if request.for_name and request.needs_hour:
        return t(
            "{name} helps {whom}, and will propose an hour to you. "
            "At the door {name} says the code word: {word}. Please tell {whom}.",
            **facts,
        )
    helps = t("{name} helps you. At the door {name} says the code word: {word}.", **facts)
    if request.for_name:
        helps = t("{name} helps {whom}. At the door {name} says the code word: {word}. Please tell {whom}.", **facts)
    if proposed:
        return f"{helps}\n{proposed}"
    return "\n".join([helps, t("{name} will propose an hour to you.", **facts)]) if request.needs_hour else helps


def proposal(t: Translator, request: Request) -> str:
    """The hour that the helper proposes, and whether it suits; empty where nothing waits for an answer."""
    if request.proposed is None or request.helper is None or request.helper.unreachable_since is not None:
        return ""
    facts = {"name": request.helper.first_name, "moment": t.moment(request.proposed)}
    if request.needs_hour:
        return t("{name} can come {moment}. Does that suit you?", **facts)
    return t("{name} would rather come {moment}. Does that suit you?", **facts)


def no_to_hour(t: Translator, request: Request) -> str:
    """The label that says no to the proposed hour: another one, please; or, where one is agreed, that it stays."""
    return t("Another hour") if request.needs_hour else t("No, leave it so")


def answers_to_hour(t: Translator, request: Request) -> tuple[Row, ...]:
    """The row with yes and no to the hour that is proposed; none where none is."""
    if request.proposed is None:
        return ()
    hour = proposal_words(request.proposed)
    suits = Button(t("That suits me"), "confirm_time", request.id, *hour)
    return (row(suits, Button(no_to_hour(t, request), "refuse_time", request.id, *hour)),)


def proposal_words(moment: Moment) -> tuple[str, str]:
    """`20261124`, `1400`: what a button carries, so that an answer counts for the hour that was read."""
    return f"{moment.day:%Y%m%d}", f"{moment.hour:%H%M}"


def _facts(t: Translator, request: Request) -> list[str]:
    over = request.state is State.ENDED
    lines = [
        (t("For"), request.for_name),
        (t("What"), said(t, request.text, request.media_kind)),
        (t("When"), when_for_sure(t, request)),
        (t("Where"), None if over else where(t, request)),
        (t("Name on the bell"), None if over else request.bell),
        (phone_label(t, request), None if over or request.phone is None else phone.shown(request.phone)),
    ]
    return [t("{label}: {fact}", label=label, fact=fact) for label, fact in lines if fact]


def _rows(t: Translator, request: Request, *, begun: bool) -> tuple[Row, ...]:
    key = request.id
    mine = Button(t("See my questions"), "my_requests")
    if request.state is State.ENDED:
        nobody_came = request.outcome is Outcome.NOBODY_CAME
        coordinator = [row(Button(t("Ask the coordinator"), "write_coordinator", key))] if nobody_came else []
        return (*_writing(t, request), *coordinator, *pairs(Button(t("Ask once more"), "again", key), mine))
    turning = row(Button(t("Change something"), "change", key), Button(t("Stop question"), "cancel", key))
    if request.state is State.OPEN:
        return turning, row(mine)
    helper = request.helper.id if request.helper else 0  # the answer counts for who stands on this card
    other = Button(t("Rather somebody else"), "prefer_other", key, helper)
    if request.state is State.OFFERED:
        return row(Button(t("That is good"), "agree", key, helper)), row(other), turning
    if (told := request.report_of(Side.RESIDENT)) is not None:
        ask = row(Button(t("Ask the coordinator"), "write_coordinator", key))
        anew = [Button(t("Ask once more"), "again", key)] if told.outcome is Outcome.NOBODY_CAME else []
        return (*_writing(t, request), ask, *pairs(*anew, mine))
    answers = answers_to_hour(t, request)
    if answers and request.needs_hour:
        return (*answers, *_writing(t, request), turning, row(other))
    own = [row(Button(t("Choose another moment"), "change", key, "moment"))] if _refused_hour(request) else []
    ended = [Button(t("It is done"), "report", key, Outcome.DONE)]
    if begun:  # before, it would only frighten
        ended.append(Button(t("Nobody came"), "report", key, Outcome.NOBODY_CAME))
    return (*answers, *own, *_writing(t, request), *pairs(*ended), turning, row(other))


def _refused_hour(request: Request) -> bool:
    """Whether an hour that this helper proposed did not suit: then they may say themselves which does."""
    since = request.taken_at
    refused = [each.at for each in request.history if each.kind is EventKind.TIME_REFUSED]
    return request.needs_hour and since is not None and any(at >= since for at in refused)


def _writing(t: Translator, request: Request) -> tuple[Row, ...]:
    """A button to write to the helper, where Telegram reaches them."""
    helper = request.helper
    if helper is None or helper.telegram_id is None:
        return ()
    return (row(Button(with_name(t, N_("Write to {name}"), helper.first_name), "write", request.id)),)
