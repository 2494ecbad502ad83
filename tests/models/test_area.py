"""Neighbourhoods in municipalities in zones."""

from sqlalchemy.orm import Session

from models import Area, AreaKind, Street


def names(areas) -> list[str]:
    return [area.name for area in areas]


def test_an_area_knows_what_is_above_and_below_it(village):
    assert names(village.centre.and_above()) == ["Centrum", "Hoegaarden", "Oost"]
    assert sorted(names(village.zone.and_below())) == ["Centrum", "Hoegaarden", "Meldert", "Oost"]


def test_the_municipality_of_an_area_is_the_one_it_is_in(village):
    assert village.centre.municipality is village.town.municipality is village.town
    assert village.zone.municipality is village.zone
    alone = Area(kind=AreaKind.NEIGHBOURHOOD, name="Alone", slug="alone")
    assert alone.municipality is alone


def test_requests_are_in_neighbourhoods_which_come_by_name(session: Session, village):
    session.add(village.zone)
    session.flush()
    assert names(session.scalars(Area.neighbourhoods())) == ["Centrum", "Meldert"]


def test_streets_go_with_their_neighbourhood(session: Session, village):
    village.centre.streets = [Street(name="Stationsstraat"), Street(name="Dorpsstraat")]
    session.add(village.zone)
    session.flush()
    session.expire_all()
    assert [street.name for street in village.centre.streets] == ["Dorpsstraat", "Stationsstraat"]
    village.centre.streets = []
    session.flush()
    assert session.query(Street).count() == 0
