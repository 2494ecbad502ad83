"""What a volunteer sees of a request: next to nothing before acceptance, what is needed then, nothing after the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.screen import Button, Row, Screen, pairs, row
from bot.turn import about
from handlers.asking import awaited
from handlers.words import (
    category_emoji,
    category_name,
    code_word_of,
    for_whom,
    heard_or_seen,
    phone_label,
    when,
    when_for_sure,
    where,
)
from models import State, phone
from models.asked import AskedState, Outcome, Side
from models.event import EventKind
from models.matching import Ring
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Translator
    from models.asked import Asked
    from models.person import Person
    from models.request import Request

OFFER, TASK = "offer", "task"  # the two cards: before and after acceptance

_WHY: dict[str, str] = {
    Ring.NEAR: N_("You get this question because you like to do this, near here."),
    Ring.WIDER: N_("Nobody nearer by was free yet. That is why we ask you too."),
}
_WHY_NOBODY_NEAR = N_("Nobody nearer by can be asked now. That is why we ask you.")
_WHY_ANYBODY = N_("You get this question because it fits what you chose.")
_WHY_FREE = N_("This task is free again.")
_WHY_STILL = N_("Nobody could come yet. That is why I ask you once more.")
_WHY_RESERVE = N_("It is free again, and you are on the reserve list.")
_ASKED_AGAIN = {EventKind.WIDENED, EventKind.HANDED_BACK, EventKind.PREFERRED_OTHER}

# What a former or present helper reads when it is over.
_OVER = {
    Outcome.DONE: N_("It is done. Thank you for helping!"),
    Outcome.PARTLY: N_("It is done, at least in part. Thank you for helping!"),
    Outcome.CANCELLED: N_("This help is not needed any more. You do not have to go."),
    Outcome.NOT_NEEDED: N_("This help was not needed any more. Thank you for being there!"),
    Outcome.REFERRED: N_("Somebody else takes care of it now. You do not have to go."),
}
COULD_NOT = N_("That can happen. Thank you for telling us. A coordinator looks further.")
BOTH_SAID = N_("Thank you for telling us. A coordinator looks at it.")
OTHERWISE = N_("The resident told it otherwise than you, perhaps it is a misunderstanding.")
_OVER_OTHERWISE = N_("This task is over. Thank you!")


def offer_card(t: Translator, request: Request, asked: Asked | None = None) -> Screen:
    """May I ask you? Kind of help, when, neighbourhood and why; `asked` makes the reason exact."""
    why = _why(request, asked) if asked is not None else _WHY_ANYBODY
    question = t("Can you help? {picture}", picture=category_emoji(request.category))
    screen = Screen.of(
        "\n".join([*_facts(t, request), "", f"{t(why)} {question}"]),
        row(Button(t("I help"), "accept", request.id), Button(t("Not this time"), "pass", request.id)),
        title=t("Somebody nearby asks for help"),
    )
    return screen.as_card(OFFER, about(request))


def _why(request: Request, asked: Asked) -> str:
    """Why they are asked, or asked once more: what happened since they were asked first."""
    since = [event.kind for event in request.history if event.kind in _ASKED_AGAIN and event.at > asked.at]
    if since and since[-1] is EventKind.WIDENED:
        return _WHY_STILL
    if asked.reserve_at is not None:
        return _WHY_RESERVE
    if asked.ring == Ring.WIDER and not since and all(each.ring != Ring.NEAR for each in request.asked):
        return _WHY_NOBODY_NEAR
    return _WHY_FREE if since else _WHY.get(asked.ring, _WHY_ANYBODY)


def passed_card(t: Translator, request: Request) -> Screen:
    """They said "not this time"."""
    screen = _offer(t, request, t("Fine, not this time. Thank you for letting us know."))
    return screen.with_rows(row(Button(t("I help after all"), "accept", request.id)))


def waiting_card(t: Translator, request: Request) -> Screen:
    """They offered; the resident first wants to know who it is."""
    sentence = t("Thank you! The resident first wants to know who comes. I tell you as soon as there is an answer.")
    screen = _offer(t, request, sentence)
    return screen.with_rows(row(Button(t("I cannot after all"), "hand_back", request.id)))


def found_card(t: Translator, request: Request) -> Screen:
    """Somebody else was first; whether they come may still be for the resident to say."""
    found = t("Somebody was found already. Thank you!")
    if request.state is State.OFFERED:
        found = t("Somebody else offered to help already. The resident still decides. Thank you!")
    screen = _offer(t, request, found)
    return screen.with_rows(row(Button(t("Put me on the reserve list"), "reserve", request.id)))


def reserve_card(t: Translator, request: Request) -> Screen:
    """They are asked first when the task comes free."""
    screen = _offer(t, request, t("You are on the reserve list. If the task comes free, we ask you first."))
    return screen.with_rows(row(Button(t("Take me off the list"), "pass", request.id)))


def gone_card(t: Translator, request: Request) -> Screen:
    """It is over, or no longer theirs."""
    if request.state is not State.ENDED:
        sentence = t("This task is no longer yours. You do not have to do anything. Thank you!")
    elif request.outcome is Outcome.CANCELLED:
        sentence = t("This help is not needed any more. You do not have to do anything. Thank you!")
    else:
        sentence = t("This question is over. You do not have to do anything. Thank you!")
    return _offer(t, request, sentence)


def over_card(t: Translator, request: Request, person: Person) -> Screen:
    """It is over, for who was asked: only who counted on it reads so."""
    return for_who_waits(request, person, gone_card(t, request))


def for_who_waits(request: Request, person: Person, card: Screen) -> Screen:
    """Who is on the reserve list keeps the card; of anybody else's nothing need stay."""
    asked = request.asked_of(person)
    return card if asked is not None and asked.state is AskedState.RESERVE else card.as_trace()


