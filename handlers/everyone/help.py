"""`/help`: what you can do from where you are. `/privacy`: who reads along, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command, on
from bot.screen import Button, Row, Screen, row
from handlers.below import FOR_WHOM
from handlers.everyone.smalltalk import Small, small
from handlers.everyone.standing import choices, where_they_are
from models.person import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.turn import Turn


@command("hulp", fr="aide", en="help", de="hilfe", about=N_("What can I do here?"), last=True)
def help_(turn: Turn) -> Screen:
    """In a dialogue: the present question once more, with how to answer it. Otherwise: every command there is."""
    t = turn.t
    if turn.dialogue is not None:
        how = t("Answer the question below: tap a button, or type your answer.")
        turning = t("Stop ends it, and nothing is sent.")
        if turn.dialogue.has_back:
            turning = t("Back takes you one question back. Stop ends it, and nothing is sent.")
        return turn.dialogue.screen().after(f"{how}\n{turning}")
    lines, to_see = where_they_are(turn)
    lines.append(t("Do you need something? Just write it here, or send a voice message or a photo."))
    if turn.person.has(Role.VOLUNTEER):
        lines.append(t("I write to you when somebody near you needs help. You are free to say no."))
    if turn.person.has(Role.COORDINATOR):
        lines.append(t("I write to you when a question needs your attention."))
    commands = [f"/{each['command']} – {each['description']}" for each in turn.router.menu(t.language, turn.person)]
    danger = t("Is there danger? Call 112, this is not an emergency line.")
    rows = [*to_see, *choices(turn)]
    if not turn.person.has(Role.COORDINATOR):
        rows.append(row(Button(t("Ask the coordinator"), "write_coordinator")))
    return Screen.of("\n".join([*lines, "", *commands, "", danger]), *rows, title=t("This is what you can do"))


@on("lost")
def help_in_words(turn: Turn) -> Screen | None:
    """Who writes "ik versta het niet" to a question reads how to answer it; what somebody else is to read goes on."""
    dialogue = turn.dialogue
    step = dialogue.step() if dialogue is not None and dialogue.name != FOR_WHOM else None
    if step is None or step.passes_on or small(turn.given.text) is not Small.HELP:
        return None
    return help_(turn)


@command("privacy", fr="vieprivee", en="privacy", de="datenschutz", about=N_("Who reads along?"), last=True)
def privacy(turn: Turn) -> Screen:
    """Short and honest: who reads along, and how all of it goes; the rest one tap further."""
    t, organisation = turn.t, turn.settings.organisation_in(turn.t.language)
    lines = (
        t("The coordinators of {organisation} see your question and what happens with it.", organisation=organisation),
        t("Who helps you gets your first name, your address and your question."),
        t("Telegram can technically read along too. So write nothing about your health, bank card or codes."),
        t("With /erase everything about you is erased at once."),
    )
    return _in_layers(turn, lines, row(Button(t("Read more"), "privacy_more")))


@button("privacy_more")
def privacy_more(turn: Turn) -> Screen:
    """Everything: who sees what, who answers for it, and how long it stays."""
    t, phone = turn.t, turn.settings.phone
    organisation = turn.settings.organisation_in(t.language)
    reached = t("{organisation} answers for it: {phone}.", organisation=organisation, phone=phone)
    lines = (
        t("The coordinators of {organisation} see your question and what happens with it.", organisation=organisation),
        t("Volunteers first see only what kind of help, when, and the neighbourhood."),
        t("Who helps you gets your first name, your address and your question."),
        t("Only coordinators see the phone number of a volunteer."),
        t("Messages between you and your helper go through me."),
        t("Telegram can technically read along too. So write nothing about your health, bank card or codes."),
        t("Names, addresses and texts are kept encrypted."),
        t("When a task is over, I take the address out of the chat of who helped."),
        t("See with /mydata what I keep about you, and with /correct what you can change."),
        t("With /erase everything about you is erased at once."),
        t("The words of your question go 30 days after its end. Who does not come for a year is erased."),
        t("Helping neighbours is a public task of {organisation}.", organisation=organisation),
        *((reached,) if phone else ()),
    )
    return _in_layers(turn, lines)


def _in_layers(turn: Turn, lines: Sequence[str], *more: Row) -> Screen:
    t = turn.t
    rows = choices(turn) if turn.dialogue is None else (row(Button(t("Go on"), "continue")),)
    kept = row(Button(t("See what is kept"), "own_data"))
    return Screen.of("\n".join(f"• {line}" for line in lines), *more, kept, *rows, title=t("Who reads along?"))
