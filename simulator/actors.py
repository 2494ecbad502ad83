"""People for tests: they write, tap by label and read, over `/api` of a running simulator.

    async with Phones(sim.url) as phones:
        anna = await phones.person("Anna", language="nl", id=1001, last_name=None, username=None, label="Resident")

        # Acting. Each returns the update_id (None where the bot is not told), so that a test can wait for it.
        update = await anna.start("wijk-oost")          # Start button (no payload) or deep link
        update = await anna.writes("Ik zoek hulp", reply_to=message)
        update = await anna.taps("Ik help")             # newest message with such a button, else the reply keyboard
        update = await anna.taps("Ik help", on=message) # this very message
        update = await anna.taps("Nummer delen", phone_number="+32 470 12 34 56")  # request_contact, request_location
        update = await anna.forges(message_or_id, "any data")                       # a tap with invented data
        await anna.sends_voice(duration=4, caption=None), .sends_photo(caption=None), .sends_document("a.pdf"),
              .sends_location(50.79, 4.9), .sends_contact("+32…", first_name=None, user_id=None), .sends_sticker(),
              .sends_poll("Question?", ["a", "b"]), .sends(kind, **fields)
        await anna.edits(message, "Other words"), .reacts(message, "👍"), .reads_all()
        await anna.blocks(), .unblocks(), .deactivates(), .speaks("fr")

        # Waiting.
        await anna.acknowledged(update)       # until the bot acknowledged it; TimeoutError after `wait` seconds (50)
        message = await anna.sees("al iemand")  # until a message of the bot contains these words; the newest such
        message = await anna.until(lambda chat: …, wait=50)   # until this returns something true for list[Message]

        # Reading.
        chat = await anna.chat()   # [Message], oldest first: .id .text .labels .rows .outgoing .edited .json
        await anna.last()          # the newest message of the bot; .labels include the live reply keyboard
        await anna.reads()         # the text of all messages of the bot, one string, oldest first
        await anna.labels()        # every label that can be tapped now on the newest message and the keyboard
        await anna.answer()        # the toast of the last tap (or of answer(callback_id)): .answered .text .show_alert
        anna.callback_id, anna.opened   # of the last tap: its id; the address if it was a link elsewhere

        await phones.jump(hours=2), .jump(to=datetime), .now()                # the clock
        await phones.fault("timeout_after", method="sendMessage", seconds=5), .no_faults()
        await phones.waits_for(update), .log(since=0), .raw({"message": …}), .group("Title", [anna]), .get(…), .post(…)

A refusal of the simulator is raised as Refusal (with its sentence); a label that is not there as NotThere.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp

from simulator.seen import Json, Message, NotThere, Refusal, Toast, messages_of

__all__ = ["Message", "NotThere", "Person", "Phones", "Refusal", "Toast"]

T = TypeVar("T")
WAIT = 50.0  # seconds: on a busy machine a bot takes many to start


class Phones:
    """A connection to the simulator's `/api`. An async context manager, or `await close()`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90))

    async def close(self) -> None:
        """Let go of the connection."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def ask(self, method: str, path: str, body: Any = None, **query: str | float) -> Any:
        """One call of `/api/<path>`. Raises Refusal."""
        async with self._session.request(method, f"{self.url}/api/{path}", json=body, params=query) as response:
            answer = await response.json()
            if response.status >= 400:
                raise Refusal(response.status, answer["error"])
            return answer

    async def get(self, path: str, **query: str | float) -> Any:
        """GET `/api/<path>`."""
        return await self.ask("GET", path, **query)

    async def post(self, path: str, body: Any = None) -> Any:
        """POST `/api/<path>`."""
        return await self.ask("POST", path, {} if body is None else body)

    async def person(
        self,
        first_name: str,
        *,
        language: str | None = None,
        id: int | None = None,  # noqa: A002  # what Telegram calls it
        last_name: str | None = None,
        username: str | None = None,
        label: str | None = None,
    ) -> "Person":
        """Somebody with a phone; the same id again is the same person."""
        given = {"id": id, "language_code": language, "last_name": last_name, "username": username, "label": label}
        body = {"first_name": first_name} | {name: value for name, value in given.items() if value is not None}
        made = await self.post("phones", body)
        return Person(self, made["id"], made["first_name"])

    async def group(self, title: str, members: "list[Person]", *, bot: bool = True) -> Json:
        """A group with these people in it; `id` is the chat's."""
        made: Json = await self.post("groups", {"title": title, "members": [m.id for m in members], "bot": bot})
        return made

    async def waits_for(self, update_id: int | None, wait: float = WAIT) -> None:
        """Until the bot acknowledged this update. Raises TimeoutError."""
        if update_id is None:
            return
        if not (await self.get("queue", until=update_id, wait=wait))["done"]:
            raise TimeoutError(f"update {update_id} was not acknowledged within {wait} s")

    async def raw(self, update: Json) -> int:
        """Queue an update as it stands."""
        return int((await self.post("updates", update))["update_id"])

    async def now(self) -> datetime:
        """The simulator's time."""
        return datetime.fromisoformat((await self.get("clock"))["now"])

    async def jump(self, *, to: datetime | None = None, **delta: float) -> None:
        """Move the clock forwards: `to` a time, or by `hours=2`, `days=1` …"""
        body = {"to": to.isoformat()} if to else {"seconds": timedelta(**delta).total_seconds()}
        await self.post("clock/jump", body)

    async def fault(self, kind: str, method: str = "*", **more: Any) -> None:
        """Arm a fault."""
        await self.post("faults", {"kind": kind, "method": method, **more})

    async def no_faults(self) -> None:
        """Disarm all."""
        await self.ask("DELETE", "faults")

    async def log(self, since: int = 0) -> list[Json]:
        """The calls the bot made."""
        calls: list[Json] = await self.get("log", since=since)
        return calls


