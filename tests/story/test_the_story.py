"""The whole story: the demo as somebody plays it at home, by clicking labels, typing and reading alone."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.story.demo import Demo
from tests.story.people import Clock, Person

pytestmark = [pytest.mark.browser, pytest.mark.long]

HOME = "Dorpsstraat 12"
WISH = "Brood en melk van de bakker"


@dataclass
class Town:
    """The demo in the browser, and everybody in it."""

    demo: Demo
    page: Page
    pictures: Path
    anna: Person = field(init=False)
    rosa: Person = field(init=False)
    jef: Person = field(init=False)
    mieke: Person = field(init=False)
    an: Person = field(init=False)
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.anna = Person(self.page, "Anna (Bewoner, nieuw)")
        self.rosa = Person(self.page, "Rosa (Bewoner)")
        self.jef = Person(self.page, "Jef (Vrijwilliger)")
        self.mieke = Person(self.page, "Mieke (Vrijwilliger)")
        self.an = Person(self.page, "An (Coördinator)")
        self.clock = Clock(self.page)

    async def chats(self) -> dict[str, list[str]]:
        """What stands on every telephone, by its owner."""
        return {each.owner: await each.chat() for each in (self.anna, self.rosa, self.jef, self.mieke, self.an)}

    async def said_nothing_twice(self, before: dict[str, list[str]], but: Person) -> None:
        """Every chat is as it was `before` a kill -9; where `but` tapped, one screen gave way to the next."""
        now = await self.chats()
        assert len(now[but.owner]) == len(before[but.owner])
        assert now[but.owner][-1] != before[but.owner][-1]
        for owner, messages in before.items():
            assert now[owner][:-1] == messages[:-1]
            assert owner == but.owner or now[owner][-1] == messages[-1]

    async def starts_again(self) -> None:
        """After its end, the demo is started again, and the page in the browser goes on by itself."""
        lost = self.page.get_by_text("De verbinding met de simulator is weg")
        await expect(lost).to_be_visible()
        await self.demo.start()
        await expect(lost).to_be_hidden()

    async def picture(self, person: Person, name: str) -> None:
        """Keep how one telephone looks now."""
        await person.looks()
        await person.phone.screenshot(path=self.pictures / f"{name}.png")


async def test_the_story_is_played_in_the_browser(demo: Demo, page: Page, screenshots: Path) -> None:
    town = Town(demo, page, screenshots)
    await arriving(town)
    await volunteering(town)
    await asking(town)
    await helping(town)
    await giving_back(town)
    await reminding(town)
    await asking_by_writing(town)
    await anything_else(town)
    await coordinating(town)
    assert "ERROR" not in demo.log(), demo.log()


async def arriving(town: Town) -> None:
    anna = town.anna
    await anna.starts()
    await anna.reads("Welkom bij Buren voor mekaar", "is geen noodlijn", "Wat wil je doen?")
    await anna.may_tap("Ik zoek hulp", "Ik wil helpen")
    await anna.taps("/privacy")
    await anna.reads("Wie leest mee?", "Telegram kan technisch ook meelezen")
    await anna.writes("/start")
    await anna.reads("Dag Anna", "Wat wil je doen?")


async def volunteering(town: Town) -> None:
    """Rosa asks for help now and then; today she comes forward herself."""
    rosa, an = town.rosa, town.an
    await rosa.taps("Ik wil helpen")
    for page in range(1, 6):
        await rosa.reads(f"({page} van 6)")
        await rosa.taps("Lees verder")
    await rosa.reads("Je moet minstens 16 jaar zijn")
    await rosa.taps("Ik heb het gelezen")
    await rosa.reads("Wat doe je graag?")
    await rosa.taps("Tuin")
    await rosa.reads("Gekozen: Tuin.")
    await rosa.taps("Klaar")
    await rosa.reads("In welke wijken wil je helpen?")
    await rosa.taps("Kies alles")
    await rosa.reads("Gekozen: Centrum, Kerkhoek, Molenveld.")
    await rosa.taps("Klaar")
    await rosa.reads("Wanneer ben je meestal vrij?")
    await rosa.taps("Kies alles")
    await rosa.reads("Gekozen: Ma-vr voormiddag")
    await rosa.taps("Klaar")
    await rosa.reads("Op welk nummer kan de coördinator je bellen?")
    await rosa.taps("Liever niet")
    await rosa.reads("Klopt dit?", "Wat: Tuin")
    await rosa.taps("Stuur door")
    await rosa.reads("Dank je, Rosa! Een coördinator bekijkt het.")
    await an.reads("Rosa wil vrijwilliger worden.", "Wat: Tuin", "Uitleg gelezen op")
    await an.taps("Goedkeuren")
    await an.reads("Rosa is vrijwilliger.")
    await rosa.reads("Welkom!", "Je bent nu vrijwilliger.")


async def asking(town: Town) -> None:
    """Anna asks for the first time; in the middle of it the bot is killed with -9."""
    anna = town.anna
    await anna.taps("Ik zoek hulp")
    await anna.reads("Waarvoor zoek je hulp?")
    await anna.taps("Apotheek 💊")
    await anna.reads("Wat heb je precies nodig?")
    await anna.taps("Terug")
    await anna.reads("Waarvoor zoek je hulp?")
    await anna.taps("Boodschappen 🛒")
    await anna.reads("Wat heb je precies nodig?")
    await anna.writes("Brood van de bakker")
    await anna.reads("Op welke dag wil je hulp?")
    before = await town.chats()
    await anna.taps_and_is_heard("Morgen")
    assert "The bot stopped." in await town.demo.kill_bot()
    await town.starts_again()
    await anna.reads("Welk moment past jou morgen?")
    await town.said_nothing_twice(before, but=anna)
    await anna.taps("Namiddag 14–18")
    await anna.reads("Waar heb je hulp nodig?")
    await anna.taps("Mijn thuis")
    await anna.reads("In welke wijk woon je?")
    await anna.taps("Centrum")
    await anna.reads("Wat is je straat en huisnummer?")
    await anna.writes(HOME)
    await anna.reads("Welke naam staat op je deurbel?")
    await anna.writes("Claes")
    await anna.reads("Mag ik je adres bewaren voor de volgende keer?")
    await anna.taps("Ja, bewaar het")
    await anna.reads("Dit is jouw vraag", "Wat: Brood van de bakker", HOME, "Naam op de bel: Claes")
    await anna.taps("Iets veranderen")
    await anna.reads("Wat wil je veranderen?")
    await anna.taps("Wat precies")
    await anna.reads("Wat heb je precies nodig?")
    await anna.writes(WISH)
    await anna.reads("Dit is jouw vraag", f"Wat: {WISH}", "namiddag", HOME)
    await anna.taps("De eerste is goed")
    await anna.reads("je vraag is verstuurd", WISH, "Ik vraag het nu aan vrijwilligers")


async def helping(town: Town) -> None:
    anna, jef, mieke = town.anna, town.jef, town.mieke
    for volunteer in (jef, mieke):
        await volunteer.reads("Soort hulp: Boodschappen", "namiddag", "Wijk: Centrum", "Je krijgt deze vraag omdat")
        await volunteer.may_tap("Ik help", "Deze keer niet")
        await volunteer.sees_nowhere("Anna", HOME, WISH)
    await town.rosa.sees_nowhere("Soort hulp: Boodschappen")
    await jef.taps("Ik help")
    card = await jef.reads("Voor: Anna", WISH, HOME, "Naam op de bel: Claes", "Codewoord: ")
    word = (await card.inner_text()).partition("Codewoord: ")[2].split()[0]
    await anna.reads("Jef komt je helpen", word, "Jef stelt je nog een uur voor")
    await mieke.reads("Er is al iemand gevonden")
    await mieke.may_tap("Zet mij op de reservelijst")
    await mieke.taps("Zet mij op de reservelijst")
    await mieke.reads("Je staat op de reservelijst")
    await mieke.sees_nowhere("Anna", HOME, WISH)
    await jef.taps("Stel een uur voor")
    await jef.reads("Hoe laat kan je er zijn")
    await jef.taps("14 uur")
    await jef.reads("Je stelde voor: ", "Anna moet nog ja zeggen")
    await anna.reads("Jef kan komen op ", "14 uur", "Past dat voor jou?")
    await anna.taps("Ander uur")
    await anna.reads("Ik vraag een ander uur")
    await jef.taps("Stel een uur voor")
    await jef.reads("Hoe laat kan je er zijn")
    await jef.taps("15 uur")
    await anna.reads("Jef kan komen op ", "15 uur")
    await anna.taps("Dat past")
    await anna.reads("om 15 uur", "Jef komt je helpen", word)
    await jef.reads(f"om 15 uur Waar: {HOME}", word)
    await town.picture(jef, "volunteer")
    await jef.taps("Stuur een bericht")
    await jef.reads("Wat wil je aan Anna schrijven?")
    await jef.writes("Wit of bruin brood?")
    await jef.reads("Je bericht is verstuurd")
    await anna.reads("Jef schrijft:", "Wit of bruin brood?")
    await anna.taps("Antwoord")
    await anna.reads("Wat wil je aan Jef schrijven?")
    await anna.writes("Bruin, en gesneden")
    await jef.reads("Anna schrijft:", "Bruin, en gesneden")
    await anna.reads("Je bericht is verstuurd")


async def giving_back(town: Town) -> None:
    """Jef cannot come: Mieke was on the reserve list. While she hesitates, everything is killed with -9."""
    anna, jef, mieke = town.anna, town.jef, town.mieke
    await jef.taps("Naar de taak")
    await jef.sees_nowhere("Je bericht is verstuurd")
    await jef.may_tap_once("Ik kan niet meer")
    await jef.taps("Ik kan niet meer")
    await jef.reads("Kan je zeker niet komen?", on="Kan je zeker niet komen?")
    await jef.taps("Ja, geef terug")
    await jef.reads("Goed dat je het laat weten", on="Je hebt deze taak niet meer")
    await jef.sees_nowhere(HOME, WISH, "Voor: Anna")
    await mieke.reads("Deze taak is weer vrij, en jij staat op de reservelijst")
    await anna.reads("Jef kan toch niet komen.", "Ik vraag het nu aan vrijwilligers")
    await mieke.taps("Ik help")
    await mieke.reads("Voor: Anna", WISH, HOME)
    await anna.reads("Mieke komt je helpen", "om 15 uur")
    before = await town.chats()
    await mieke.taps_and_is_heard("Ik kan niet meer")
    await town.demo.kill()
    await town.starts_again()
    await mieke.reads("Kan je zeker niet komen?")
    await town.said_nothing_twice(before, but=mieke)
    await mieke.taps("Nee, ik kom wel")
    await mieke.reads("Voor: Anna", WISH, HOME)
    await town.picture(anna, "resident")


async def reminding(town: Town) -> None:
    anna, mieke, clock = town.anna, town.mieke, town.clock
    await clock.jumps("Vanavond")
    await anna.reads("Herinnering: Boodschappen", "Mieke komt morgen om 15 uur", "zegt Mieke het codewoord")
    await mieke.reads(
        "Herinnering: Boodschappen", "Je helpt Anna morgen om 15 uur", HOME, "Zeg aan de deur het codewoord"
    )
    await clock.jumps("Morgen")
    for _ in range(5):
        await clock.jumps("+1 uur")
    await anna.reads("Mieke komt vandaag om 15 uur")
    await mieke.reads("Je helpt Anna vandaag om 15 uur", HOME)
    for _ in range(3):
        await clock.jumps("+1 uur")
    for _ in range(2):
        await clock.jumps("+15 min")
    await anna.reads("Is het gelukt met Mieke?")
    await mieke.reads("Is het gelukt met Anna?")
    await anna.may_tap("Ja, gelukt", "Een deel is gelukt", "Niemand kwam", "Niet meer nodig")
    await anna.taps("Ja, gelukt")
    await anna.reads("Je zei dat het gelukt is")
    await mieke.taps("Ja, gelukt")
    await mieke.reads("Dank je wel voor je hulp!")
    await mieke.sees_nowhere(HOME, WISH)
    await anna.reads("Het is gelukt. Fijn!")


async def asking_by_writing(town: Town) -> None:
    """Rosa came before: one sentence and four taps. She first wants to know who comes."""
    rosa, jef = town.rosa, town.jef
    await rosa.writes("De lamp in mijn keuken is stuk")
    await rosa.reads("Ik begrijp: Klusje in huis.", "Op welke dag wil je hulp?")
    await rosa.taps("Morgen")
    await rosa.reads("Welk moment past jou morgen?")
    await rosa.taps("Namiddag 14–18")
    await rosa.reads("Jouw thuis is: Kapelstraat 7", "Waar heb je hulp nodig?")
    await rosa.taps("Mijn thuis")
    await rosa.reads("Dit is jouw vraag", "Wat: De lamp in mijn keuken is stuk", "Kapelstraat 7 (Kerkhoek)")
    await rosa.taps("Eerst weten wie")
    await rosa.reads("je vraag is verstuurd")
    await jef.reads("Soort hulp: Klusje in huis", "Wijk: Kerkhoek")
    await jef.sees_nowhere("Rosa", "lamp", "Kapelstraat")
    await town.mieke.sees_nowhere("Klusje in huis")


async def anything_else(town: Town) -> None:
    """What the bot cannot use gets a gentle answer, and the half-written question stays."""
    anna = town.anna
    await anna.sends_sticker()
    await anna.reads("ik begrijp alleen woorden")
    await anna.taps("Ik zoek hulp")
    await anna.reads("Waarvoor zoek je hulp?")
    await anna.taps("Gezelschap 🚶")
    await anna.reads("Wat heb je precies nodig?")
    await anna.sends_sticker()
    await anna.reads("Daar kan ik hier niets mee doen.", "Wat heb je precies nodig?")
    await anna.writes("/bestaatniet")
    await anna.reads("Die opdracht ken ik niet", "Wat heb je precies nodig?")
    await anna.writes("Ik krijg geen lucht")
    await anna.reads("Is er gevaar? Bel nu 112.", on="Bel nu 112")
    await anna.reads("Is er geen gevaar? Tik dan op de knop")
    await anna.taps("Stoppen")
    await anna.reads("Bel 112 als je hulp nodig hebt.", on="Bel 112 als je hulp nodig hebt.")
    await anna.reads("112 – ziekenwagen en brandweer", on="Bel nu 112")


async def coordinating(town: Town) -> None:
    """Nobody but Jef could mend Rosa's lamp, and he says no. An is told, looks, and calls him: he can after all."""
    an, rosa, jef = town.an, town.rosa, town.jef
    await an.writes("/open")
    listed = await an.reads("1 vraag staat open", "Klusje in huis, Kerkhoek")
    code = (await listed.get_by_role("button", name="Bekijk").inner_text()).removeprefix("Bekijk ")
    await jef.taps("Deze keer niet")
    await jef.reads("Goed, deze keer niet")
    await an.reads("Voor Rosa is nog niemand gevonden")
    await an.taps("Bekijk de vraag")
    await an.reads("Kapelstraat 7", "1 zei nee", "Rosa stelde deze vraag", "Jef: deze keer niet")
    await town.picture(an, "coordinator")
    await an.taps("Kies iemand")
    await an.reads("Bel eerst: tik op een naam")
    await an.taps("Jef (zei neen)")
    await an.reads("Zei Jef ja tegen jou?")
    await an.taps("Ja, kies Jef")
    await an.reads("Rosa moet nog goed zeggen", "An koos Jef")
    await rosa.reads("Jef wil je graag helpen. Is dat goed?")
    await rosa.taps("Goed")
    await rosa.reads("Jef komt je helpen")
    await jef.reads("Voor: Rosa", "Kapelstraat 7")
    await an.writes("/open")
    await an.reads("1 vraag staat open", "Jef helpt")
    await an.taps(f"Bekijk {code}")
    await an.reads("Jef helpt", "Jef: deze keer niet", "An koos Jef", "Rosa vindt Jef goed")
    await an.taps("Sluit af")
    await an.reads("Hoe liep het af?")
    await an.taps("Andere hulp gevonden")
    await an.reads("Afgesloten: Andere hulp gevonden")
    await rosa.reads("De coördinator vond andere hulp voor jou")
    await jef.reads("Iemand anders zorgt er nu voor")
    await jef.sees_nowhere("Kapelstraat 7")
    await an.writes("/vrijwilligers")
    await an.reads("3 vrijwilligers zijn goedgekeurd")