def task_card(t: Translator, request: Request) -> Screen:
    """The task: who, what, when, where and the code word; without private facts once it is over."""
    if request.state is State.ENDED:
        return done_card(t, request)
    if request.state is not State.TAKEN:  # whoever asks for this card too early must not see an address
        return waiting_card(t, request) if request.helper else gone_card(t, request)
    lines = [
        (t("For"), for_whom(t, request)),
        (t("What"), request.text or heard_or_seen(t, request)),
        (t("When"), when_for_sure(t, request)),
        (t("Where"), where(t, request)),
        (t("Name on the bell"), request.bell),
        (phone_label(t, request), phone.shown(request.phone) if request.phone else None),
        (t("Code word"), code_word_of(t, request)),
    ]
    known = [t("{label}: {fact}", label=label, fact=fact) for label, fact in lines if fact]
    screen = Screen.of("\n".join([*known, "", _next(t, request)]), *_task_rows(t, request), title=_title(t, request))
    return screen.as_card(TASK, about(request), private=True)


def done_card(t: Translator, request: Request) -> Screen:
    """The task is over: thanks, and nothing private."""
    sentence = t(_OVER.get(request.outcome, _OVER_OTHERWISE) if request.outcome else _OVER_OTHERWISE)
    rows: list[Row] = []
    if _told_otherwise(request):
        more = t("Would you like to say something about it? The coordinator reads it.")
        sentence = " ".join([t(OTHERWISE), more])
        rows.append(row(Button(t("Ask the coordinator"), "write_coordinator", request.id)))
    text = "\n".join([sentence, "", *_facts(t, request)])
    buttons = [Button(t("Send a message"), "write", request.id)] if _can_be_told(request) else []
    buttons.append(Button(t("See my tasks"), "my_tasks"))
    return Screen.of(text, *pairs(*buttons), *rows, title=_title(t, request)).as_card(TASK, about(request))


def _told_otherwise(request: Request) -> bool:
    """Whether it was closed because nobody came, while the helper says something else."""
    told = request.report_of(Side.HELPER)
    nobody_came = request.outcome is Outcome.NOBODY_CAME and request.report_of(Side.RESIDENT) is not None
    return nobody_came and told is not None and told.outcome is not Outcome.NOBODY_CAME


