"""A message that answered a question is changed afterwards: the answer follows it, as long as the dialogue is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms import SAID, Again
from bot.i18n import N_

if TYPE_CHECKING:
    from bot.forms import Dialogue
    from bot.given import Given
    from bot.screen import Screen
    from models.form import Answers


def follows(dialogue: Dialogue, given: Given) -> bool:
    """Whether the message answered a question of this dialogue, and still counts; or may be an answer now."""
    step = dialogue.step()
    just_said = step is not None and dialogue.answers.get(SAID) == [given.own_id, step.name]
    return just_said or _answered_with(dialogue, given) is not None


def follow(dialogue: Dialogue, given: Given) -> Screen | None:
    """What the message says now is the answer; `None` where it says the same."""
    t = dialogue.turn.t
    try:
        at = _answered_with(dialogue, given)
        if at is None:
            return dialogue.take(given)
        if not _change(dialogue, given, at):
            return None
    except Again as again:
        return dialogue.screen().after(str(again))
    return dialogue.screen().after(t(N_("You changed your message, and I changed it here too.")))


def _change(dialogue: Dialogue, given: Given, at: int) -> bool:
    """Let its step take it once more; what was answered after it stays."""
    states = _states(dialogue)
    before, after = _around(states, at)
    step = next(step for step in dialogue.form.steps if step.name == after[SAID][1])
    dialogue.check(step, given)
    anew = {key: value for key, value in before.items() if key != SAID}
    step.take(dialogue.turn, anew, given)
    old, new = _brought(before, after), _brought(before, anew)
    changed = [{key: value for key, value in state.items() if key not in old} | new for state in states[at:]]
    all_states = [*states[:at], *changed]
    dialogue.row.history, dialogue.row.answers = all_states[:-1], all_states[-1]
    return old != new


def _answered_with(dialogue: Dialogue, given: Given) -> int | None:
    """After which answer the message stands; `None` where none came of it, or something else was answered since."""
    states = _states(dialogue)
    for at, state in enumerate(states):
        message, name = state.get(SAID, (None, ""))
        asked = dialogue.asked(state)
        if message == given.own_id and (asked is None or asked.name != name):
            brought = _brought(*_around(states, at))
            return at if all(dialogue.answers.get(key) == value for key, value in brought.items()) else None
    return None


def _states(dialogue: Dialogue) -> list[Answers]:
    return [*dialogue.row.history, dialogue.answers]


def _around(states: list[Answers], at: int) -> tuple[Answers, Answers]:
    """The answers before and after that step; what somebody began with came of nothing."""
    after = states[at]
    begun = {key: value for key, value in after.items() if key != after[SAID][1]}
    return (states[at - 1] if at else begun), after


def _brought(before: Answers, after: Answers) -> Answers:
    """What one answer added or changed."""
    return {key: value for key, value in after.items() if key != SAID and before.get(key) != value}
