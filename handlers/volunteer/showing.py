"""What cannot be blanked later, a place on the map or a photo, is shown on a tap and deleted after two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button
from bot.screen import Screen
from handlers.volunteer.cards import card_for
from handlers.words import whose_media
from models import State
from models.reminder import Reminder, ReminderKind
from models.request import Request
from models.retention import SHOWN

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.letter import Letter
    from models.person import Person


@button("show_place")
def show_place(turn: Turn, request_id: int) -> Screen | None:
    """Where it is, on the map; the card stays as it is, with the button for other languages."""
    request = turn.get(Request, request_id)
    if _has_it(turn, request) and request.location is not None:
        letter = turn.send_location(turn.person, request.location, request)
        hide_later(turn, request, letter)
        turn.toast = turn.t("The map is below. It disappears after two days.")
        return None
    return card_for(turn.t, request, turn.person, turn.now)


@button("show_media")
def show_media(turn: Turn, request_id: int) -> Screen | None:
    """The photo or the voice message, once more; the card stays as it is, with the button for other languages."""
    request = turn.get(Request, request_id)
    if _has_it(turn, request) and request.media_id is not None:
        show_media_of(turn, turn.person, request)
        turn.toast = turn.t("It is below. It disappears after two days.")
        return None
    return card_for(turn.t, request, turn.person, turn.now)


def show_media_of(turn: Turn, person: Person, request: Request) -> None:
    """Send `person`, who has the task, the photo or voice message that belongs to it, if there is one."""
    if request.media_id is not None and request.media_kind is not None:
        # Its words cannot be read in another language: who did not ask for it reads the code, which stands on the card.
        caption = whose_media(turn.t, request) if person is turn.actor else request.code
        letter = turn.send_file(person, request.media_kind, request.media_id, request, caption)
        hide_later(turn, request, letter)


def _has_it(turn: Turn, request: Request) -> bool:
    """Whoever was only asked, or gave it back, sees their card and nothing more."""
    return request.helper is turn.person and request.state is State.TAKEN


def hide_later(turn: Turn, request: Request, letter: Letter | None) -> None:
    """Delete it after two days: it cannot be blanked."""
    if letter is not None:
        turn.session.flush()
        key = f"{request.id}:{ReminderKind.HIDE}:{letter.id}"
        due = {"request_id": request.id, "letter_id": letter.id, "due_at": turn.now + SHOWN}
        turn.session.add(Reminder(key=key, kind=ReminderKind.HIDE, **due))
