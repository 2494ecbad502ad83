"""What is typed right below what somebody wrote is an answer to it: nothing is asked that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.hearing import JUST_NOW
from bot.screen import SEPARATOR
from handlers.correspondents import OFFICE, concerns, coordinators_of, home_of, other_side
from models.event import Event

if TYPE_CHECKING:
    from bot.screen import Screen
    from bot.turn import Turn
    from models.letter import Letter
    from models.person import Person

# Among the answers, under "typed": it was not asked what to write, for it was there already.
CHOSEN, BELOW = "chosen", "below"
FOR_WHOM = "for_whom"  # the form that asks whether words are for somebody, or ask for help: they come to those before


def answer_above(turn: Turn) -> Screen | None:
    """What is typed right below what somebody wrote goes to who wrote it; `None` where that is not sure."""
    letter = next(iter(turn.with_buttons()), None)  # also one of which nobody knows whether it arrived
    event = event_of(turn, letter) if letter is not None else None
    if event is None or event.by is None or not event.by.can_be_told() or _another_wrote(turn, event.by):
        return None
    if turn.right_above(JUST_NOW) is not letter:
        return None
    request, person, to = event.request, turn.person, event.by
    key = request.id if request is not None else 0
    if event.person is person and event.detail == OFFICE:
        if not coordinators_of(turn, request) or (request is not None and not concerns(request, person)):
            return None
        turn.begin("write_coordinator", request=key, typed=BELOW)
    elif event.person is person and request is not None:
        if other_side(turn, request) is not to:  # somebody else helps since then
            return None
        turn.begin("write", request=key, to=to.id, typed=BELOW)
    elif event.person is None and person.coordinates_area(request.area if request else home_of(turn, to)):
        turn.begin("answer_person", request=key, to=to.id, typed=BELOW)
    dialogue = turn.dialogue
    return turn.router.forms.reply(turn, dialogue) if dialogue else None


def _another_wrote(turn: Turn, other: Person) -> bool:
    """Whether somebody else wrote just now too: that message may have come while they typed an answer to the other."""
    recent = [each for each in turn.with_buttons() if each.sent_at is None or each.sent_at >= turn.now - JUST_NOW]
    return any(event.by is not other for each in recent if (event := event_of(turn, each)) is not None)


def event_of(turn: Turn, letter: Letter) -> Event | None:
    """That somebody wrote what stands in this message: a button below it, for other languages, says which event."""
    for _, data in letter.keys or ():
        words = data.split(SEPARATOR)
        if words[1:2] in (["other"], ["say_in"]) and words[3:4] == ["wrote"] and words[4].isdecimal():
            return turn.session.get(Event, int(words[4]))
    return None


def replies_to_another(turn: Turn, other: Person) -> bool:
    """Whether these words are a reply to somebody who helped before: they are not meant for who does now."""
    letter = next(iter(turn.with_buttons()), None) if turn.given.reply_to is not None else None
    event = event_of(turn, letter) if letter is not None else None
    return event is not None and event.by is not other
