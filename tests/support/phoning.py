"""How a coordinator asks for somebody without Telegram."""

import re

from tests.support.town import Neighbour


async def asks_for_who_calls(
    an: Neighbour,
    *,
    name: str = "Maria",
    number: str = "0470 12 34 56",
    shared: bool = True,
    know: bool = False,
    day: str = "Morgen",
    part: str | None = "Namiddag 14–18",
) -> str:
    """An asks groceries for somebody who is new here, at their home in Centrum. Returns the code."""
    await an.writes("/namens")
    await an.writes(name)
    await an.writes(number)
    await an.taps(f"Thuis bij {name}")
    await an.taps("Centrum")
    await an.writes("Lindelaan 3")
    await an.writes("Maes")
    await an.taps("Boodschappen 🛒")
    await an.writes("Melk en brood")
    await an.taps(day)
    if part is not None:
        await an.taps(part)
    await an.taps("Ja, geef het door" if shared else "Nee, liever niet")
    await an.taps("Eerst weten wie" if know else "De eerste is goed")
    found = re.search(r"\b([A-Z2-9]{4}): Boodschappen", await an.last_text())
    assert found, await an.last_text()
    return found[1]
