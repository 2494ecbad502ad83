"""Not an emergency line: the fixed words come first, before the database and without it."""

import pytest

from bot.emergency import answer, sounds_like_one
from bot.i18n import translator
from tests.bot.machine import calls, locked
from tests.support.town import Town

SENTENCES = {
    "nl": "ik denk dat het een hartaanval is",
    "fr": "ma mère ne respire plus",
    "en": "I can't breathe",
    "de": "er hat einen Herzinfarkt",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
async def test_words_of_need_get_the_numbers_at_once_in_every_language(town: Town, language: str, sentence: str):
    anna = await town.somebody("Anna", language)
    await anna.starts()
    await anna.writes(sentence)
    first, second = [message.text for message in await anna.messages()][1:]
    assert "112" in first
    assert second == "Nood: told"


@pytest.mark.parametrize(
    ("language", "listening", "elsewhere"),
    [
        ("nl", ("106", "1813", "1712"), ("107", "108")),
        ("fr", ("107", "0800 32 123", "0800 30 030", "103"), ("106", "1813", "1712")),
        ("de", ("108",), ("106", "1813", "1712", "107")),
        ("en", ("02 648 40 14", "1813"), ("106", "107")),
        ("tr", ("106", "1813", "1712"), ("107", "108")),  # no language of ours
    ],
)
def test_the_numbers_are_of_those_who_speak_the_language(
    language: str, listening: tuple[str, ...], elsewhere: tuple[str, ...]
) -> None:
    numbers = [line.split(" – ")[0] for line in answer(translator(language), SENTENCES["nl"]).splitlines()]
    assert {"112", "101", "1733", "070 245 245", *listening} <= set(numbers)
    assert not set(elsewhere) & set(numbers)


@pytest.mark.parametrize(
    ("language", "words", "number"),
    [
        ("nl", "Ik wil niet meer leven", "1813"),
        ("nl", "mijn zoon spreekt van zelfmoord", "1813"),
        ("fr", "je n'ai plus envie de vivre", "0800 32 123"),
        ("en", "I want to kill myself", "1813"),
        ("de", "ich möchte sterben", "108"),
    ],
)
def test_who_thinks_of_suicide_first_reads_who_listens(language: str, words: str, number: str) -> None:
    assert sounds_like_one(words)
    _, first, *rest = answer(translator(language), words).splitlines()
    assert first.startswith(f"{number} – ")
    assert any("112" in line for line in rest)
    assert not [line for line in rest if line.startswith(f"{number} – ")], "each number stands there once"


@pytest.mark.parametrize(
    "words",
    [
        "ik wil een einde maken aan mijn leven",
        "ze wil haar leven beëindigen",
        "ik wil er een eind aan maken",
        "ik wil zo niet meer verder leven",
        "ik hoef niet meer te leven",
        "mijn leven heeft geen zin meer",
        "ik heb geen zin meer in het leven",
        "ik wou dat ik er niet meer was",
        "ik kan niet meer, het leven hoeft voor mij niet meer",
        "ik ben het leven moe, ik heb genoeg van mijn leven",
        "het heeft allemaal geen zin meer",
        "was ik maar dood",
        "je veux mettre fin à ma vie",
        "j'ai envie d'en finir",
        "je vais me tuer",
        "ma vie n'a plus de sens",
        "je n'en peux plus de vivre",
        "à quoi bon vivre encore",
        "j'en ai marre de la vie",
        "ich bringe mich um",
        "am liebsten wäre ich tot",
        "Ich mag nicht mehr, es hat alles keinen Sinn mehr",
        "ich halte es nicht mehr aus, ich will weg von dieser Welt",
        "ich will meinem Leben ein Ende setzen",
        "mein Leben hat keinen Sinn mehr",
        "I wish I was dead",
        "I want to be dead",
        "I do not want to be alive",
    ],
)
def test_it_is_said_in_many_words(words: str) -> None:
    assert sounds_like_one(words)
    assert answer(translator("nl"), words).startswith("Je staat er niet alleen voor.")


@pytest.mark.parametrize("words", ["mijn hond is dood", "het heeft geen zin meer", "we leven niet meer in Hoegaarden"])
def test_other_words_are_not_about_it(words: str) -> None:
    assert not answer(translator("nl"), words).startswith("Je staat er niet alleen voor.")


async def test_they_come_before_the_turn_and_once(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        update = await anna.actor.writes("hij heeft een hartaanval")
        await anna.actor.sees("112")
    await town.settled(update)
    assert len([call for call in await calls(town) if "1813" in call["params"]["text"]]) == 1
    assert await anna.last_text() == "Nood: told"


async def test_where_they_could_not_be_sent_the_turn_knows(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.phones.fault("error", "sendMessage", error_code=429, description="-", retry_after=1)
    await anna.writes("ik krijg geen adem")
    await town.jump(seconds=2)  # not before Telegram takes it
    assert await anna.last_text() == "Nood: untold"


async def test_a_photo_with_such_words_and_a_changed_message_count_too(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.does(anna.actor.sends_photo(caption="ze is bewusteloos"))
    assert "Nood: told" in await anna.reads()
    await anna.writes("hallo")
    mine = [message for message in await anna.actor.chat() if message.outgoing][-1]
    await anna.does(anna.actor.edits(mine, "er is een gaslek"))
    assert (await anna.reads()).count("1813") == 2


async def test_a_dialogue_is_kept(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.writes("/rondleiding")
    await anna.writes("ik ben gevallen en kan niet opstaan, 112")
    await anna.writes("Bello")
    assert await anna.last_text() == "Welke kleur heeft Bello?"


@pytest.mark.parametrize(
    "text",
    [
        "de kaartjes van 1912",
        "brood en melk",
        "ik ademde diep in",
        "",
        "brandhout binnenhalen",
        "Dorpsstraat 112",
        "Tiensesteenweg 112 bus 3",
        "12, rue de l'Église et 112, rue Haute",
        "het kost 112 euro",
        "Chaussée de Louvain 112",
        "hartelijk bedankt",
        "het licht in de gang brandt niet",
        "een brandalarm ophangen",
        "een ander merk, brand new",
        "mijn man is verlamd, wie doet boodschappen?",
        "mijn pillen halen bij de apotheek",
        "alle medicijnen ophalen",
        "meegaan om bloed te laten prikken",
        "de zoom van een broek stikken",
        "een hart onder de riem",
        "de eieren niet breken",
        "iemand in mijn straat",
        "mijn huis binnen schilderen",
        "de nietmachine hapert, het heeft geen zin",
        "de harde schijf is stuk",
        "gasfles vervangen",
        "een verslag van het hartcentrum printen",
        "acheter du bois pour le feu",
        "un gâteau pas trop brûlé",
        "aller chercher mes médicaments",
        "réparer la cuisine",
        "Feuerholz holen",
        "mit dem Hund zum Feuerwehrfest",
        "meine Tabletten abholen",
        "die Lampe in der Küche brennt nicht",
        "a brand new lamp",
        "collect my pills",
        "clean the fireplace",
        "pass out the flyers",
        "het blad is van de boom gevallen",
        "mijn gsm is gevallen",
        "de brief is op de grond gevallen",
        "mijn lamp is gevallen",
        "de sleutel van mijn man is gevallen",
        "il est tombé beaucoup de neige",
        "het gas moet afgelezen worden",
        "er ligt een brief op de grond",
        "er is een tak van de boom gevallen",
        "mijn computer reageert niet meer",
        "ik ben in slaap gevallen",
        "mijn moeder is vorig jaar gevallen, wie doet boodschappen?",
        "dat valt mee",
        "mijn gsm ligt op de grond",
        "mon téléphone est tombé",
        "ma lampe est tombée",
        "ma mère ne parle pas français",
        "je suis tombé malade",
        "relever le compteur de gaz",
        "mein Handy ist auf den Boden gefallen",
        "die Lampe ist gefallen",
        "der Computer ist abgestürzt",
        "das Gas ablesen",
        "my phone has fallen",
        "bleeding the radiators",
        "I am on the ground floor",
        "read the gas meter",
        "iemand om mee te wandelen",
    ],
)
def test_ordinary_words_are_none(text: str):
    assert not sounds_like_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "HARTAANVAL!",
        "Zelfmoord",
        "bel   112",
        "Kerkstraat 5, 112!",
        "er is brand in de Dorpsstraat 112",
        "Ik  krijg\ngeen lucht",
        "il y a le feu, au feu",
        "brand!",
        "Brand",
        "BRAND !!",
        "er is brand",
        "help, brand in de living",
        "help ik stik",
        "mijn kind stikt",
        "hart aanval",
        "hij kreeg een hartstilstand",
        "ik heb borstpijn",
        "ze heeft al haar pillen genomen",
        "ik heb te veel medicijnen geslikt",
        "ik bloed hard",
        "er is zoveel bloed",
        "mijn man is flauwgevallen",
        "ze heeft een epileptische aanval",
        "ik denk aan CO-vergiftiging",
        "mijn buurman slaat mij",
        "ik ga mezelf iets aandoen",
        "iemand probeert binnen te breken",
        "er is iemand in mijn huis!",
        "jemand bricht bei mir ein",
        "ik wil er niet meer zijn",
        "ça brûle",
        "Il y a le feu dans la cuisine",
        "j'étouffe",
        "ma mère s’étouffe",
        "I can’t breathe",
        "au secours",
        "je crois que c'est un AVC",
        "elle a avalé trop de comprimés",
        "j'ai mal à la poitrine",
        "il saigne fort",
        "ma mère s'est évanouie",
        "je sens le gaz",
        "je vais me tuer",
        "Feuer!",
        "hier ist Feuer",
        "ich ersticke",
        "sie hat alle Tabletten geschluckt",
        "ich blute stark",
        "Schmerzen in der Brust",
        "er ist ohnmächtig",
        "Rettungswagen bitte",
        "ich will mich umbringen",
        "she is choking",
        "fire!",
        "there is a fire in my kitchen",
        "I have chest pain",
        "he took too many pills",
        "she is bleeding a lot",
        "my husband passed out",
        "I smell gas",
        "he hits me",
        "somebody is breaking in",
        "ik ben van de trap gevallen",
        "ik ben gevallen",
        "mijn moeder Maria is in de badkamer gevallen",
        "vannacht is mijn man gevallen",
        "ons ma ligt op de grond en zegt niks meer",
        "ik lig op de vloer",
        "Mijn moeder ligt op de badkamervloer",
        "mijn moeder is uitgegleden",
        "we ruiken gas",
        "gas!",
        "ça pue le gaz",
        "ik maak er een einde aan",
        "ich möchte sterben",
        "er ligt iemand op de grond",
        "mijn man is gevallen en bloedt",
        "mijn buurvrouw reageert niet meer",
        "ze is niet aanspreekbaar",
        "ik bloed uit mijn neus",
        "het ruikt hier naar gas",
        "het gas lekt",
        "ik wil niet meer leven",
        "ik zie het niet meer zitten",
        "mijn vrouw viel in de douche",
        "mon mari est tombé et il saigne",
        "je suis tombée dans l'escalier",
        "ma mère est par terre",
        "mon père ne répond plus",
        "elle a perdu connaissance",
        "ça sent le gaz",
        "il y a une forte odeur de gaz",
        "je ne veux plus vivre",
        "j'ai envie de mourir",
        "mein Mann ist gestürzt und blutet",
        "ich bin die Treppe hinuntergefallen",
        "ich bin hingefallen",
        "meine Mutter liegt auf dem Boden",
        "mein Vater reagiert nicht mehr",
        "es riecht nach Gas",
        "ich will nicht mehr leben",
        "my husband fell and is bleeding",
        "I have fallen down the stairs",
        "my mother is on the floor",
        "my neighbour doesn't respond",
        "it smells like gas",
        "I don't want to live anymore",
    ],
)
def test_they_are_heard_however_they_are_written(text: str):
    assert sounds_like_one(text)


async def test_a_second_message_of_the_same_person_does_not_wait_for_the_first(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        await anna.actor.writes("hallo")
        update = await anna.actor.writes("hij heeft een hartaanval")
        await anna.actor.sees("112")
    await town.settled(update)


async def test_nobody_waits_behind_a_line_of_others(town: Town):
    people = [await town.somebody(f"P{n}") for n in range(10)]
    for person in people:
        await person.starts()
    with locked(town):
        for person in people[:9]:
            await person.actor.writes("hallo")
        update = await people[9].actor.writes("hij heeft een hartaanval")
        await people[9].actor.sees("112")
    await town.settled(update)


async def test_what_could_not_be_said_is_tried_again_while_the_database_is_away(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        await town.phones.fault("error", "sendMessage", error_code=429, description="-", retry_after=1)
        update = await anna.actor.writes("hij heeft een hartaanval")
        await anna.actor.sees("112")
    await town.settled(update)
    await town.jump(seconds=2)  # not before Telegram takes it
    assert await anna.last_text() == "Nood: told"
