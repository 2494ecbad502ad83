"""The Bot API over HTTP: reading a request, its faults and limits, the answer."""

import asyncio
import json
import re
from typing import Any, NoReturn

from aiohttp import web
from aiohttp.web_request import FileField

from simulator.chats import Json
from simulator.errors import ApiError, bad_request
from simulator.events import Log
from simulator.faults import Fault, Faults
from simulator.fields import FILE, Field, Upload, read_all
from simulator.limits import Limits
from simulator.methods import METHODS, Call, Method
from simulator.polling import Polling
from simulator.store import check_text, dumps
from simulator.world import World

TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n"
)


def answer(body: Json, status: int = 200) -> web.Response:
    """JSON as Telegram sends it."""
    return web.Response(text=dumps(body), status=status, content_type="application/json")


def failure(error: ApiError) -> web.Response:
    """A refusal, with its code as HTTP status."""
    return answer(error.body(), error.error_code)


async def read_request(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """The parameters from query and body, and the files beside them. Raises ApiError."""
    values: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            return values | _json_object(await request.read()), uploads
        for name, value in (await request.post()).items():
            if isinstance(value, FileField):
                uploads[name] = Upload(value.filename, value.file.read())
            else:
                values[name] = value if isinstance(value, str) else bytes(value).decode(errors="replace")
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad_request("can't parse the request's body") from None
    return values, uploads


def _json_object(raw: bytes) -> Json:
    try:
        values = json.loads(raw or b"{}")
        check_text(values)
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object")
    return values


def build_call(world: World, method: Method, values: Json, uploads: dict[str, Upload]) -> Call:
    """Typed values; a file under a field's own name is its value, others must be referred to by attach://."""
    said = dumps(values) if uploads else ""
    for name, upload in uploads.items():
        field: Field | None = method.fields.get(name)
        if field is not None and field.kind is FILE:
            values = values | {name: upload}
        elif f"attach://{name}" not in said:
            raise bad_request(f'unknown field "{name}" in {method.name}')
    return Call(world, read_all(method.fields, values, method.name), uploads)


class BotApi:
    """The handler of `/bot<token>/<method>`."""

    def __init__(self, world: World, token: str, faults: Faults, limits: Limits, log: Log) -> None:
        self._world = world
        self._token = token
        self._faults = faults
        self._limits = limits
        self._log = log
        self.polling = Polling(world, faults)
        self.closing = asyncio.Event()

    def check_token(self, token: str) -> ApiError | None:
        """What is wrong with it."""
        if not TOKEN.fullmatch(token):
            return ApiError(404, "Not Found")
        return None if token == self._token else ApiError(401, "Unauthorized")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        wrong = self.check_token(request.match_info["token"])
        method = METHODS.get(request.match_info["method"].lower())
        if wrong or method is None:
            return failure(wrong or ApiError(404, "Not Found: method not found"))
        values: Json = {}
        try:
            values, uploads = await read_request(request)
        except ApiError as error:
            return self._finish(method, values, error)
        fault = self._faults.take(method.name, values.get("chat_id"))
        if fault is not None and fault.kind == "error":
            return self._finish(method, values, fault.error())
        if fault is not None and fault.kind.endswith("_before"):
            code = 502 if fault.kind.startswith("bad_gateway") else 0
            self._log.add(method.name, values, code, self._world.clock.now().isoformat())
            return await self._fail(request, fault)
        response = await self.perform(method, values, uploads)
        if fault is None:
            return response
        if fault.kind == "slow":
            await self._wait(fault.seconds)
            return response
        return await self._fail(request, fault)

    async def perform(self, method: Method, values: Json, uploads: dict[str, Upload]) -> web.Response:
        """Do what the method does, keep it, then answer."""
        try:
            call = build_call(self._world, method, values, uploads)
            if method.name == "getUpdates":
                return self._finish(method, values, None, await self.polling.poll(call))
            if method.sends or method.changes:
                self._limits.spend(call.args["chat_id"], sends=method.sends)
            result = method.run(call)
        except ApiError as error:
            return self._finish(method, values, error)
        return self._finish(method, values, None, result)

    def _finish(self, method: Method, values: Json, error: ApiError | None, result: Any = None) -> web.Response:
        self._world.commit()
        at = self._world.clock.now().isoformat()
        self._log.add(method.name, values, error.error_code if error else None, at)
        return failure(error) if error else answer({"ok": True, "result": result})

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.closing.wait()
        except TimeoutError:
            return

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """What goes wrong instead of an answer."""
        if fault.kind.startswith("bad_gateway"):
            return web.Response(text=GATEWAY, status=502, content_type="text/html")
        if fault.kind.startswith("timeout"):
            await self._wait(fault.seconds)
        return tear(request)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """`/file/bot<token>/<file_path>`."""
        wrong = self.check_token(request.match_info["token"])
        if wrong:
            return failure(wrong)
        path = request.match_info["path"]
        file = next((file for file in self._world.files.values() if file.path == path), None)
        content = self._world.store.content(file.file_id) if file else None
        if content is None:
            return failure(ApiError(404, "Not Found"))
        return web.Response(body=content, content_type="application/octet-stream")


def tear(request: web.Request) -> NoReturn:
    """Tear the connection, without an answer."""
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError
