"""What a coordinator says on the telephone: in one or two sentences, true when they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from handlers.asking import did_it_work_out
from handlers.words import code_word_of, when
from models import CallKind, Outcome, phone

if TYPE_CHECKING:
    from bot.i18n import Translator
    from models import Call, Request

_OVER = {
    Outcome.UNANSWERED: N_("Somebody wanted to help, but there was no answer in time. We are sorry about that."),
    Outcome.REFERRED: N_("Somebody else takes care of it now."),
    Outcome.NOBODY_CAME: N_("Nobody came. We are sorry about that."),
}
_OVER_OTHERWISE = N_("We found nobody in time. We are sorry about that.")


def call_line(t: Translator, request: Request, what: str) -> str:
    """`Bel Maria (0470 12 34 56): …`."""
    name, number = request.resident.first_name, request.resident.phone
    if not number:
        return t("Call {name}: {what}", name=name, what=what)
    return t("Call {name} ({number}): {what}", name=name, number=phone.shown(number), what=what)


def words_of(t: Translator, call: Call) -> str:
    """What to say in this call: the words of who wrote, or how the request stands."""
    if call.kind is not CallKind.MESSAGE:
        return what_to_say(t, call.request, call.kind)
    name = (call.writer.first_name if call.writer else "") or t("somebody")
    return t("{name} asks to tell: “{words}”", name=name, words=call.words or "")


def what_to_say(t: Translator, request: Request, kind: CallKind) -> str:
    """The news or the question."""
    facts = {"helper": request.helper.first_name if request.helper else "", "word": code_word_of(t, request)}
    word = t("At the door {helper} says the code word “{word}”.", **facts)
    match kind:
        case CallKind.OFFER:
            return t("{helper} wants to help. Is that good?", **facts)
        case CallKind.HOUR if request.proposed is not None:
            facts["moment"] = t.moment(request.proposed)
            suits = t("{helper} can come {moment}. Does that suit?", **facts)
            if not request.needs_hour:
                suits = t("{helper} would rather come {moment}. Does that suit?", **facts)
            return f"{suits}\n{word}"
        case CallKind.HELPER:
            later = t("{helper} still proposes an hour.", **facts) if request.needs_hour else ""
            return "\n".join(part for part in (t("{helper} comes to help.", **facts), word, later) if part)
        case CallKind.REMINDER:
            return "\n".join([t("{helper} comes {when}.", when=when(t, request), **facts), word])
        case CallKind.HOW:
            return did_it_work_out(t, facts["helper"])
        case CallKind.SEARCHING:
            return t("The helper cannot come after all. We look for somebody else.")
        case CallKind.WARNING:
            return t("We found nobody yet, and keep looking. Can somebody else help?")
        case _:
            return t(_OVER.get(request.outcome, _OVER_OTHERWISE) if request.outcome else _OVER_OTHERWISE)