def card_for(t: Translator, request: Request, person: Person, now: datetime) -> Screen:
    """What is true for this volunteer now; refuses as if there were no request who was never asked, or is none now."""
    asked = request.asked_of(person)
    if person is request.helper:
        return waiting_card(t, request) if request.state is State.OFFERED else task_card(t, request)
    if asked is None or not request.may_be_seen_by(person):
        raise Refused(Reason.NOT_FOUND)
    if request.state is State.ENDED or asked.state in {AskedState.REFUSED, AskedState.HANDED_BACK}:
        return gone_card(t, request)
    if request.state is State.OPEN:
        return passed_card(t, request) if asked.state is AskedState.PASSED else offer_card(t, request, asked)
    if request.is_over(now):  # whoever comes last is not asked first any more
        sentence = t("The moment of this question is over. You do not have to do anything. Thank you!")
        return _offer(t, request, sentence)
    return reserve_card(t, request) if asked.state is AskedState.RESERVE else found_card(t, request)


def _offer(t: Translator, request: Request, sentence: str) -> Screen:
    """What is true now, and which request it is about."""
    return Screen.of("\n".join([sentence, "", *_facts(t, request)])).as_card(OFFER, about(request))


def _facts(t: Translator, request: Request) -> list[str]:
    lines = [
        (t("Kind of help"), category_name(t, request.category)),
        (t("When"), when(t, request)),
        (t("Neighbourhood"), request.area.name),
    ]
    return [t("{label}: {fact}", label=label, fact=fact) for label, fact in lines]


def _title(t: Translator, request: Request) -> str:
    return t("Task {code}: {kind}", code=request.code, kind=category_name(t, request.category))


def _can_be_told(request: Request) -> bool:
    """Through Telegram, or by a coordinator who calls."""
    return request.resident.has_telegram or request.is_by_phone


def _next(t: Translator, request: Request) -> str:
    """What to do now: one or two sentences."""
    name = request.resident.first_name
    if (told := request.report_of(Side.HELPER)) is not None:
        if told.outcome is Outcome.NOBODY_CAME:
            return t(COULD_NOT)
        if request.both_reported:
            return " ".join([t(BOTH_SAID), t(OTHERWISE)])
        return " ".join([t("You told us how it went."), awaited(t, request, Side.RESIDENT)])
    if request.proposed is not None:
        moment = t.moment(request.proposed)
        proposed = t("You proposed {moment}. {name} still has to say yes.", moment=moment, name=name)
        return proposed if request.needs_hour else " ".join([proposed, t("Until then the agreed hour stands.")])
    if request.needs_hour:
        return t("No hour is agreed yet. Please propose one.")
    if request.is_by_phone:
        return t("Say the code word at the door. The coordinator tells it to {name}.", name=name)
    if request.for_name:
        return t("Say the code word at the door. {asker} tells it to {name}.", asker=name, name=request.for_name)
    return t("Say the code word at the door. {name} knows it too.", name=name)


def propose_row(t: Translator, request: Request) -> tuple[Row, ...]:
    """What the helper taps to agree on an hour, or on another one; no row once somebody said how it went."""
    if request.reports:
        return ()
    first = request.needs_hour and not request.proposed
    label = t("Propose an hour") if first else t("Propose another hour")
    return (row(Button(label, "propose", request.id)),)


def _task_rows(t: Translator, request: Request) -> tuple[Row, ...]:
    buttons = []
    if _can_be_told(request):
        buttons.append(Button(t("Send a message"), "write", request.id))
    if request.report_of(Side.HELPER) is None:
        buttons.append(Button(t("It is done"), "report", request.id, Outcome.DONE))
    buttons.append(Button(t("I can't any more"), "hand_back", request.id))
    if request.location is not None:
        buttons.append(Button(t("Show on the map"), "show_place", request.id))
    if request.media_id is not None:
        photo = request.media_kind != "voice"
        buttons.append(Button(t("Show the photo") if photo else t("Listen again"), "show_media", request.id))
    hour = propose_row(t, request)
    first, last = (hour, ()) if request.needs_hour else ((), hour)  # what is agreed seldom changes
    return (
        *first,
        *pairs(*buttons),
        *last,
        row(Button(t("Ask the coordinator"), "write_coordinator", request.id)),
    )
