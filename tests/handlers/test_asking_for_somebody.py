"""Asking for somebody else: who it is, their agreement, whom to speak with; the helper reads "via dochter"."""

from datetime import UTC, datetime

from sqlalchemy import select, text

from models import Request
from tests.support.asking import asks, code_in
from tests.support.town import Neighbour, Town

SENTENCE = "Kan iemand brood halen voor mijn moeder?"


async def asks_for_maria(els: Neighbour, *, phone: str | None = None, know: bool = False, name: str = "Maria") -> str:
    """Els, who came before, asks for her mother Maria, at Maria's home. Returns the code."""
    await els.writes("/vraag")
    await els.taps("Boodschappen 🛒")
    await els.writes(SENTENCE)
    await els.writes(name)
    await els.taps("Dochter")
    await els.taps("Ja, dat is goed")
    await els.taps(f"Met {name}, telefonisch" if phone else "Met mij, in deze chat")
    await els.taps("Morgen")
    await els.taps("Namiddag 14–18")
    await els.taps(f"Thuis bij {name}")
    await els.taps("Kerkhoek")
    await els.writes("Kapelstraat 7")
    await els.writes("Maes")
    if phone:
        await els.writes(phone)
    await els.taps("Eerst weten wie" if know else "De eerste is goed")
    return code_in(await els.last_text())


async def test_a_sentence_that_names_somebody_else_is_understood(town: Town) -> None:
    els, jef = await town.resident("Els"), await town.volunteer("Jef", ["Kerkhoek"])
    await els.writes("/vraag")
    await els.taps("Boodschappen 🛒")
    shown = await els.writes(SENTENCE)
    assert "Ik lees dat het voor iemand anders is." in shown
    assert "Wat is de voornaam van wie hulp nodig heeft?" in shown
    assert "Wie ben jij voor Maria?" in await els.writes("Maria")
    assert "Vindt Maria het goed dat je dit vraagt?" in await els.taps("Dochter")
    assert "Met wie spreekt de vrijwilliger?" in await els.taps("Ja, dat is goed")
    await els.taps("Met mij, in deze chat")
    await els.taps("Morgen")
    assert "Waar heeft Maria hulp nodig?" in await els.taps("Namiddag 14–18")
    assert "Dorpsstraat 12" not in await els.last_text(), "that is where Els lives"
    await els.taps("Thuis bij Maria")
    assert "In welke straat en op welk nummer woont Maria?" in await els.taps("Kerkhoek")
    assert "Welke naam staat er op de bel bij Maria?" in await els.writes("Kapelstraat 7")
    summary = await els.writes("Maes")
    assert "Voor: Maria" in summary
    assert "Waar: Kapelstraat 7 (Kerkhoek)" in summary
    assert "bewaren" not in summary, "the address of somebody else is not kept"
    card = await els.taps("De eerste is goed")
    assert "Voor: Maria" in card
    assert "Kerkhoek" in await jef.last_text()
    assert "Maria" not in await jef.reads(), "before acceptance nobody is named"
    task = await jef.taps("Ik help")
    assert "Voor: Maria, via dochter Els" in task
    assert "Kapelstraat 7" in task
    told = await els.last_text()
    assert "Jef komt Maria helpen" in told
    assert "Zeg dat ook aan Maria." in told
    with town.session() as session:
        person = town.person(session, els)
        assert (person.street, person.bell, person.area) == (
            "Dorpsstraat 12",
            "Familie Els",
            town.area(session, "Centrum"),
        )


async def test_the_common_case_has_no_tap_more_and_can_still_be_changed(town: Town) -> None:
    els = await town.resident("Els")
    await els.writes("/vraag")
    await els.taps("Boodschappen 🛒")
    await els.writes("Melk en brood")
    await els.taps("Morgen")
    await els.taps("Namiddag 14–18")
    summary = await els.taps("Mijn thuis")
    assert "Voor: jezelf" in summary
    await els.taps("Iets veranderen")
    assert "Wat is de voornaam van wie hulp nodig heeft?" in await els.taps("Voor wie")
    await els.writes("Rik")
    await els.taps("Buur")
    await els.taps("Ja, dat is goed")
    assert "Waar heeft Rik hulp nodig?" in await els.taps("Met mij, in deze chat")
    await els.taps("Thuis bij Rik")
    await els.taps("Centrum")
    await els.writes("Dorpsstraat 14")
    summary = await els.taps("Er staat geen naam")
    assert "Voor: Rik" in summary
    assert "Waar: Dorpsstraat 14 (Centrum)" in summary
    await els.taps("Iets veranderen")
    await els.taps("Voor wie")
    await els.taps("Het is voor mezelf")
    summary = await els.taps("Mijn thuis")
    assert "Voor: jezelf" in summary
    assert "Waar: Dorpsstraat 12 (Centrum)" in summary


