"""Which questions a coordinator wants to see: of one neighbourhood, or of how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from bot.i18n import N_
from bot.routing import button
from bot.screen import Button, Screen, pairs, row
from handlers.resident.place import PAGE
from models import Area, AreaKind, Call, Reason, Refused, State
from models.matching import ended_since, needing_attention
from models.person import Role

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models import Request

ENDED_LATELY = timedelta(days=30)


class Which(StrEnum):
    """How a question stands."""

    OPEN = ""
    ATTENTION = "attention"
    NOBODY = "nobody"
    WAITING = "waiting"
    HELPED = "helped"
    ENDED = "ended"


_NAMES = {
    Which.OPEN: N_("All that is open"),
    Which.ATTENTION: N_("Needs attention"),
    Which.NOBODY: N_("Nobody yet"),
    Which.WAITING: N_("Waits for a yes"),
    Which.HELPED: N_("Somebody helps"),
    Which.ENDED: N_("Closed lately"),
}
_STATES = {Which.NOBODY: State.OPEN, Which.WAITING: State.OFFERED, Which.HELPED: State.TAKEN}


@dataclass(frozen=True)
class Filter:
    """One neighbourhood or all that this coordinator answers for, and how the questions stand."""

    area: Area | None
    which: Which

    @classmethod
    def of(cls, turn: Turn, area_id: int, which: str) -> Self:
        """Read it from a button; another one's area does not exist."""
        area = turn.get(Area, area_id) if area_id else None
        if area is not None and not turn.person.coordinates_area(area):
            raise Refused(Reason.NOT_FOUND)
        return cls(area, turn.pick(Which, which))

    @property
    def words(self) -> tuple[object, ...]:
        """As a button carries it; nothing where all that is open is meant."""
        return (self.area.id if self.area else 0, self.which) if self.area or self.which else ()

    def title(self, t: Translator) -> str:
        """`Centrum, Nobody yet`."""
        return ", ".join([*([self.area.name] if self.area else []), t(_NAMES[self.which])])

    def questions(self, turn: Turn) -> list[Request]:
        """What it lets through: the most urgent first, or what ended last."""
        areas = [self.area] if self.area else [each.area for each in turn.person.coordinates]
        if self.which is Which.ENDED:
            return list(ended_since(turn.session, areas, turn.now - ENDED_LATELY))
        found = needing_attention(turn.session, areas)
        if self.which is Which.ATTENTION:
            called_about = {call.request_id for call in Call.waiting_in(turn.session, areas, turn.now)}
            return [each for each in found if each.attention is not None or each.id in called_about]
        state = _STATES.get(self.which)
        return [each for each in found if state is None or each.state is state]


@button("filter", Role.COORDINATOR)
def choose_what_to_see(turn: Turn, area_id: int = 0, which: str = "", page: int = 0) -> Screen:
    """Neighbourhoods first, then how the questions stand; one tap shows the list."""
    t, chosen = turn.t, Filter.of(turn, area_id, which)
    known, here = _neighbourhoods(turn), chosen.area.id if chosen.area else 0
    places = [each for each in known if each is not chosen.area] if len(known) > 1 else []
    page = page % max(-(-len(places) // PAGE), 1)
    areas = [Button(t("All neighbourhoods"), "cases", 0, 0, chosen.which)] if chosen.area else []
    areas += [Button(each.name, "cases", 0, each.id, chosen.which) for each in places[page * PAGE : (page + 1) * PAGE]]
    more = Button(t("Show more"), "filter", here, chosen.which, page + 1)
    turning = [row(more)] if len(places) > PAGE else []
    states = [Button(t(_NAMES[each]), "cases", 0, here, each) for each in Which if each is not chosen.which]
    now = t("{label}: {fact}", label=t("You see now"), fact=chosen.title(t))
    question = t("What would you like to see?")
    return Screen.of(f"{now}\n{question}", *pairs(*areas), *turning, *pairs(*states))


def _neighbourhoods(turn: Turn) -> list[Area]:
    """All that this coordinator answers for, by name."""
    found = {each for mine in turn.person.coordinates for each in mine.area.and_below()}
    return sorted((each for each in found if each.kind is AreaKind.NEIGHBOURHOOD), key=lambda each: each.name)
