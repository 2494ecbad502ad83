"""An hour, and a number or an article behind it: what people count is no minute of the hour."""

import pytest

from models.spoken import find, read
from tests.models.spoken.test_phrases import NOW, meaning
from tests.models.world import CALENDAR

SENTENCES = """
nl | Kan iemand morgen om 19 uur een lamp vervangen? | 2026-11-25 19:00
nl | om 19 uur één lamp vervangen | 19:00
nl | morgen 10 uur twee zakken aardappelen halen | 2026-11-25 10:00
nl | morgen om 10 uur twee of drie zakken dragen | 2026-11-25 10:00
nl | morgen om tien uur vijf zakken dragen | 2026-11-25 10:00
nl | morgen om 10 uur vijf of zes zakken | 2026-11-25 10:00
nl | morgen namiddag om 3 uur zes flessen water | 2026-11-25 15:00
nl | om 14 uur 12 eieren halen | 14:00
nl | morgen 7u een lamp vervangen | 2026-11-25 07:00
nl | om 15 uur een uurtje wandelen | 15:00
nl | om 10 uur een half brood | 10:00
nl | om half drie een lamp vervangen | 14:30
nl | morgen kwart na tien twee zakken | 2026-11-25 10:15
nl | Om tien uur vijfendertig. | 10:35
nl | om tien uur vijfendertig naar de kapper | 10:35
nl | morgen om tien uur dertig langskomen | 2026-11-25 10:30
nl | om 14u30 brood halen | 14:30
nl | om tien uur vijfendertig brood halen | 10:35
nl | om 14u12 brood halen | 14:12
nl | om 14 uur 30 brood halen | 14:30
nl | om 10 uur twintig eieren halen | 10:00 / 10:20
fr | demain à 19 h une ampoule à changer | 2026-11-25 19:00
fr | demain à 10 h deux sacs de pommes de terre | 2026-11-25 10:00
fr | à dix heures un pain | 10:00
fr | demain à midi cinq baguettes | 2026-11-25 12:00
fr | demain à midi trente | 2026-11-25 12:30
fr | à 15 heures un quart d'heure de marche | 15:00
fr | à dix heures un quart | 10:15
fr | à dix heures vingt | 10:20
fr | à dix heures trente chez le docteur | 10:30
fr | à deux heures et demie un pain | 14:30
fr | demain à dix heures vingt personnes | 2026-11-25 10:00 / 2026-11-25 10:20
en | tomorrow at 7 one lamp | 2026-11-25 07:00
en | tomorrow at 7 o'clock a lamp | 2026-11-25 07:00
en | at ten o'clock two bags | 10:00
en | at 9 two loaves | 09:00
en | tomorrow at nine thirty to the doctor | 2026-11-25 09:30
en | tomorrow at seven twenty eggs | 2026-11-25 07:00 / 2026-11-25 07:20
en | at half past nine two loaves | 09:30
de | 19 Uhr eine Lampe | 19:00
de | morgen um 19 Uhr eine Lampe wechseln | 2026-11-25 19:00
de | um zehn Uhr ein Brot | 10:00
de | um 10 Uhr zwei Säcke | 10:00
de | um halb drei zwei Lampen | 14:30
de | um zehn Uhr dreißig | 10:30
de | um neun Uhr fünfundvierzig Blut abnehmen | 09:45
de | um zehn Uhr dreißig beim Arzt | 10:30
de | morgen um zehn Uhr dreißig vorbeikommen | 2026-11-25 10:30
de | morgen um zehn Uhr dreißig Eier | 2026-11-25 10:00 / 2026-11-25 10:30
"""


def table() -> list[list[str]]:
    return [[each.strip() for each in line.split(" | ")] for line in SENTENCES.strip().splitlines()]


@pytest.mark.parametrize(("language", "sentence", "meant"), table())
def test_what_is_counted_behind_an_hour_is_not_its_minutes(language, sentence, meant):
    found = find(sentence, NOW, CALENDAR, language)
    assert found is not None
    assert meaning(found.reading) == meant.replace("/", "|")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("om 19 uur een lamp vervangen", "19:00"),
        ("morgen om 10 uur twee zakken", "2026-11-25 10:00"),
        ("morgen tien uur vijf", "2026-11-25 10:05"),
        ("morgen tien uur twee", "?"),
    ],
)
def test_an_answer_to_when_is_read_so_too(text, meant):
    assert meaning(read(text, NOW, CALENDAR)) == meant
