"""A moment inside a sentence, and the words that said it."""

from datetime import date, time

import pytest

from models.moment import Moment, Part
from models.spoken import Kind, find
from models.spoken.chart import MOST_NODES, parse
from models.spoken.grammar import GRAMMAR, Known
from models.spoken.lexicon import lexicon
from models.spoken.tokens import tokens
from tests.models.world import CALENDAR, brussels

NOW = brussels("2026-11-24 10:00")  # a Tuesday
TOMORROW = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("language", "sentence", "moment", "words"),
    [
        ("nl", "kan iemand morgen om 14u mijn brood halen", Moment(TOMORROW, None, time(14)), ["morgen om 14u"]),
        ("nl", "Kan iemand morgen mijn brood halen om 14u?", Moment(TOMORROW, None, time(14)), ["morgen", "om 14u"]),
        ("nl", "Wie brengt me vrijdagvoormiddag?", Moment(date(2026, 11, 27), Part.MORNING), ["vrijdagvoormiddag"]),
        ("nl", "Ik moet om 15u bij de dokter zijn op vrijdag 27 november.", Moment(date(2026, 11, 27), None, time(15)),
         ["om 15u", "op vrijdag 27 november"]),
        ("nl", "Gisteren gevallen, wie kan morgen komen?", Moment(TOMORROW), ["morgen"]),
        ("nl", "Goedemorgen, kan iemand komen in de namiddag?", Moment(None, Part.AFTERNOON), ["in de namiddag"]),
        ("fr", "Quelqu'un peut venir demain à 14h au jardin ?", Moment(TOMORROW, None, time(14)), ["demain à 14h"]),
        ("fr", "Bonjour, mardi prochain j'ai besoin de pain", Moment(date(2026, 12, 1)), ["mardi prochain"]),
        ("en", "Could somebody walk my dog on Saturday at 3 for me?", Moment(date(2026, 11, 28), None, time(15)),
         ["on Saturday at 3"]),
        ("de", "Guten Morgen, können Sie mir morgen früh helfen?", Moment(TOMORROW, Part.MORNING), ["morgen früh"]),
        ("nl", "Kan iemand vrijdag 2 uur komen?", Moment(date(2026, 11, 27), None, time(14)), ["vrijdag 2 uur"]),
        ("nl", "Om 3 uur bij mij, donderdag", Moment(date(2026, 11, 26), None, time(15)), ["Om 3 uur", "donderdag"]),
        ("en", "Kan iemand morgen komen?", Moment(TOMORROW), ["morgen"]),
        ("nl", "brood 🍞 voor morgen om 14u 🙂", Moment(TOMORROW, None, time(14)), ["voor morgen om 14u"]),
    ],
)  # fmt: skip
def test_a_moment_is_found_with_its_words(language, sentence, moment, words):
    found = find(sentence, NOW, CALENDAR, language)
    assert found is not None
    assert found.reading.moment == moment
    assert [sentence[start:end] for start, end in found.spans] == words


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Kan iemand hier de hond uitlaten?"),  # "hier" is yesterday in French
        ("nl", "Ik zoek iemand om twee broden te halen"),
        ("nl", "Ik wil 2 kg appels en 1/2 brood van 2.50 euro"),
        ("nl", "Ik woon op de 2de verdieping"),
        ("nl", "Wie gaat elke maandag mee naar de markt?"),
        ("nl", "Kan iemand zorgen voor mijn kat?"),
        ("nl", "Mijn dochter kan niet dinsdag"),
        ("nl", "Ik zoek iemand voor twee uur"),
        ("nl", "Ik heb 2 uur hulp nodig"),
        ("nl", "Mijn lamp is al drie dagen stuk"),
        ("de", "Guten Morgen, ich brauche Hilfe im Garten"),
        ("fr", "Bonsoir, j'habite au 3 rue de la Paix"),
        ("fr", "Ma soeur a vu un film sur Mars"),
        ("en", "May I ask for a box for 2 people?"),
        ("de", "Ich habe so viel zu tun"),
        ("nl", ""),
        ("nl", "🙂"),
    ],
)
def test_words_that_only_look_like_time_are_left_alone(language, sentence):
    assert find(sentence, NOW, CALENDAR, language) is None


def test_what_is_left_is_the_sentence_without_its_moment():
    sentence = "kan iemand morgen mijn brood halen om 14u"
    found = find(sentence, NOW, CALENDAR)
    assert found is not None
    assert found.without(sentence) == "kan iemand mijn brood halen"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Kan iemand op 31 november komen?", Kind.IMPOSSIBLE),
        ("Gisteren ben ik gevallen", Kind.PAST),
        ("Ik heb maandag of woensdag hulp nodig", Kind.AMBIGUOUS),
    ],
)
def test_what_is_not_clear_is_found_as_such(sentence, kind):
    found = find(sentence, NOW, CALENDAR)
    assert found is not None
    assert found.reading.kind is kind
    assert not found.reading.is_clear


def test_of_a_text_made_to_take_long_only_the_beginning_is_read():
    words = lexicon("nl")
    read = parse(GRAMMAR, words.nodes(tokens("ma, di of 1/2 3.4 " * 400)), Known(NOW, TOMORROW, CALENDAR))
    assert sum(1 for _ in read) <= MOST_NODES
