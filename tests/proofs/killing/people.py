"""What people do while the bot is killed: they wait for what they should read. Whatever is lost stops them."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import Area, AreaKind, Category, Event, EventKind, Person, Volunteer, VolunteerState
from simulator.actors import Message, Phones
from simulator.actors import Person as Actor
from tests.support.town import ALL_TIMES

PATIENCE = 180.0  # seconds in which something must be read, though the bot is killed again and again


@dataclass
class Human:
    """Somebody with a telephone."""

    actor: Actor

    async def sees(self, words: str) -> Message:
        return await self.actor.sees(words, PATIENCE)

    async def taps(self, label: str) -> None:
        """Tap the newest button with this label, as soon as it is there."""
        await self.actor.until(lambda chat: any(label in m.labels for m in chat if not m.outgoing), PATIENCE)
        await self.actor.taps(label)

    async def forges(self, data: str) -> None:
        await self.actor.forges(await self.actor.last(), data)

    async def writes(self, text: str) -> None:
        await self.actor.writes(text)


@dataclass
class Pair:
    """Somebody who asks and two who may help, in a neighbourhood of their own."""

    rng: Random
    token: str
    asks: Human
    helps: Human
    spare: Human
    needs: Human
    told: int = 0  # tokens that were passed on
    needed: int = 0  # words of need
    poisons: int = 0
    everybody: list[Human] = field(init=False)

    def __post_init__(self) -> None:
        self.everybody = [self.asks, self.helps, self.spare, self.needs]

    async def agree(self, phones: Phones) -> None:
        """From the question to an appointment, tomorrow at three."""
        know = self.rng.random() < 0.5
        await self._ask(know=know)
        await self._disturb(phones)
        await self.helps.sees("Iemand in de buurt vraagt hulp")
        await self.helps.taps("Ik help")
        if know:
            await self._say_good()
        await self.helps.sees("Codewoord")
        await self.spare.taps("Zet mij op de reservelijst")
        await self.spare.sees("Je staat op de reservelijst")
        if self.rng.random() < 0.5:
            await self._hand_back(know=know)
        await self.helps.taps("Stel een uur voor")
        await self.helps.taps("15 uur")
        await self.asks.sees("om 15 uur. Past dat voor jou?")
        await self.asks.taps("Dat past")
        await self.helps.sees("Dat uur past voor")
        for _ in range(self.rng.randint(1, 3)):
            await self._write_each_other()

    async def _ask(self, *, know: bool) -> None:
        await self.asks.writes("/vraag")
        await self.asks.sees("Waarvoor zoek je hulp?")
        await self.asks.taps("Boodschappen 🛒")
        await self.asks.sees("Wat heb je precies nodig?")
        await self.asks.writes(f"Brood {self.token}")
        for label in ("Morgen", "Namiddag 14–18", "Mijn thuis", "Eerst weten wie" if know else "De eerste is goed"):
            await self.asks.taps(label)
        await self.asks.sees("je vraag is verstuurd")

    async def _hand_back(self, *, know: bool) -> None:
        """The helper cannot come: who waits on the reserve list is asked, and does it."""
        await self.helps.taps("Ik kan niet meer")
        await self.helps.taps("Ja, geef terug")
        self.helps, self.spare = self.spare, self.helps
        await self.helps.sees("weer vrij, en jij staat op de reservelijst")  # not an earlier card that came twice
        await self.helps.taps("Ik help")
        if know:
            await self._say_good()
        await self.helps.sees("Codewoord")

    async def _say_good(self) -> None:
        """To who offered now: of an earlier card that came twice at a kill, one keeps its button."""
        await self.asks.sees(f"{self.helps.actor.first_name} wil je graag helpen")
        await self.asks.taps("Goed")

    async def _write_each_other(self) -> None:
        for writer, reader, label in (
            (self.helps, self.asks, "Stuur een bericht"),
            (self.asks, self.helps, "Antwoord"),
        ):
            self.told += 1
            words = f"{self.token} nummer {self.told}."
            await writer.taps(label)
            await writer.sees("Wat wil je aan")
            await writer.writes(words)
            await reader.sees(words)

    async def _disturb(self, phones: Phones) -> None:
        """A forged tap, something that is no update, and somebody in need."""
        await self.asks.forges("1:task:999999")
        chat = {"id": self.needs.actor.id, "type": "private", "first_name": "Nel"}
        sender = {"id": chat["id"], "is_bot": False, "first_name": "Nel", "language_code": "nl"}
        await phones.raw({"message": {"message_id": 9, "date": "?", "chat": chat, "from": sender}})
        self.poisons += 1
        await self.needs.sees("mis")
        await self.needs.writes(f"Help, ik kan niet ademen {self.token}")
        self.needed += 1
        await self.needs.sees("1733")

    async def is_reminded(self, words: str) -> None:
        """Both are reminded."""
        await self.asks.sees(f"komt {words} om 15 uur")
        await self.helps.sees(f" {words} om 15 uur")

    async def say_how_it_went(self) -> None:
        """Well, say both."""
        for who in (self.asks, self.helps):
            await who.sees("Is het gelukt met")
            await who.taps("Ja, gelukt")
        await self.helps.sees("Dank je wel voor je hulp!")
        await self.asks.sees("Het is gelukt. Fijn!")

    @classmethod
    async def arrive(cls, phones: Phones, engine: Engine, rng: Random, number: int, now: datetime) -> Self:
        """Four people who came before, in a new neighbourhood."""
        first = 10_000 + 10 * number
        names = (f"Rosa{number}", f"Jef{number}", f"Mieke{number}", f"Nel{number}")
        people = [Human(await phones.person(name, language="nl", id=first + n)) for n, name in enumerate(names)]
        with Session(engine) as session, session.begin():
            town = session.get_one(Area, 1)
            area = Area(kind=AreaKind.NEIGHBOURHOOD, name=f"Wijk {number}", slug=f"wijk-{number}", parent=town)
            session.add(area)
            for n, (human, name) in enumerate(zip(people, names, strict=True)):
                person = Person(first_name=name, since=now, seen_at=now, area=area)
                person.use_telegram_id(human.actor.id)
                session.add(person)
                session.add(Event(kind=EventKind.JOINED, by=person, person=person, at=now))
                if n == 0:
                    person.street, person.bell = f"Dorpsstraat {number}", name
                elif n < 3:
                    session.add(_volunteer(person, area, now))
        for human in people:
            await human.actor.start()
        return cls(rng, f"z{number:05d}z", people[0], people[1], people[2], people[3])


def _volunteer(person: Person, area: Area, now: datetime) -> Volunteer:
    return Volunteer(
        person=person,
        state=VolunteerState.APPROVED,
        categories=[str(category) for category in Category],
        times=list(ALL_TIMES),
        areas=[area],
        note_version="test",
        note_read_at=now,
        applied_at=now,
    )
