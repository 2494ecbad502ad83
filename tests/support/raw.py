"""Updates as another client than the simulator's phone may send them."""

from typing import Any

from tests.support.town import Neighbour, Town


def sender(who: Neighbour, **given: Any) -> dict[str, Any]:
    """Telegram's User."""
    return {"id": who.id, "is_bot": False, "first_name": who.name, "language_code": "nl"} | {
        name: value for name, value in given.items() if value is not None
    }


def message(town: Town, who: Neighbour, content: dict[str, Any], **given: Any) -> dict[str, Any]:
    """Telegram's Message, in the private chat."""
    user = sender(who, **given)
    chat = {"id": who.id, "type": "private", "first_name": user["first_name"]}
    at = int(town.clock.now().timestamp())
    return {"message_id": 900_000, "date": at, "chat": chat, "from": user, **content}


async def raw_message(town: Town, who: Neighbour, content: dict[str, Any], kind: str = "message", **given: Any) -> str:
    """Queue it, and wait for the answer; `given` is what differs in the sender."""
    await town.settled(await town.phones.raw({kind: message(town, who, content, **given)}))
    return await who.last_text()
