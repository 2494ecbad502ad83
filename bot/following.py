"""A message that answered a question is changed afterwards: the answer follows it, as long as the dialogue is open."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from bot.forms import SAID, Again, brought, said
from bot.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Container

    from bot.forms import Dialogue
    from bot.given import Given
    from bot.screen import Screen
    from models.form import Answers


def follows(dialogue: Dialogue, given: Given) -> bool:
    """Whether the message answered a question of this dialogue, and still counts; or may be an answer now."""
    return _was_just_said(dialogue, given) or bool(_still(dialogue, given))


def follow(dialogue: Dialogue, given: Given) -> Screen | None:
    """What the message says now is the answer; `None` where it says the same."""
    t = dialogue.turn.t
    try:
        if not _still(dialogue, given):
            return dialogue.take(given)
        if not _change(dialogue, given):
            return None
    except Again as again:
        return dialogue.screen().after(str(again))
    return dialogue.screen().after(t(N_("You changed your message, and I changed it here too.")))


def _change(dialogue: Dialogue, given: Given) -> bool:
    """Let its step take it once more; what was answered or changed after it stays."""
    answers, old = dialogue.answers, _still(dialogue, given)
    name = _note(dialogue, given)[0]
    step = next(step for step in dialogue.form.steps if step.name == name)
    dialogue.check(step, given)
    base = {key: value for key, value in answers.items() if key not in {*old, SAID}}
    anew = base | _before(dialogue, given, old)
    step.take(dialogue.turn, anew, given)
    said_now = brought(base, anew)
    new = {key: value for key, value in said_now.items() if key in old or key not in answers}
    if not new or (old == new and said_now.keys() != new.keys()):  # more was said since, which must stay
        raise Again(dialogue.turn.t(N_("You changed your message. Your question stays as it was.")))

    def changed(state: Answers) -> Answers:
        if any(state.get(key) != value for key, value in old.items()):
            return state
        kept = {key: value for key, value in state.items() if key not in old}
        return said(kept | new, given.own_id or 0, name, new)

    dialogue.row.history = [changed(state) for state in dialogue.row.history]
    dialogue.row.answers = changed(answers)
    return old != new


def _before(dialogue: Dialogue, given: Given, keys: Container[str]) -> Answers:
    """What earlier messages had brought of it: a photo, before the words that belong to it."""
    notes, brought_before = iter(dialogue.answers.get(SAID, ())), dict[str, Any]()
    for _, _, what in takewhile(lambda note: note[0] != given.own_id, notes):
        brought_before |= {key: value for key, value in what.items() if key in keys}
    return brought_before


def _note(dialogue: Dialogue, given: Given) -> tuple[str, Answers]:
    """Which question the message answered, and what it brought."""
    noted = (each for each in dialogue.answers.get(SAID, ()) if each[0] == given.own_id)
    _, name, what = next(noted, (0, "", {}))
    return name, what


def _still(dialogue: Dialogue, given: Given) -> Answers:
    """What it brought that is still so."""
    return {key: value for key, value in _note(dialogue, given)[1].items() if dialogue.answers.get(key) == value}


def _was_just_said(dialogue: Dialogue, given: Given) -> bool:
    """It was no answer to the present question; perhaps it is one now."""
    step, (name, what) = dialogue.step(), _note(dialogue, given)
    return step is not None and step.name == name and not what
