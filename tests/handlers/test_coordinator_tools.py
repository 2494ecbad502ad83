"""What a coordinator does besides choosing and closing: seeing a part, looking further, changing texts, volunteers."""

from models import Area, AreaKind
from tests.handlers.test_coordinator_story import ask
from tests.support.town import Town


async def test_the_list_shows_one_neighbourhood_or_one_state(town: Town) -> None:
    an, jef = await town.coordinator("An"), await town.volunteer("Jef")
    rosa, lea = await town.resident("Rosa"), await town.resident("Lea", "Molenveld")
    taken, open_ = await ask(rosa), await ask(rosa)
    far = await ask(lea)
    await jef.taps("Ik help", next(each for each in await jef.messages() if "Ik help" in each.labels))
    both = await an.writes("/open")
    assert all(code in both for code in (taken, open_, far))
    chooses = await an.taps("Kies wat je ziet")
    assert "Je ziet nu: Alles wat open is" in chooses
    molenveld = await an.taps("Molenveld")
    assert "Molenveld, Alles wat open is: 1 vraag" in molenveld
    assert far in molenveld
    assert taken not in molenveld
    await an.taps("Kies wat je ziet")
    assert "Hier staat nu geen vraag." in await an.taps("Iemand helpt")
    await an.taps("Kies wat je ziet")
    helped = await an.taps("Alle wijken")
    assert "Iemand helpt: 1 vraag" in helped
    assert (taken in helped) != (open_ in helped)
    await an.taps("Kies wat je ziet")
    nobody = await an.taps("Nog niemand")
    assert "Nog niemand: 2 vragen" in nobody
    assert far in nobody
    await an.taps("Kies wat je ziet")
    await an.taps("Pas afgesloten")
    assert await an.taps("Bekijk alles") == both


async def test_many_neighbourhoods_stand_on_pages(town: Town) -> None:
    an = await town.coordinator("An")
    with town.session() as session, session.begin():
        here = town.area(session, "Lindebeek")
        session.add_all(
            Area(kind=AreaKind.NEIGHBOURHOOD, name=f"Wijk {n:02}", slug=f"wijk{n}", parent=here) for n in range(20)
        )
    await an.writes("/open")
    await an.taps("Kies wat je ziet")
    seen: list[str] = []
    for many in (8, 8, 7, 8):
        labels = (await an.labels())[: many + 1]
        assert labels[-1] == "Toon meer"
        seen += labels[:-1]
        await an.taps("Toon meer")
    assert len(set(seen)) == 23
    assert seen[-8:] == seen[:8], "after the last page comes the first"
    assert "Wijk 06, Alles wat open is" in await an.taps("Wijk 06")


async def test_a_question_that_is_open_before_a_coordinator_tells_what_happens_meanwhile(town: Town) -> None:
    an, bo, rosa = await town.coordinator("An"), await town.coordinator("Bo"), await town.resident("Rosa")
    jef = await town.volunteer("Jef")
    code = await ask(rosa)
    await an.writes("/open")
    assert "Er is nog geen vrijwilliger." in await an.taps(f"Bekijk {code}")
    messages = len(await an.messages()), len(await bo.messages())
    await jef.taps("Ik help")
    assert "Jef helpt." in await an.last_text()
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert "Er is nog niemand gevonden." in (await an.messages())[messages[0] - 1].text
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    ended = (await an.messages())[messages[0] - 1].text
    assert "Gestopt" in ended
    assert "Dorpsstraat" not in ended
    assert not any(code in each.text for each in (await bo.messages())[: messages[1]]), "who did not open it reads none"


