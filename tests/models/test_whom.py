"""Whom help is for, as far as the words say."""

import pytest

from models.helped import Relation
from models.whom import Whom, heard_whom, named_in


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Kan iemand brood halen voor mijn moeder?", Whom()),
        ("Vervoer voor m'n oude vader naar de kapper", Whom()),
        ("Soep voor mijn buurvrouw Josée, morgen", Whom(Relation.NEIGHBOUR, "Josée")),
        ("Voor onze buurman graag", Whom(Relation.NEIGHBOUR)),
        ("namens mijn vriendin Ria", Whom(Relation.FRIEND, "Ria")),
        ("Een wandeling voor iemand anders", Whom()),
        ("Des courses pour ma mère", Whom()),
        ("Aider pour ma voisine Lucie demain", Whom(Relation.NEIGHBOUR, "Lucie")),
        ("C'est pour quelqu’un d’autre", Whom()),
        ("Einkaufen für meine Mutter Montag", Whom()),
        ("Hilfe für unsere Nachbarin", Whom(Relation.NEIGHBOUR)),
        ("Bread for my mother please", Whom()),
        ("A lift for my elderly neighbour Bob", Whom(Relation.NEIGHBOUR, "Bob")),
        ("It is for somebody else", Whom()),
        ("Mijn moeder zoekt iemand om mee te wandelen", Whom()),
        ("mon voisin a besoin de pain", Whom(Relation.NEIGHBOUR)),
        ("Meine Nachbarin braucht Milch", Whom(Relation.NEIGHBOUR)),
        ("My mother needs a lift", Whom()),
        ("mijn moeder in Kerkhoek wil volgende vrijdag iemand om mee te wandelen", Whom()),
        ("Mijn moeder Maria zoekt gezelschap", Whom(None, "Maria")),
        ("mijn vader van 82 kan niet meer koken", Whom()),
        ("Mijn buurvrouw, die slecht ziet, heeft hulp nodig", Whom(Relation.NEIGHBOUR)),
        ("mijn ouders willen een wandeling maken", Whom()),
        ("ma mère voudrait de la compagnie", Whom()),
        ("Ma voisine ne peut plus sortir", Whom(Relation.NEIGHBOUR)),
        ("meine Mutter möchte spazieren gehen", Whom()),
        ("Meine Mutter in Eupen braucht Milch", Whom()),
        ("my mother would like a walk", Whom()),
        ("My dad can't carry his shopping", Whom()),
        ("iets voor mijn patiënt Jo", Whom(Relation.CARER, "Jo")),
    ],
)
def test_somebody_else_is_heard(text: str, whom: Whom) -> None:
    assert heard_whom(text) == whom


@pytest.mark.parametrize(
    "text",
    [
        "Melk en brood voor morgen",
        "Eten voor mijn hond",
        "Mijn moeder is jarig",
        "Kan iemand mij helpen, mijn dochter kan niet komen",
        "Ma fille ne peut pas venir",
        "mijn zoon gaat weg en mijn bril is stuk",
        "Mijn moeder is jarig en ik wil een taart",
        "ik wil met mijn man gaan wandelen",
        "mon mari et moi voudrions de la compagnie",
        "Voor mijn mankerende lamp",
        "pour demain",
        "für morgen",
        "for my garden",
        "",
    ],
)
def test_other_words_name_nobody(text: str) -> None:
    assert heard_whom(text) is None


@pytest.mark.parametrize(
    ("typed", "whom"),
    [
        ("mijn moeder Maria", Whom(None, "Maria")),
        ("Voor mijn buurvrouw Anne Marie", Whom(Relation.NEIGHBOUR, "Anne Marie")),
        ("ma mère Lucie", Whom(None, "Lucie")),
        ("Meine Mutter Maria", Whom(None, "Maria")),
        ("my friend Bob", Whom(Relation.FRIEND, "Bob")),
        ("Maria", Whom(None, "Maria")),
        ("Frau Müller", Whom(None, "Frau Müller")),
        ("Ma", Whom(None, "Ma")),
        ("Elle s’appelle Madeleine", Whom(None, "Madeleine")),
        ("ze heet Maria", Whom(None, "Maria")),
        ("Sie heißt Hildegard", Whom(None, "Hildegard")),
    ],
)
def test_a_typed_name_goes_without_what_they_are(typed: str, whom: Whom) -> None:
    assert named_in(typed) == whom
