"""Reading requests of `/api/…` and answering them."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from aiohttp import web

from simulator.chats import Json
from simulator.errors import PeopleError
from simulator.store import check_text, dumps

LONGEST_WAIT = 50.0


class Asked(Protocol):
    """What the handlers of `/api` read of a request."""

    @property
    def match_info(self) -> Mapping[str, str]:
        """The parts of the address that have a name."""

    @property
    def query(self) -> Mapping[str, str]:
        """What stands behind the question mark."""

    async def read(self) -> bytes:
        """The body."""


async def read_json(request: Asked, *, any_text: bool = False) -> Json:
    """The body, an object; with `any_text` also one with halves of signs in it. Raises PeopleError."""
    raw = await request.read()
    try:
        body = json.loads(raw) if raw.strip() else {}
        if not any_text:
            check_text(body)
    except (ValueError, RecursionError):
        raise PeopleError(400, "This is not JSON.") from None
    if not isinstance(body, dict):
        raise PeopleError(400, "This is not a JSON object.")
    return body


def number(request: Asked, name: str, default: float | None = None) -> float:
    """A number from the query. Raises PeopleError."""
    raw = request.query.get(name, default)
    try:
        return float(raw)  # type: ignore[arg-type]  # None raises TypeError, which is what is meant
    except (TypeError, ValueError):
        raise PeopleError(400, f"{name} is a number.") from None


def waiting(request: Asked) -> float:
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