async def test_who_says_again_that_it_is_for_themselves_keeps_the_address(town: Town) -> None:
    els = await town.resident("Els", home=False)
    await els.writes("/vraag")
    await els.taps("Boodschappen 🛒")
    await els.writes("Melk en brood")
    await els.taps("Morgen")
    await els.taps("Namiddag 14–18")
    await els.taps("Mijn thuis")
    await els.writes("Kapelstraat 7")
    await els.writes("Maes")
    summary = await els.taps("Nee, liever niet")
    assert "Waar: Kapelstraat 7 (Centrum)" in summary
    await els.taps("Iets veranderen")
    await els.taps("Voor wie")
    assert await els.taps("Het is voor mezelf") == summary
    await els.taps("Iets veranderen")
    await els.taps("Voor wie")
    assert "Wie ben jij voor Maria?" in await els.writes("mijn moeder Maria")


async def test_a_gift_for_my_mother_is_for_myself_with_one_tap(town: Town) -> None:
    els = await town.resident("Els")
    await els.writes("/vraag")
    await els.taps("Boodschappen 🛒")
    await els.writes("Bloemen voor mijn moeder, ik kan zelf niet weg")
    assert "Op welke dag" in await els.taps("Het is voor mezelf")
    await els.taps("Morgen")
    await els.taps("Namiddag 14–18")
    assert "Voor: jezelf" in await els.taps("Mijn thuis")


async def test_a_name_in_the_sentence_is_a_button_and_a_neighbour_is_not_asked_who_they_are(town: Town) -> None:
    els = await town.resident("Els")
    await els.writes("/vraag")
    await els.taps("Boodschappen 🛒")
    await els.writes("Soep voor mijn buurvrouw Josée")
    assert "Josée" in await els.labels()
    assert "Vindt Josée het goed" in await els.taps("Josée")


async def test_who_does_not_know_yet_is_asked_first_and_the_draft_is_kept(town: Town) -> None:
    els = await town.resident("Els")
    await els.writes("/vraag")
    await els.taps("Boodschappen 🛒")
    await els.writes(SENTENCE)
    await els.writes("Maria")
    await els.taps("Dochter")
    shown = await els.taps("Nog niet")
    assert "Vraag het eerst aan Maria." in shown
    assert "Je vraag wacht hier nog drie dagen." in shown
    await town.jump(days=2)
    assert "Je begon aan een vraag." in await els.starts()
    assert "Vraag het eerst aan Maria." in await els.taps("Ga verder")
    assert "Met wie spreekt de vrijwilliger?" in await els.taps("Ja, ga nu verder")


async def test_the_helper_may_call_the_person_on_a_number_typed_in_any_way(town: Town) -> None:
    els, jef, an = await town.resident("Els"), await town.volunteer("Jef", ["Kerkhoek"]), await town.coordinator("An")
    await asks_for_maria(els, phone="0032 470/12.34.56")
    assert "0470" not in await jef.reads()
    assert "Telefoon van Maria: 0470 12 34 56" in await jef.taps("Ik help")
    case = await an.forges("1:case:1")
    assert "Voor: Maria, via dochter Els" in case
    assert "Telefoon van Maria: 0470 12 34 56" in case


async def test_what_follows_reaches_who_asked_and_says_for_whom(town: Town) -> None:
    els, jef = await town.resident("Els"), await town.volunteer("Jef", ["Kerkhoek"])
    await asks_for_maria(els, know=True)
    await jef.taps("Ik help")
    assert "Jef wil Maria graag helpen. Is dat goed?" in await els.last_text()
    await els.taps("Goed")
    assert "Jef helpt Maria" in await els.writes("/mijnvragen")
    await jef.taps("Stel een uur voor")
    await jef.taps("15 uur")
    await els.taps("Dat past")
    assert "Els geeft het door aan Maria." in await jef.last_text(), "the code word"
    await town.jump(datetime(2026, 11, 23, 18, 0, tzinfo=UTC))
    assert "Je vraag voor Maria: Jef komt morgen om 15 uur." in await els.reads()
    assert "Je helpt Maria morgen om 15 uur." in await jef.reads()
    await town.jump(datetime(2026, 11, 24, 18, 0, tzinfo=UTC))
    assert "Boodschappen voor Maria: dinsdag 24 november om 15 uur." in await els.last_text()
    assert "Is het gelukt met Jef?" in await els.last_text()
    assert "Is het gelukt met Maria?" in await jef.last_text()


