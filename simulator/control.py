"""`/api/…` for tests and whoever moves the clock: what waits, what happens, the clock, faults, limits."""

import asyncio
from datetime import timedelta

from aiohttp import web

from simulator.botapi import BotApi
from simulator.errors import PeopleError
from simulator.events import Log
from simulator.faults import OF_UPDATES, Faults
from simulator.limits import Limits
from simulator.requests import moment, number, read_json, said, waiting
from simulator.world import World


class Control:
    """The handlers."""

    def __init__(self, world: World, bot_api: BotApi, faults: Faults, limits: Limits, log: Log) -> None:
        self._world = world
        self._bot_api = bot_api
        self._faults = faults
        self._limits = limits
        self._log = log

    def routes(self) -> list[web.RouteDef]:
        """Every address."""
        return [
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

    # --- what waits, what happens -------------------------------------------------------------------------------------

    async def raw_update(self, request: web.Request) -> web.Response:
        body = await read_json(request, any_text=True)
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
                    async with asyncio.timeout(15):
                        event = await queue.get()
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
