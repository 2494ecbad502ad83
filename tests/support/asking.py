"""How a resident asks, for stories that begin after that."""

import re

from simulator.seen import NotThere
from tests.support.town import Neighbour


async def asks(
    who: Neighbour,
    *,
    text: str = "Melk en brood",
    day: str = "Morgen",
    part: str | None = "Namiddag 14–18",
    know: bool = False,
) -> str:
    """Somebody who came before asks for groceries at home. Returns the code of the request."""
    await who.writes("/vraag")
    await who.taps("Boodschappen 🛒")
    await who.writes(text)
    await who.taps(day)
    if part is not None:
        await who.taps(part)
    await who.taps("Mijn thuis")
    await who.taps("Eerst weten wie" if know else "De eerste is goed")
    return code_in(await who.last_text())


def code_in(text: str) -> str:
    """The code that stands in a card."""
    found = re.search(r"\bVraag ([A-Z2-9]{4})\b", text)
    if found is None:
        raise NotThere(f"no card of a question: {text}")
    return found[1]
