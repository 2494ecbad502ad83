"""`/api/…` for phones and groups: what people do and see. See docs/simulator.md."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from simulator import files, groups, people
from simulator.botapi import BotApi
from simulator.chats import Json
from simulator.errors import PeopleError
from simulator.methods.profile import menu_button
from simulator.requests import Handler, number, read_json, said, waiting
from simulator.world import World


class Api:
    """The handlers."""

    def __init__(self, world: World, bot_api: BotApi) -> None:
        self._world = world
        self._bot_api = bot_api

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
        kind = files.mime_of_picture(content) or file.details.get("mime_type") or "application/octet-stream"
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