class Person:
    """Somebody with a phone."""

    def __init__(self, phones: Phones, person_id: int, first_name: str) -> None:
        self.phones = phones
        self.id = person_id
        self.first_name = first_name
        self.callback_id: str | None = None
        self.opened: str | None = None

    async def _do(self, what: str, body: Json | None = None) -> Json:
        answer: Json = await self.phones.post(f"phones/{self.id}/{what}", body)
        return answer

    async def _update(self, what: str, body: Json | None = None) -> int | None:
        update: int | None = (await self._do(what, body)).get("update_id")
        return update

    # --- acting -------------------------------------------------------------------------------------------------------

    async def start(self, payload: str | None = None) -> int | None:
        """The Start button, or a deep link."""
        return await self._update("start", {"payload": payload} if payload is not None else {})

    async def writes(self, text: str, *, reply_to: Message | None = None) -> int | None:
        """A text message."""
        return await self._update("send", {"text": text} | ({"reply_to": reply_to.id} if reply_to else {}))

    async def sends(self, kind: str, *, beside: Json | None = None, **fields: Any) -> int | None:
        """Anything else that can be sent; `beside` holds reply_to, forward, media_group_id, file_base64."""
        given = {name: value for name, value in fields.items() if value is not None}
        return await self._update("send", {kind: given} | (beside or {}))

    async def sends_voice(self, duration: int = 4, caption: str | None = None) -> int | None:
        """A voice message."""
        return await self.sends("voice", duration=duration, caption=caption)

    async def sends_photo(self, caption: str | None = None) -> int | None:
        """A photo."""
        return await self.sends("photo", caption=caption)

    async def sends_document(self, file_name: str, mime_type: str | None = None) -> int | None:
        """A file."""
        return await self.sends("document", file_name=file_name, mime_type=mime_type)

    async def sends_location(self, latitude: float, longitude: float, live_period: int | None = None) -> int | None:
        """A place."""
        return await self.sends("location", latitude=latitude, longitude=longitude, live_period=live_period)

    async def sends_contact(
        self, phone_number: str, first_name: str | None = None, user_id: int | None = None
    ) -> int | None:
        """A contact; without a name, one's own."""
        own = first_name is None
        name, user = (self.first_name, self.id) if own else (first_name, user_id)
        return await self.sends("contact", phone_number=phone_number, first_name=name, user_id=user)

    async def sends_sticker(self, emoji: str = "🙂") -> int | None:
        """A sticker."""
        return await self.sends("sticker", emoji=emoji)

    async def sends_poll(self, question: str, options: list[str]) -> int | None:
        """A poll."""
        return await self.sends("poll", question=question, options=options)

    async def edits(self, message: Message, text: str) -> int | None:
        """Change one's own words."""
        return await self._update("edit", {"message_id": message.id, "text": text})

    async def reacts(self, message: Message, emoji: str) -> int | None:
        """An emoji on a message; empty takes it away."""
        return await self._update("react", {"message_id": message.id, "emoji": emoji})

    async def blocks(self) -> int | None:
        """Block the bot."""
        return await self._update("block")

    async def unblocks(self) -> int | None:
        """Unblock the bot."""
        return await self._update("unblock")

    async def deactivates(self) -> None:
        """Delete the account."""
        await self._do("deactivate")

    async def reads_all(self) -> None:
        """Mark everything as read."""
        await self._do("read")

    async def speaks(self, language: str) -> None:
        """Change the language of the app."""
        await self.phones.ask("PATCH", f"phones/{self.id}", {"language_code": language})

    async def taps(
        self,
        label: str,
        *,
        on: Message | None = None,
        phone_number: str = "+32 470 00 00 00",
        place: tuple[float, float] = (50.7995, 4.8897),
    ) -> int | None:
        """Tap what carries this label; a link to the bot itself is followed. Raises NotThere."""
        view = await self.view()
        messages = [Message(json) for json in view["messages"]]
        bearing = [m for m in messages if label in m.labels and (on is None or m.id == on.id)]
        if bearing:
            return await self._tap({"message_id": bearing[-1].id, "label": label})
        rows = (view["reply_keyboard"] or {}).get("keyboard", [])
        button = next((b for row in rows for b in row if b["text"] == label), None)
        if button is None or on is not None:
            there = on.labels if on else await self.labels()
            raise NotThere(f"{self.first_name} sees no button {label!r}, but: {there}")
        if button.get("request_contact"):
            return await self.sends_contact(phone_number)
        if button.get("request_location"):
            return await self.sends_location(*place)
        return await self.writes(label)

    async def forges(self, message: Message | int, data: str) -> int | None:
        """A tap with data of one's own making, on any message."""
        message_id = message if isinstance(message, int) else message.id
        return await self._tap({"message_id": message_id, "data": data, "forged": True})

    async def _tap(self, body: Json) -> int | None:
        answer = await self._do("tap", body)
        self.callback_id, self.opened = answer.get("callback_id"), answer.get("url")
        if self.opened and "?start=" in self.opened and "t.me/" in self.opened:
            return await self.start(self.opened.split("?start=", 1)[1])
        update: int | None = answer.get("update_id")
        return update

    # --- waiting ------------------------------------------------------------------------------------------------------

    async def acknowledged(self, update_id: int | None, wait: float = WAIT) -> None:
        """Until the bot acknowledged this update. Raises TimeoutError."""
        await self.phones.waits_for(update_id, wait)

    async def until(self, look: Callable[[list[Message]], T], wait: float = WAIT) -> T:
        """What `look` says of the chat, as soon as that is true; it looks at every change. Raises TimeoutError."""
        end = datetime.now().astimezone() + timedelta(seconds=wait)
        view = await self.view()
        while not (seen := look(messages_of(view))):
            left = (end - datetime.now().astimezone()).total_seconds()
            if left <= 0:
                texts = [m.text for m in messages_of(view)[-5:]]
                raise TimeoutError(f"{self.first_name} did not see it within {wait} s; the newest messages: {texts}")
            view = await self.view(revision=view["revision"], wait=left)
        return seen

    async def sees(self, words: str, wait: float = WAIT) -> Message:
        """Until a message of the bot contains these words; the newest such. Raises TimeoutError."""

        def newest(chat: list[Message]) -> Message | None:
            return next((m for m in reversed(chat) if not m.outgoing and words in m.text), None)

        try:
            found = await self.until(newest, wait)
        except TimeoutError as error:
            raise TimeoutError(f"{words!r}: {error}") from None
        return found or await self.last()

    # --- reading ------------------------------------------------------------------------------------------------------

    async def view(self, **query: float) -> Json:
        """The whole chat as `GET …/chat` gives it."""
        view: Json = await self.phones.get(f"phones/{self.id}/chat", **query)
        return view

    async def chat(self) -> list[Message]:
        """All messages, oldest first."""
        return messages_of(await self.view())

    async def last(self) -> Message:
        """The newest message of the bot. Raises NotThere."""
        received = [message for message in await self.chat() if not message.outgoing]
        if not received:
            raise NotThere(f"{self.first_name} got no message yet")
        return received[-1]

    async def reads(self) -> str:
        """The text of all messages of the bot."""
        return "\n".join(message.text for message in await self.chat() if not message.outgoing)

    async def labels(self) -> list[str]:
        """What can be tapped on the newest message of the bot and on the keyboard."""
        received = [message for message in await self.chat() if not message.outgoing]
        return received[-1].labels if received else []

    async def answer(self, callback_id: str | None = None, wait: float = WAIT) -> Toast:
        """What the bot answered to this tap, or the last one; waits for it."""
        wanted = callback_id or self.callback_id
        if wanted is None:
            raise NotThere(f"{self.first_name} tapped nothing")
        given = await self.phones.get(f"callbacks/{wanted}", wait=wait)
        return Toast(given["answered"], given["text"], given["show_alert"])
