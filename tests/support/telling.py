"""When somebody was told something, and how to arrange a moment by typing it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.support.asking import code_in
from tests.support.town import Neighbour, Town

BRUSSELS = ZoneInfo("Europe/Brussels")


def wall(text: str) -> datetime:
    """`2026-12-24 18:00`, as clocks here show it."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


async def told(who: Neighbour, words: str) -> list[str]:
    """When each message with these words came, as clocks here showed it."""
    came = [message.json["date"] for message in await who.messages() if words in message.text]
    return [f"{datetime.fromtimestamp(date, BRUSSELS):%Y-%m-%d %H:%M}" for date in came]


async def asks_at(who: Neighbour, day: str, hour: str | None = None, *, know: bool = False, what: str = "Brood") -> str:
    """Somebody who came before asks for groceries on a day (`25/12`, or a label) and at an hour or in a part of it."""
    await who.writes("/vraag")
    await who.taps("Boodschappen 🛒")
    await who.writes(what)
    await (who.writes(day) if day[0].isdecimal() else who.taps(day))
    if hour is not None:
        await (who.writes(hour) if hour[0].isdecimal() else who.taps(hour))
    await who.taps("Mijn thuis")
    await who.taps("Eerst weten wie" if know else "De eerste is goed")
    return code_in(await who.last_text())


async def alone(town: Town, who: Neighbour, until: str) -> list[str]:
    """What `who` is told while the clock goes on `until` then; each message as it stands in the end."""
    before = {message.id for message in await who.messages()}
    await town.jump(wall(until))
    return [message.text for message in await who.messages() if message.id not in before]
