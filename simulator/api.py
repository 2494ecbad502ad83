"""`/api/…`: the calls of phones, tests and whoever moves the clock. See docs/simulator.md."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from simulator import groups, people
from simulator.botapi import BotApi
from simulator.chats import Json
from simulator.errors import PeopleError
from simulator.events import Log
from simulator.faults import OF_UPDATES, Faults
from simulator.limits import Limits
from simulator.methods.profile import menu_button
from simulator.store import dumps
from simulator.world import World

LONGEST_WAIT = 50.0


async def read_json(request: web.Request) -> Json:
    """The body, an object. Raises PeopleError."""
    raw = await request.read()
    try:
        body = json.loads(raw) if raw.strip() else {}
        dumps(body).encode()
    except (ValueError, RecursionError):
        raise PeopleError(400, "This is not JSON.") from None
    if not isinstance(body, dict):
        raise PeopleError(400, "This is not a JSON object.")
    return body


def number(request: web.Request, name: str, default: float | None = None) -> float:
    """A number from the query. Raises PeopleError."""
    raw = request.query.get(name, default)
    try:
        return float(raw)  # type: ignore[arg-type]  # None raises TypeError, which is what is meant
    except (TypeError, ValueError):
        raise PeopleError(400, f"{name} is a number.") from None


def waiting(request: web.Request) -> float:
    """How many seconds the caller wants to wait."""
    return min(max(number(request, "wait", 0), 0), LONGEST_WAIT)


def moment(body: Json, name: str) -> datetime:
    """An aware time from the body. Raises PeopleError."""
    try:
        at = datetime.fromisoformat(body[name])
    except (KeyError, TypeError, ValueError):
        raise PeopleError(400, f"{name} is a time like 2026-11-22T08:00:00+00:00.") from None
    if at.tzinfo is None:
        raise PeopleError(400, f"{name} needs an offset from UTC.")
    return at.astimezone(UTC)


def said(body: Any, status: int = 200) -> web.Response:
    """An answer."""
    return web.Response(text=dumps(body), status=status, content_type="application/json")


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns PeopleError into `{"error": sentence}`, also for addresses that are none."""
    try:
        return await handler(request)
    except PeopleError as error:
        return said({"error": error.sentence}, error.status)
    except web.HTTPException as error:
        if request.path.startswith("/api/"):
            return said({"error": error.reason}, error.status)
        raise


