"""Who lives in the simulated town, as everybody there knows."""

from typing import NamedTuple

NEIGHBOURHOODS = ("Centrum", "Kerkhoek")


class Part(NamedTuple):
    """Somebody, and what they were before the first step."""

    id: int
    name: str
    kind: str  # resident, volunteer, coordinator, stranger
    area: str = "Centrum"
    street: str = ""


# Their number in the database is their place here, counted from 1: buttons carry it.
CAST = (
    Part(1001, "Anna", "resident", street="Kerselaar 7001"),
    Part(1002, "Bert", "resident", street="Kerselaar 7002"),
    Part(1003, "Cis", "resident", "Kerkhoek", street="Kerselaar 7003"),
    Part(1011, "Vera", "volunteer"),
    Part(1012, "Wim", "volunteer"),
    Part(1013, "Xavier", "volunteer", "Kerkhoek"),
    Part(1014, "Yves", "volunteer"),
    Part(1021, "Odile", "coordinator"),
    Part(1022, "Paul", "coordinator"),
    Part(1031, "Zoe", "stranger"),
)
BY_ID = {each.id: each for each in CAST}
BY_ROW = dict(enumerate(CAST, 1))