async def test_once_more_is_for_the_same_person_who_is_asked_again(town: Town) -> None:
    els = await town.resident("Els")
    await asks_for_maria(els, phone="0470 12 34 56")
    await els.taps("Stop vraag")
    await els.taps("Ja, stop")
    await els.taps("Nog eens vragen")
    assert "Vindt Maria het goed dat je dit vraagt?" in await els.last_text()
    await els.taps("Ja, dat is goed")
    await els.taps("Morgen")
    summary = await els.taps("Namiddag 14–18")
    assert "Voor: Maria" in summary
    assert "Kapelstraat 7 (Kerkhoek)" in summary
    assert "Telefoon: 0470 12 34 56" in summary


async def test_another_place_later_is_not_kept_as_the_home_of_who_asks(town: Town) -> None:
    els = await town.resident("Els")
    await asks_for_maria(els)
    await els.taps("Iets veranderen")
    assert "Voor wie" not in await els.labels()
    await els.taps("Waar")
    await els.taps("Thuis bij Maria")
    await els.taps("Kerkhoek")
    await els.writes("Kapelstraat 9")
    assert "Kapelstraat 9" in await els.writes("Maes")
    with town.session() as session:
        assert town.person(session, els).street == "Dorpsstraat 12"


async def test_a_month_after_the_end_nobody_knows_any_more_for_whom_it_was(town: Town) -> None:
    els = await town.resident("Els")
    await asks_for_maria(els, phone="0470 12 34 56")
    with town.session() as session:
        raw = session.execute(text("select for_name, for_relation, phone from request")).one()
        assert all(b"Maria" not in each and b"daughter" not in each and b"470" not in each for each in raw)
    await els.taps("Stop vraag")
    await els.taps("Ja, stop")
    await town.jump(days=29)
    assert "Voor: Maria" in await els.forges("1:request:1")
    await town.jump(days=2)
    with town.session() as session:
        request = session.scalars(select(Request)).one()
        assert (request.for_name, request.for_relation, request.phone) == (None, None, None)
    assert "Maria" not in await els.forges("1:request:1")


async def test_who_asks_for_themselves_is_asked_nothing_of_it(town: Town) -> None:
    els = await town.resident("Els")
    await asks(els)
    assert "iemand anders" not in await els.reads()
    assert "Voor:" not in await els.last_text()


async def test_a_sentence_outside_of_any_dialogue_is_enough(town: Town) -> None:
    els = await town.resident("Els")
    await els.writes("Kan iemand brood halen voor mijn moeder?")
    if "Boodschappen 🛒" in await els.labels():
        await els.taps("Boodschappen 🛒")
    assert "Wat is de voornaam van wie hulp nodig heeft?" in await els.last_text()
    assert "Wie ben jij voor Maria?" in await els.writes("Maria")


async def test_in_french_it_is_the_same(town: Town) -> None:
    els, jef = await town.resident("Els", language="fr"), await town.volunteer("Jef", language="fr")
    await els.writes("/demande")
    await els.taps("Courses 🛒")
    shown = await els.writes("Du pain pour ma voisine Lucie")
    assert "Je lis que c'est pour quelqu'un d'autre." in shown
    assert "Est-ce que Lucie est d'accord avec cette demande ?" in await els.taps("Lucie")
    await els.taps("Oui, c'est d'accord")
    await els.taps("Avec moi, ici")
    await els.taps("Demain")
    await els.taps((await els.labels())[0])
    await els.taps("Chez Lucie")
    await els.taps("Centrum")
    await els.writes("Dorpsstraat 20")
    summary = await els.writes("Dupont")
    assert "Lucie" in summary
    await els.taps("Le premier va bien")
    task = await jef.forges("1:accept:1")
    assert "Lucie, par Els (voisin(e))" in task
    assert "Dorpsstraat 20" in task


async def test_where_somebody_else_lives_says_nothing_about_who_asks(town: Town) -> None:
    els = await town.somebody("Els")
    await els.starts()
    await asks_for_maria(els)
    with town.session() as session:
        person = town.person(session, els)
        assert (person.area, person.street, person.bell) == (None, None, None)
