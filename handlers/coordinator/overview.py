"""What a coordinator answers for, and what of it needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import Call, Reason, Refused, Request, Volunteer, VolunteerState
from models.matching import needing_attention

if TYPE_CHECKING:
    from bot.turn import Turn


@dataclass(frozen=True)
class Work:
    """Open requests, the most urgent first, who wants to be a volunteer, and how many calls are to be made."""

    requests: list[Request]
    applicants: list[Volunteer]
    calls: int

    @property
    def urgent(self) -> list[Request]:
        """What a coordinator should look at."""
        return [request for request in self.requests if request.attention is not None]


def work_of(turn: Turn) -> Work:
    """Everything that waits in the areas of the person who acts."""
    areas = [each.area for each in turn.person.coordinates]
    calls = len(Call.waiting_in(turn.session, areas, turn.now))
    return Work(needing_attention(turn.session, areas), volunteers_of(turn, VolunteerState.APPLIED), calls)


def volunteers_of(turn: Turn, state: VolunteerState) -> list[Volunteer]:
    """The volunteers in `state` who want to help somewhere in the areas of the person who acts."""
    return [each for each in turn.session.scalars(Volunteer.in_state(state)) if turn.person.answers_for(each)]


def own_case(turn: Turn, request_id: int, *, lock: bool = False) -> Request:
    """A request in the areas of the person who acts; one elsewhere does not exist for them."""
    request = turn.get(Request, request_id, lock=lock)
    if not turn.person.coordinates_area(request.area):
        raise Refused(Reason.NOT_FOUND)
    return request


def own_volunteer(turn: Turn, volunteer_id: int, *, lock: bool = False) -> Volunteer:
    """A volunteer in the areas of the person who acts."""
    volunteer = turn.get(Volunteer, volunteer_id, lock=lock)
    if not turn.person.answers_for(volunteer):
        raise Refused(Reason.NOT_FOUND)
    return volunteer
