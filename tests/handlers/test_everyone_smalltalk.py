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
        ("Ik versta het niet", Small.HELP),
        ("Ik vind dat moeilijk", Small.HELP),
        ("Je ne comprends pas", Small.HELP),
        ("I don’t understand", Small.HELP),
        ("Bent u een mens?", Small.HUMAN),
        ("êtes-vous un robot ?", Small.HUMAN),
        ("Ik wil vrijwilliger worden", Small.OFFER),
        ("Dag, ik zou graag oude mensen helpen", Small.OFFER),
        ("j'aimerais être bénévole", Small.OFFER),
        ("je voudrais proposer mon aide", Small.OFFER),
        ("je voudrais bien donner un coup de main aux gens du quartier, j'ai une voiture", Small.OFFER),
        ("ich möchte gerne ehrenamtlich helfen", Small.OFFER),
        ("ich will helfen", Small.OFFER),
        ("Ich würde gern alten Leuten beim Einkaufen helfen", Small.OFFER),
        ("I would like to help people", Small.OFFER),
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
        "kan een vrijwilliger mij helpen?",
        "ik wil mijn moeder helpen verhuizen",
        "j'aimerais aider ma mère à déménager",
        "jemand soll mir helfen",
        "dit is te moeilijk voor mij, wie doet mijn belastingen",
        "pauze van mijn werk, wie wandelt mee",
        "",
    ],
)
def test_a_question_is_no_small_talk(words: str) -> None:
    assert small(words) is None
