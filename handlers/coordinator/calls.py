"""The call list: what people without Telegram should hear, one call at a time, with their answers as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command
from bot.screen import Button, Row, Screen, pairs, row
from bot.turn import about
from handlers.coordinator.acting import REPORTS
from handlers.coordinator.call_made import called_already, card_of, leave_it_to
from handlers.coordinator.call_words import call_line, words_of
from handlers.coordinator.cards import title_of
from handlers.coordinator.overview import own_case
from handlers.resident.cards import no_to_hour
from handlers.words import code_word_of, when, with_name
from models import Call, CallKind, CallState, Outcome, Reason, Refused
from models.person import Role

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models import Event, Request

GOOD, OTHER, SUITS, NOT_THEN = "good", "other", "suits", "not_then"


@command("bellen", fr="appels", en="calls", de="anrufe", about=N_("Whom to call"), role=Role.COORDINATOR)
def show_calls(turn: Turn) -> Screen:
    """The list, from its beginning."""
    return calls(turn)


@button("calls", Role.COORDINATOR)
def calls(turn: Turn, page: int = 0) -> Screen:
    """One call a page: the most urgent first, then the oldest, at the end who did not pick up."""
    t, found = turn.t, waiting_for(turn)
    if not found:
        return Screen.of(t("Nobody has to be called now."), row(Button(t("See questions"), "cases")))
    page = min(max(page, 0), len(found) - 1)
    turning = [Button(t("Show the previous"), "calls", page - 1)] if page else []
    if page + 1 < len(found):
        turning.append(Button(t("Show the next"), "calls", page + 1))
    title = t("Call {n} of {count}", n=page + 1, count=len(found))
    return _call_card(turn, found[page], title, turning)


@button("call_says", Role.COORDINATOR)
def note_answer(turn: Turn, call_id: int, answer: str) -> Screen:
    """What the person said on the phone is done as if they had tapped it."""
    call = own_call(turn, call_id)
    request = call.request
    if call.state is CallState.DONE:  # a second tap, or another coordinator
        return calls(turn).after(already) if (already := _made_by_a_colleague(turn, call)) else calls(turn)
    if not call.still_true(turn.now) or answer not in _ANSWERS[call.kind]:
        raise Refused(Reason.NOT_NOW, request)
    turn.acting_for = request.resident
    turn.announce(_does(turn, request, answer))
    leave_it_to(turn, call)
    noted = turn.t("That is noted.")
    if answer == GOOD and request.helper is not None:
        noted = turn.t(
            "Noted. Tell {name} now: at the door {helper} says the code word “{word}”.",
            name=request.resident.first_name,
            helper=request.helper.first_name,
            word=code_word_of(turn.t, request),
        )
    return calls(turn).after(noted)


@button("call_done", Role.COORDINATOR)
def call_done(turn: Turn, call_id: int) -> Screen:
    """They were called. A question that has no answer yet comes back; an answer to who wrote is passed on."""
    call = own_call(turn, call_id)
    already = _made_by_a_colleague(turn, call)
    if call.state is not CallState.DONE:
        turn.announce(call.done(turn.person, turn.now))
        leave_it_to(turn, call)
    if already or call.writer is None or not call.writer.can_be_told():
        return calls(turn).after(already or turn.t("That is noted."))
    name = call.writer.first_name
    noted = turn.t("That is noted. You can write an answer to {name} below.", name=name)
    answer = Button(with_name(turn.t, N_("Write to {name}"), name), "answer_person", call.writer.id, call.request.id)
    return calls(turn).after(noted).with_rows(row(answer))


@button("call_missed", Role.COORDINATOR)
def call_missed(turn: Turn, call_id: int, tries: int) -> Screen:
    """Nobody picked up: it stays, behind the others. `tries` is what the card said: a second tap counts once."""
    call = own_call(turn, call_id)
    if already := _made_by_a_colleague(turn, call):
        return calls(turn).after(already)
    if call.state is not CallState.DONE and call.tries == tries:
        turn.announce(call.not_reached(turn.person, turn.now))
    return calls(turn).after(turn.t("That is noted. I keep it at the end of the list."))


def waiting_for(turn: Turn) -> list[Call]:
    """All calls in the areas of the person who acts, in the order in which to make them."""
    return Call.waiting_in(turn.session, [each.area for each in turn.person.coordinates], turn.now)


def own_call(turn: Turn, call_id: int) -> Call:
    """A call about a request in the areas of the person who acts; one elsewhere does not exist for them."""
    call = turn.get(Call, call_id)
    own_case(turn, call.request_id, lock=True)
    return turn.lock(call)


def _made_by_a_colleague(turn: Turn, call: Call) -> str:
    """Who called and when, where it was not who acts: what they tap now is not noted."""
    made = call.made if call.state is CallState.DONE else None
    if made is None or turn.person in {made.by, made.via}:
        return ""
    return called_already(turn.t, call, made)


# What can be answered; the words stand on the buttons.
_ANSWERS: dict[CallKind, dict[str, str]] = {
    CallKind.OFFER: {GOOD: N_("That is good"), OTHER: N_("Rather somebody else")},
    CallKind.HOUR: {SUITS: N_("That suits"), NOT_THEN: N_("Another hour")},
    CallKind.HOW: {str(outcome): label for outcome, label in REPORTS.items()},
    **{kind: {} for kind in CallKind if kind not in {CallKind.OFFER, CallKind.HOUR, CallKind.HOW}},
}


def _does(turn: Turn, request: Request, answer: str) -> Event:
    resident, now = request.resident, turn.now
    match answer:
        case "good":
            return request.agree(resident, now, request.helper)
        case "other":
            return request.prefer_other(resident, now)
        case "suits":
            return request.confirm(resident, now, turn.calendar)
        case "not_then":
            return request.refuse_time(resident, now)
        case _:
            return request.report(turn.pick(Outcome, answer), resident, now)


def _call_card(turn: Turn, call: Call, title: str, turning: list[Button]) -> Screen:
    t, request = turn.t, call.request
    facts = [
        (t("Question"), title_of(t, request)),
        (t("When"), when(t, request)),
        (t("Neighbourhood"), request.area.name),
        (t("Not reached"), t.n("{n} time", "{n} times", call.tries) if call.tries else ""),
    ]
    lines = [
        *([t("It is urgent.")] if call.is_urgent(turn.now) else []),
        call_line(t, request, words_of(t, call)),
        "",
        *(t("{label}: {fact}", label=label, fact=fact) for label, fact in facts if fact),
    ]
    screen = Screen.of("\n".join(lines), *_rows(t, call), *pairs(*turning), title=title)
    return screen.as_card(card_of(call), about(request), private=True)


def _rows(t: Translator, call: Call) -> tuple[Row, ...]:
    key, answers = call.request.id, _ANSWERS[call.kind]
    labels = {answer: t(label) for answer, label in answers.items()}
    if NOT_THEN in labels:
        labels[NOT_THEN] = no_to_hour(t, call.request)
    rows = [row(Button(label, "call_says", call.id, answer)) for answer, label in labels.items()]
    if call.kind is CallKind.WARNING:
        rows += [row(Button(t("Choose another moment"), "change", key)), row(Button(t("Stop question"), "cancel", key))]
    told = t("Answer comes later") if answers else t("I called")
    rows.append(row(Button(told, "call_done", call.id)))
    missed = Button(t("Not reached"), "call_missed", call.id, call.tries)
    return (*rows, *pairs(missed, Button(t("See the question"), "case", key)))
