"""Days with a name. Their dates come from the library `holidays`, or follow from those; the names are our own."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays


@cache
def feasts(year: int) -> dict[str, date]:
    """The days of `year` that have a name in `words`."""
    calendar = country_holidays("BE", language="nl", years=year)
    public = {name: day for day, names in calendar.items() for name in names.split("; ")}
    easter, christmas = public["Pasen"], public["Kerstmis"]
    return {
        "new year's day": public["Nieuwjaar"],
        "epiphany": date(year, 1, 6),
        "valentine": date(year, 2, 14),
        "ash wednesday": easter - timedelta(days=46),
        "good friday": easter - timedelta(days=2),
        "easter": easter,
        "easter monday": public["Paasmaandag"],
        "labour day": public["Dag van de Arbeid"],
        "mother's day": _second_sunday(year, 5),
        "father's day": _second_sunday(year, 6),
        "ascension": public["O. L. H. Hemelvaart"],
        "whit sunday": public["Pinksteren"],
        "whit monday": public["Pinkstermaandag"],
        "flemish day": date(year, 7, 11),
        "national day": public["Nationale feestdag"],
        "assumption": public["O. L. V. Hemelvaart"],
        "french community day": date(year, 9, 27),
        "halloween": date(year, 10, 31),
        "all saints": public["Allerheiligen"],
        "all souls": public["Allerheiligen"] + timedelta(days=1),
        "armistice": public["Wapenstilstand"],
        "king's feast": date(year, 11, 15),
        "saint nicholas": date(year, 12, 6),
        "christmas eve": christmas - timedelta(days=1),
        "christmas": christmas,
        "second day of christmas": christmas + timedelta(days=1),
        "new year's eve": date(year, 12, 31),
    }


def next_feast(name: str, today: date) -> date:
    """When it comes, today included."""
    day = feasts(today.year)[name]
    return day if day >= today else feasts(today.year + 1)[name]


def _second_sunday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7)
