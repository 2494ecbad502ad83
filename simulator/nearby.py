"""Telephones in the process of the simulator: the same `/api`, asked without a connection.

    async with Simulator() as sim, NearbyPhones(sim) as phones:
        anna = await phones.person("Anna")   # and all else that simulator.actors describes

For who looks at the bot: half of the calls in a story are those of telephones, and HTTP is what they cost.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from simulator.actors import Phones
from simulator.errors import PeopleError
from simulator.seen import Refusal
from simulator.server import Simulator

NAMED = re.compile(r"\{(\w+)(?::([^{}]+))?\}")


class Question(NamedTuple):
    """What a handler of `/api` wants to know of a request."""

    match_info: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes

    async def read(self) -> bytes:
        """The body."""
        return self.body


class NearbyPhones(Phones):
    """Telephones beside the simulator."""

    def __init__(self, simulator: Simulator) -> None:
        # No connection, so there is nothing to open, and nothing to close.
        self.url = simulator.url
        self._routes = [
            (route.method, re.compile(NAMED.sub(_group, route.path)), route.handler) for route in simulator.api_routes()
        ]

    async def close(self) -> None:
        """Nothing."""

    async def ask(self, method: str, path: str, body: Any = None, **query: str | float) -> Any:
        """One call of `/api/<path>`. Raises Refusal."""
        await asyncio.sleep(0)  # as over a connection, whatever else waits goes on meanwhile
        handler, named = self._handler(method, f"/api/{path}")
        sent = b"" if body is None else json.dumps(body).encode()
        try:
            answer = await handler(Question(named, {name: str(value) for name, value in query.items()}, sent))
        except PeopleError as error:
            raise Refusal(error.status, error.sentence) from None
        return json.loads(answer.text)

    def _handler(self, method: str, path: str) -> tuple[Any, Mapping[str, str]]:
        for known, pattern, handler in self._routes:
            if known == method and (found := pattern.fullmatch(path)):
                return handler, found.groupdict()
        raise Refusal(404, "Not Found")


def _group(named: re.Match[str]) -> str:
    return f"(?P<{named[1]}>{named[2] or '[^/]+'})"
