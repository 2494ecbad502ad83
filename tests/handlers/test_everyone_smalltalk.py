"""What is small talk, and what is a question for help."""

import pytest

from handlers.everyone.smalltalk import Small, small


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Dag allemaal!", Small.GREETING),
        ("goedenavond", Small.GREETING),
        ("Goede morgen", Small.GREETING),
        ("ça va?", Small.GREETING),
        ("Grüß Gott", Small.GREETING),
        ("Heel erg bedankt hoor!", Small.THANKS),
        ("Dank je wel", Small.THANKS),
        ("danke schön", Small.THANKS),
        ("Merci beaucoup", Small.THANKS),
        ("OK 👍", Small.YES_OR_NO),
        ("Oké", Small.YES_OR_NO),
        ("d'accord", Small.YES_OR_NO),
        ("stop!", Small.STOP),
        ("HULP", Small.HELP),
        ("Tot morgen, bedankt!", Small.THANKS),
        ("ok bedankt", Small.THANKS),
        ("Dag, tot dinsdag", Small.THANKS),
        ("Merci, à demain", Small.THANKS),
        ("Danke, bis morgen", Small.THANKS),
        ("Thanks, see you tomorrow", Small.THANKS),
        ("ja graag", Small.YES_OR_NO),
        ("pauze", Small.PAUSE),
        ("Ik wil even pauze", Small.PAUSE),
        ("une pause s'il vous plaît", Small.PAUSE),
        ("Ich möchte eine Pause machen", Small.PAUSE),
        ("I need a break", Small.PAUSE),
    ],
)
def test_small_talk_is_recognised_in_every_language(words: str, kind: Small) -> None:
    assert small(words) is kind


@pytest.mark.parametrize(
    "words",
    [
        "Dag, kan iemand mijn gras maaien?",
        "Goeiemorgen, ik zoek iemand om te wandelen",
        "hulp in de tuin",
        "Ik wil stoppen met roken",
        "bedankt maar de lamp is nog stuk",
        "Dagelijkse boodschappen",
        "ja graag iemand voor de hond",
        "gras",
        "tot morgen moet de hond ergens blijven",
        "bedankt hulp",
        "pauze van mijn werk, wie wandelt mee",
        "",
    ],
)
def test_a_question_is_no_small_talk(words: str) -> None:
    assert small(words) is None
