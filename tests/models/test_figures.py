"""The software counts by itself, without knowing who."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models import Event, EventKind, Outcome, VolunteerState
from models.figures import Figures, figures
from tests.models.world import NOW, Village

HOUR = timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture
def story(session: Session, village: Village, rosa, an) -> dict[str, object]:
    """Four requests, four volunteers; one of everything that is counted."""
    jan, mia, tom, els = (village.volunteer(name, applied=NOW - DAY) for name in ("Jan", "Mia", "Tom", "Els"))
    new = village.volunteer("New", state=VolunteerState.APPLIED)
    session.add_all([rosa, an, jan, mia, tom, els, new])
    session.add_all(Event(kind=EventKind.DRAFTED, by=rosa, at=NOW + hour * HOUR) for hour in (0, 1, 24))
    asked = (jan, mia, tom)
    done, second, waiting, early = (village.request(rosa, at=NOW, asked=asked) for _ in range(4))
    elsewhere = village.request(rosa, at=NOW, area=village.meldert)
    early.sent_at = NOW - DAY
    session.add_all([done, second, waiting, early, elsewhere])
    done.offer(jan, NOW + HOUR)
    done.hand_back(jan, NOW + 2 * HOUR)
    done.offer(mia, NOW + 3 * HOUR)
    done.report(Outcome.DONE, mia, NOW + 4 * HOUR)
    done.report(Outcome.DONE, rosa, NOW + 4 * HOUR)
    second.wants_to_know = True
    second.offer(tom, NOW + 4 * HOUR)
    early.close(Outcome.REFERRED, an, NOW)
    elsewhere.close(Outcome.UNMET, an, NOW)
    session.flush()
    return {"village": village}


def test_drafts_yeses_outcomes_and_who_waits_in_vain_are_counted(session: Session, village, story):
    assert figures(session, NOW, NOW + DAY) == Figures(
        drafted=2,
        sent=4,
        answered=2,
        first_yes=timedelta(hours=2, minutes=30),
        outcomes={Outcome.DONE: 1, Outcome.UNMET: 1},
        volunteers=4,
        never_asked=1,
        never_given=1,
    )


def test_an_area_has_figures_of_its_own(session: Session, village, story):
    meldert = figures(session, NOW, NOW + DAY, [village.meldert])
    assert (meldert.sent, meldert.outcomes, meldert.volunteers) == (1, {Outcome.UNMET: 1}, 0)
    assert figures(session, NOW, NOW + DAY, [village.zone]) == figures(session, NOW, NOW + DAY)
    assert figures(session, NOW, NOW + DAY, []).sent == 0


def test_the_period_begins_and_ends(session: Session, village, story):
    before = figures(session, NOW - 2 * DAY, NOW)
    assert (before.drafted, before.sent, before.outcomes) == (0, 1, {Outcome.REFERRED: 1})
    assert (before.answered, before.first_yes) == (0, None)
