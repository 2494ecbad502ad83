"""One story for the proofs that play it again and again while something goes wrong."""

import re
from datetime import datetime

from sqlalchemy import select

from handlers.words import WRITTEN
from models import DeadUpdate, Letter, LetterState
from models.code_words import CODE_WORDS
from tests.support.asking import asks
from tests.support.telling import wall
from tests.support.town import Neighbour, Town

NO_ROOM = "Ik kan nu niets opschrijven."  # said once while the disk is full, and true
GONE = "Dit bericht "  # what stands in place of one that Telegram would not delete
_WORDS = re.compile(rf"\b({'|'.join([*CODE_WORDS, *WRITTEN['nl'].values()])})\b")

Chats = dict[str, list[str]]


class Story:
    """Asked, taken, agreed, written, given back, taken by the next one, reminded, done, and seen by a coordinator."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.people: list[Neighbour] = []

    async def arrive(self) -> None:
        """Who lives here."""
        town = self.town
        here = [await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")]
        self.people = [self.of(who) for who in (*here, await town.coordinator("An"))]

    def of(self, who: Neighbour) -> Neighbour:
        """Somebody as they act in this story."""
        return who

    async def play(self) -> None:
        """To its end, whatever goes wrong."""
        rosa, jef, mia, an = self.people
        await asks(rosa, know=True)
        await jef.taps("Ik help")
        await rosa.taps("Goed")
        await jef.taps("Stel een uur voor")
        await jef.taps("15 uur")
        await rosa.taps("Dat past")
        await rosa.taps("Schrijf naar Jef")
        await rosa.writes("Bruin brood, graag")
        await jef.taps("Antwoord")
        await jef.writes("Dat doe ik")
        await jef.taps("Naar de taak")
        await jef.taps("Ik kan niet meer")
        await jef.taps("Ja, geef terug")
        await mia.taps("Ik help")
        await rosa.taps("Goed")
        await self.until("2026-11-24 17:30")
        await rosa.taps("Ja, gelukt")
        await mia.taps("Ja, gelukt")
        await an.writes("/vrijwilligers")

    async def until(self, moment: str) -> None:
        """Visit every due time; what went wrong there is struck by the tick that follows."""
        town, target = self.town, wall(moment)
        while (due := await self.town.app.sweeper.next_due()) is not None and due < target:
            await self.arrive_at(max(due, town.clock.now()))
            await self.settled()
        await self.arrive_at(target)

    async def arrive_at(self, moment: datetime) -> None:
        """It is `moment` now, and somebody polls."""
        await self.town.clock.set(moment)
        await self.town.app.sweeper.arrive()
        await self.settled()

    async def settled(self) -> None:
        """All that is due was struck and sent."""
        await self.town.app.settled()

    async def told(self) -> Chats:
        """What everybody can read, by name; the words that are drawn by lot look alike."""
        found = {}
        for who in self.people:
            said = [" | ".join([message.text, *message.labels]) for message in await who.messages()]
            found[who.name] = [masked(each) for each in said if not each.startswith((NO_ROOM, GONE))]
        return found


def masked(text: str) -> str:
    """What is drawn by lot looks alike."""
    return re.sub(r"\b[A-Z2-9]{4}\b", "CODE", _WORDS.sub("woord", text))


def left_over(town: Town) -> list[str]:
    """What was not done in the end: updates that were given up, letters that were not sent."""
    undone = (LetterState.QUEUED, LetterState.SENDING, LetterState.UNKNOWN, LetterState.DEAD)
    with town.session() as session:
        letters = session.scalars(select(Letter).where(Letter.state.in_(undone))).all()
        return [
            *(f"letter {each.id} is {each.state}: {each.error}" for each in letters),
            *(f"update {each.update_id}: {each.error}" for each in session.scalars(select(DeadUpdate)).all()),
        ]