class Api:
    """The handlers."""

    def __init__(self, world: World, bot_api: BotApi, faults: Faults, limits: Limits, log: Log) -> None:
        self._world = world
        self._bot_api = bot_api
        self._faults = faults
        self._limits = limits
        self._log = log

    def routes(self) -> list[web.RouteDef]:
        """Every address."""
        do = {
            "send": people.send,
            "edit": people.edit,
            "tap": people.tap,
            "react": people.react,
            "start": lambda world, person, body: people.start(world, person, body.get("payload")),
            "block": lambda world, person, _: people.set_blocked(world, person, blocked=True),
            "unblock": lambda world, person, _: people.set_blocked(world, person, blocked=False),
            "deactivate": lambda world, person, _: people.deactivate(world, person),
            "read": lambda world, person, _: people.read(world, person),
        }
        phone = "/api/phones/{id:-?\\d+}"
        group = "/api/groups/{id:-?\\d+}"
        return [
            web.get("/api/bots", self.bots),
            web.get("/api/phones", self.phones),
            web.post("/api/phones", self.make_phone),
            web.patch(phone, self.change_phone),
            web.get(f"{phone}/chat", self.chat),
            *[web.post(f"{phone}/{name}", self.acting(act)) for name, act in do.items()],
            web.get("/api/callbacks/{id:\\d+}", self.callback),
            web.get("/api/files/{file_id}", self.file),
            web.get("/api/groups", self.groups),
            web.post("/api/groups", self.make_group),
            web.get(f"{group}/chat", self.group_chat),
            web.post(f"{group}/send", self.group_send),
            web.post(f"{group}/members", self.group_members),
            web.post(f"{group}/migrate", self.group_migrate),
            web.post("/api/updates", self.raw_update),
            web.get("/api/queue", self.queue),
            web.get("/api/events", self.events),
            web.get("/api/log", self.log),
            web.get("/api/clock", self.clock),
            web.post("/api/clock/jump", self.jump),
            web.post("/api/clock/step", self.step),
            web.get("/api/faults", self.list_faults),
            web.post("/api/faults", self.arm),
            web.delete("/api/faults", self.disarm),
            web.get("/api/limits", self.show_limits),
            web.post("/api/limits", self.switch_limits),
        ]

    # --- phones -------------------------------------------------------------------------------------------------------

    async def bots(self, _: web.Request) -> web.Response:
        bot = self._world.bot
        return said(
            [
                {
                    "id": bot.id,
                    "username": bot.username,
                    "first_name": bot.names[""],
                    "short_description": bot.short_descriptions.get("", ""),
                    "description": bot.descriptions.get("", ""),
                    "menu_button": menu_button(bot.menu_buttons, ""),
                    "names": bot.names,
                    "descriptions": bot.descriptions,
                    "short_descriptions": bot.short_descriptions,
                }
            ]
        )

    async def phones(self, _: web.Request) -> web.Response:
        return said([people.describe(self._world, person) for person in self._world.persons.values()])

    async def make_phone(self, request: web.Request) -> web.Response:
        person = people.save_phone(self._world, await read_json(request))
        self._world.commit()
        return said(people.describe(self._world, person))

    async def change_phone(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        person = people.save_phone(self._world, body, self._person(request))
        self._world.commit()
        return said(people.describe(self._world, person))

    async def chat(self, request: web.Request) -> web.Response:
        last, person = int(number(request, "last", 0)) or None, self._person(request)
        known, events = number(request, "revision", 0), self._world.events
        if known:
            await events.changed.until(
                lambda: events.revision(person.id) != known or self._bot_api.closing.is_set(), waiting(request)
            )
        return said(people.chat_view(self._world, person, last))

    def acting(self, act: Callable[[World, Any, Json], Json]) -> Handler:
        """A handler for something a person does."""

        async def handle(request: web.Request) -> web.StreamResponse:
            body = await read_json(request)
            result = act(self._world, self._person(request), body)
            self._world.commit()
            return said(result)

        return handle

    def _person(self, request: web.Request) -> Any:
        return self._world.person(int(request.match_info["id"]))

    async def callback(self, request: web.Request) -> web.Response:
        callback = self._world.callbacks.get(int(request.match_info["id"]))
        if callback is None:
            raise PeopleError(404, "There is no such tap.")
        await self._world.answered.until(lambda: callback.answered or self._bot_api.closing.is_set(), waiting(request))
        answer = {"answered": callback.answered, "text": callback.text, "show_alert": callback.show_alert}
        return said(answer | {"url": callback.url})

    async def file(self, request: web.Request) -> web.Response:
        file = self._world.files.get(request.match_info["file_id"])
        content = self._world.store.content(file.file_id) if file else None
        if file is None or content is None:
            raise PeopleError(404, "There is no such file.")
        kind = file.details.get("mime_type") or {"photo": "image/png"}.get(file.kind, "application/octet-stream")
        return web.Response(body=content, content_type=kind)

    # --- groups -------------------------------------------------------------------------------------------------------

    async def groups(self, _: web.Request) -> web.Response:
        return said([group.record() for group in self._world.groups.values()])

    async def make_group(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        members, title = body.get("members"), body.get("title")
        if not isinstance(members, list) or not isinstance(title, str):
            raise PeopleError(400, "A group has a title and members.")
        group = groups.create(self._world, title, members, bot=bool(body.get("bot", False)))
        self._world.commit()
        return said(group.record())

    async def group_chat(self, request: web.Request) -> web.Response:
        group = self._world.group(int(request.match_info["id"]))
        return said(group.record() | {"messages": [entry.seen() for entry in self._world.entries(group.id)]})

    async def group_send(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        group = self._world.group(int(request.match_info["id"]))
        person = self._world.person(body.get("from", 0))
        message, update_id = groups.say(self._world, group, person, str(body.get("text", "")), body.get("reply_to"))
        self._world.commit()
        return said({"message": message, "update_id": update_id})

    async def group_members(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        group = self._world.group(int(request.match_info["id"]))
        updates = groups.change_members(self._world, group, body)
        self._world.commit()
        return said({"group": group.record(), "updates": updates})

    async def group_migrate(self, request: web.Request) -> web.Response:
        new = groups.migrate(self._world, self._world.group(int(request.match_info["id"])))
        self._world.commit()
        return said(new.record())

    # --- what waits, what happens -------------------------------------------------------------------------------------

    async def raw_update(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        if "update_id" in body:
            raise PeopleError(400, "The update gets its update_id here.")
        update_id = self._world.queue_raw(body)
        self._world.commit()
        return said({"update_id": update_id})

    async def queue(self, request: web.Request) -> web.Response:
        world, until = self._world, int(number(request, "until", 0))
        if until:
            await world.acknowledged.until(
                lambda: until not in world.updates or self._bot_api.closing.is_set(), waiting(request)
            )
        newest = world.counters["update"]
        below = min(world.updates, default=newest + 1) - 1
        return said(
            {
                "waiting": len(world.updates),
                "acknowledged": below,
                "last": newest,
                "poller": self._bot_api.polling.under_way,
                "done": until not in world.updates,
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        queue = self._world.events.listen()
        try:
            await response.write(b"retry: 1000\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event is None:
                    return response
                await response.write(f"data: {event}\n\n".encode())
        finally:
            self._world.events.leave(queue)

    async def log(self, request: web.Request) -> web.Response:
        return said(self._log.since(int(number(request, "since", 0))))

    # --- the clock ----------------------------------------------------------------------------------------------------

    async def clock(self, request: web.Request) -> web.Response:
        clock, name = self._world.clock, request.query.get("follow")
        revision = number(request, "revision", -1)
        if name:
            clock.follow(name)
        await self._world.ticked.until(
            lambda: clock.revision != revision or self._bot_api.closing.is_set(), waiting(request)
        )
        if name:
            clock.follow(name)
        return said(clock.describe())

    async def jump(self, request: web.Request) -> web.Response:
        body, clock = await read_json(request), self._world.clock
        if "seconds" in body:
            try:
                to = clock.now() + timedelta(seconds=float(body["seconds"]))
            except (TypeError, ValueError, OverflowError):
                raise PeopleError(400, "seconds is a number.") from None
        else:
            to = moment(body, "to")
        clock.jump(to)
        return self._clock_changed()

    async def step(self, request: web.Request) -> web.Response:
        self._world.clock.step(moment(await read_json(request), "now"))
        return self._clock_changed()

    def _clock_changed(self) -> web.Response:
        self._world.save_clock()
        self._world.commit()
        return said(self._world.clock.describe())

    # --- faults and limits --------------------------------------------------------------------------------------------

    async def list_faults(self, _: web.Request) -> web.Response:
        return said(self._faults.listed())

    async def arm(self, request: web.Request) -> web.Response:
        fault = self._faults.arm(await read_json(request))
        if fault["kind"] in OF_UPDATES:
            self._world.arrived.ring()
        return said(fault)

    async def disarm(self, _: web.Request) -> web.Response:
        self._faults.disarm()
        return said([])

    async def show_limits(self, _: web.Request) -> web.Response:
        return said({"on": self._limits.on})

    async def switch_limits(self, request: web.Request) -> web.Response:
        self._limits.on = bool((await read_json(request)).get("on"))
        return said({"on": self._limits.on})
