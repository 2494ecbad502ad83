"""Long polling: one poller at a time, a newer one ends the older."""

from simulator.chats import Json
from simulator.errors import ApiError
from simulator.faults import Faults
from simulator.methods.base import Call
from simulator.methods.updates import get_updates
from simulator.world import World


class Polling:
    """Who polls now."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._current: object | None = None
        self.closing = False

    @property
    def under_way(self) -> bool:
        """Whether somebody waits for updates."""
        return self._current is not None

    async def poll(self, call: Call) -> list[Json]:
        """The answer of getUpdates: at once where something waits, else within `timeout` seconds. Raises ApiError."""
        world, me = self._world, object()
        self._refuse_beside_webhook()
        self._current = me
        world.arrived.ring()
        try:
            spoilt = self._spoil(get_updates(call))
            world.commit()
            if spoilt or call.get("timeout", 0) <= 0:
                return spoilt
            again = Call(world, {name: value for name, value in call.args.items() if name == "limit"})

            def look() -> list[Json]:
                if world.bot.webhook:
                    raise ApiError(409, "Conflict: terminated by setWebhook request")
                if self._current is not me:
                    raise ApiError(
                        409,
                        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
                        "running",
                    )
                return self._spoil(get_updates(again)) or ([{}] if self.closing else [])

            found = await world.arrived.until(look, min(call.args["timeout"], 50))
            world.commit()
            return [] if self.closing else found
        finally:
            if self._current is me:
                self._current = None

    def _refuse_beside_webhook(self) -> None:
        if self._world.bot.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                "webhook first",
            )

    def _spoil(self, updates: list[Json]) -> list[Json]:
        """Redelivery and disorder, where armed and where they can be seen."""
        if self._world.forgotten and self._faults.take_of_updates("redeliver"):
            updates = [{"update_id": u.update_id, **u.body} for u in self._world.forgotten] + updates
        if len(updates) > 1 and self._faults.take_of_updates("disorder"):
            updates = updates[::-1]
        return updates