async def test_what_was_closed_lately_can_still_be_looked_at(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await ask(rosa)
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Sluit af")
    await an.taps("Het is gelukt")
    await an.writes("/open")
    await an.taps("Kies wat je ziet")
    assert code in await an.taps("Pas afgesloten")
    assert "Afgesloten: Het is gelukt." in await an.taps(f"Bekijk {code}")
    await town.jump(days=31)
    await an.writes("/open")
    await an.taps("Kies wat je ziet")
    assert code not in await an.taps("Pas afgesloten")


async def test_that_nobody_was_found_in_time_does_not_read_as_if_somebody_stayed_away(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    await ask(rosa)
    await town.jump(days=2)
    shown = await an.taps("Bekijk de vraag")
    assert "Het moment is voorbij, er is niemand gevonden" in shown
    assert "kwam niemand" not in shown


async def test_another_ones_neighbourhood_cannot_be_chosen_with_a_forged_button(town: Town) -> None:
    an = await town.coordinator("An", "Centrum")
    with town.session() as session:
        molenveld = town.area(session, "Molenveld").id
    await an.writes("/open")
    for data in (f"1:cases:0:{molenveld}:", f"1:filter:{molenveld}:", "1:cases:0:0:nonsense", "1:filter:999:"):
        assert "Dat vind ik niet meer terug." in await an.forges(data)


async def test_looking_further_takes_the_task_from_the_helper_and_tells_everybody(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia")
    code = await ask(rosa)
    await jef.taps("Ik help")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    assert "Jef heeft deze taak dan niet meer." in await an.taps("Zoek verder")
    assert "Jef helpt." in await an.taps("Nee, laat het zo")
    await an.taps("Zoek verder")
    with town.session() as session:
        helper = town.person(session, jef).id
    shown = await an.taps("Ja, zoek iemand anders")
    assert "Er is nog geen vrijwilliger." in shown
    assert "An zoekt iemand anders dan Jef" in shown
    assert "Je hebt deze taak niet meer." in await jef.last_text()
    assert "Dorpsstraat" not in await jef.reads()
    assert "Jef komt toch niet." in await rosa.last_text()
    assert "Ik help" in await mia.labels()
    assert "Ik help" not in await jef.labels()
    await mia.taps("Ik help")
    told = len(await mia.messages())
    assert "Mia helpt." in await an.forges(f"1:put_back_now:1:{helper}")
    assert len(await mia.messages()) == told


async def test_a_changed_text_reaches_both_and_stands_in_the_history(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa, "Brood halen, want ik heb suikerziekte")
    await jef.taps("Ik help")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    assert "suikerziekte" in await an.taps("Wijzig de tekst")
    assert "Dat is te lang" in await an.writes("x" * 1001)
    shown = await an.writes("Brood halen")
    assert "Goed, het is veranderd." in shown
    assert "An veranderde de tekst" in shown
    assert "De coördinator veranderde de tekst van je vraag." in await rosa.last_text()
    assert "De coördinator veranderde wat nodig is." in await jef.last_text()
    assert "Brood halen" in await jef.last_text()
    assert "suikerziekte" not in await jef.last_text()
    await an.taps("Wijzig de tekst")
    told = len(await rosa.messages())
    assert "Jef helpt." in await an.taps("Laat het zo")
    assert len(await rosa.messages()) == told


async def test_what_a_coordinator_takes_out_stays_in_nobodys_chat(town: Town) -> None:
    an, els = await town.coordinator("An"), await town.coordinator("Els")
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa, "Brood halen, want ik heb suikerziekte")
    await jef.taps("Ik help")
    await jef.taps("Stuur een bericht")
    await jef.writes("Ik breng ook melk mee")
    await rosa.writes("/mijnvragen")
    for who in (an, els):
        for _ in range(2):
            await who.writes("/open")
            await who.taps(f"Bekijk {code}")
    await an.taps("Wijzig de tekst")
    await an.writes("x" * 1001)
    for who in (an, els, jef):
        assert "suikerziekte" in await who.reads()
    shown = await an.writes("Brood halen")
    for who in (an, els, rosa, jef):
        assert "Brood halen" in await who.reads()
    for who in (an, els, jef):
        assert "suikerziekte" not in await who.reads()
    assert "suikerziekte" not in await rosa.reads()
    assert "Ik breng ook melk mee" in await rosa.reads(), "what they wrote each other stays"
    assert "Goed, het is veranderd." in shown
    assert "Dorpsstraat 12" in await jef.last_text()


async def test_only_a_coordinator_of_the_area_looks_further_or_changes_the_text(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An", "Molenveld"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.taps("Ik help")
    await an.writes("/open")
    for who in (an, rosa, jef):
        for data in ("1:put_back:1", "1:put_back_now:1:1", "1:edit_text:1"):
            await who.forges(data)
            assert "Brood en melk" not in await an.reads()
    await jef.writes("/taken")
    shown = await jef.taps("Toon taak 1")
    assert "Dorpsstraat 12" in shown
    assert "Brood en melk halen" in shown


async def test_a_volunteer_takes_a_break_and_comes_back(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.taps("Ik help")
    await jef.writes("/vrijwilliger")
    assert "Je neemt pauze" in await jef.taps("Neem pauze")
    before = len(await jef.messages())
    await ask(rosa)
    assert len(await jef.messages()) == before
    assert "Je hebt 1 taak" in await jef.taps("Bekijk mijn taken")
    assert "Je hebt 1 taak" in await jef.writes("/start")
    await jef.writes("/vrijwilliger")
    await jef.taps("Weer meedoen")
    assert "Ik help" in await jef.labels()


async def test_who_taps_i_help_during_a_break_reads_how_to_come_back(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    offer = await jef.last()
    await jef.writes("/vrijwilliger")
    await jef.taps("Neem pauze")
    assert "Je neemt pauze" in await jef.taps("Ik help", offer)
    assert "Weer meedoen" in (await jef.last()).labels + offer.labels


async def test_where_only_who_takes_a_break_was_asked_others_are(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.writes("/vrijwilliger")
    await jef.taps("Neem pauze")
    assert "Voor Rosa is nog niemand gevonden." in await an.last_text()


async def test_who_stops_as_a_volunteer_frees_the_tasks(town: Town) -> None:
    rosa = await town.resident("Rosa")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia")
    await ask(rosa)
    await jef.taps("Ik help")
    await jef.writes("/vrijwilliger")
    assert "Je hebt 1 taak. Daarvoor zoeken we iemand anders." in await jef.taps("Stop met helpen")
    assert "Je bent vrijwilliger." in await jef.taps("Nee, ik doe verder")
    await jef.taps("Stop met helpen")
    assert "Bedankt voor alles" in await jef.taps("Ja, ik stop")
    assert "Dorpsstraat" not in await jef.reads()
    assert "Jef kan toch niet komen." in await rosa.last_text()
    assert "Ik help" in await mia.labels()
    assert "Wie we zijn" in await jef.taps("Ik wil weer helpen")


async def test_a_coordinator_sees_the_tasks_of_a_volunteer_writes_pauses_and_ends(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia")
    code = await ask(rosa)
    await jef.taps("Ik help")
    await an.writes("/vrijwilligers")
    shown = await an.taps("Bekijk Jef")
    assert "1 taak:" in shown
    assert f"{code}: Boodschappen" in shown
    assert "Rosa" not in shown
    await an.taps("Schrijf naar Jef")
    await an.writes("Gaat alles goed?")
    assert "Gaat alles goed?" in await jef.last_text()
    await an.writes("/vrijwilligers")
    await an.taps("Bekijk Jef")
    assert "Jef neemt een pauze." in await an.taps("Geef pauze")
    assert "De coördinator gaf je een pauze" in await jef.last_text()
    assert "1 vrijwilliger neemt pauze." in await an.taps("Vrijwilligers")
    await an.taps("Bekijk Jef")
    assert "Jef is vrijwilliger." in await an.taps("Stop de pauze")
    assert "Je bent nu vrijwilliger." in await jef.last_text()
    asked = await an.taps("Laat stoppen")
    assert "Jef heeft 1 taak. Daarvoor zoeken we iemand anders." in asked
    assert "Schrijf best eerst, er is geen nummer." in asked
    assert "Schrijf naar Jef" in await an.labels()
    await an.taps("Nee, ga terug")
    await an.taps("Laat stoppen")
    assert "Jef is geen vrijwilliger meer." in await an.taps("Ja, Jef stopt")
    assert "Je bent geen vrijwilliger meer." in await jef.last_text()
    assert "Dorpsstraat" not in await jef.reads()
    assert "Jef komt toch niet." in await rosa.last_text()
    assert "Ik help" in await mia.labels()


async def test_when_the_moment_is_over_nobody_is_looked_for(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa)
    await jef.taps("Ik help")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    old = await an.last()
    with town.session() as session:
        helper = town.person(session, jef).id
    await town.jump(days=1, hours=12)
    assert "Zoek verder" not in await an.forges("1:case:1", old)
    assert "Zoek verder" not in await an.labels()
    assert "Dat moment is al voorbij." in await an.forges(f"1:put_back_now:1:{helper}", old)
    await jef.writes("/vrijwilliger")
    await jef.taps("Stop met helpen")
    await jef.taps("Ja, ik stop")
    assert "kan toch niet komen" not in await rosa.reads()


async def test_nor_where_an_older_notice_was_read_in_another_language(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await ask(rosa, "Brood halen, want ik heb suikerziekte")
    await rosa.actor.speaks("fr")
    await jef.taps("Ik help")
    await jef.taps("Stel een uur voor")
    await jef.writes("15")
    older = [each for each in await rosa.messages() if each.labels == ["Français · Deutsch · English"]]
    assert older
    for each in older:
        await rosa.taps("Français · Deutsch · English", on=each)
    assert "suikerziekte" in await rosa.reads()
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Wijzig de tekst")
    await an.writes("Brood halen")
    for who in (rosa, jef):
        assert "suikerziekte" not in await who.reads()
