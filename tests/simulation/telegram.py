"""Telegram in this process: the local one's world, without HTTP, and every way in which a call can go wrong."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp.client_reqrep import ConnectionKey
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from simulator.botapi import GATEWAY, build_call
from simulator.chats import Bot
from simulator.clock import Clock
from simulator.errors import ApiError, bad_request
from simulator.faults import Faults
from simulator.fields import Upload
from simulator.methods import METHODS
from simulator.polling import Polling
from simulator.server import TOKEN
from simulator.store import Store
from simulator.world import World
from tests.simulation.machine import Lab
from tests.simulation.trace import Trace
from tests.simulation.virtual import START, passes

if TYPE_CHECKING:
    from tests.simulation.oracle import Oracle

KEY = ConnectionKey(
    "telegram.invalid", 443, is_ssl=False, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)
NEVER_SENT = ("connection refused", "pool timeout")
BEFORE = ("502 before", "504 before", "read timeout before", "torn before")
AFTER = ("502 after", "504 after", "read timeout after", "torn after")
AMBIGUOUS = (*BEFORE, *AFTER)
STOP = ("401", "404")
BAD = {
    "chat not found": "chat not found",
    "bad request": "can't parse entities",
    "kept": "message can't be deleted for everyone",
    "query is too old": "query is too old and response timeout expired or query ID is invalid",
}
OF_LETTERS = (*NEVER_SENT, *AMBIGUOUS, "too fast", "chat not found", "bad request", *STOP)
OF_POLLS = (
    "connection refused",
    "502 before",
    "504 before",
    "read timeout before",
    "torn after",
    "too fast",
    "409",
    *STOP,
)
OF_TAPS = (*NEVER_SENT, *AMBIGUOUS, "query is too old")
NATURAL = ("blocked", "not modified", "migrated", "gone", "too fast everywhere")
WEIGHTS = {"401": 0.06, "404": 0.06, "chat not found": 0.25, "bad request": 0.4, "409": 0.3, "too fast": 2.0}
WEIGHTS["kept"] = 5.0  # little is deleted
LETTERS = ("send", "edit", "delete", "setmycommands")


@dataclass(eq=False)
class Sent:
    """One call as Telegram saw it. `learnt`: the process got to know that it succeeded."""

    number: int
    at: datetime
    life: int
    method: str
    fields: dict[str, Any]
    chat: int = 0
    text: str = ""
    buttons: list[str] = field(default_factory=list)
    outcome: str = ""
    delivered: bool = False
    learnt: bool = False
    came: bool = True  # to Telegram at all
    unsettled: bool = False  # the process died, perhaps before it wrote down what became of it
    message_id: int | None = None
    wait: float = 0.0
    left: datetime = START  # the process, on its way to Telegram


class Wire(BaseRequest):
    """The request class of python-telegram-bot's client: a call is a function call."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab

    @property
    def read_timeout(self) -> float:
        return 20.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_args: Any, **_more: Any
    ) -> tuple[int, bytes]:
        values: dict[str, Any] = dict(request_data.parameters) if request_data else {}
        uploads = {}
        if request_data is not None and request_data.contains_files:
            values = dict(request_data.json_parameters)
            uploads = {
                name: Upload(file[0], bytes(file[1]))  # type: ignore[arg-type]  # the bot gives bytes, never an open file
                for name, file in request_data.multipart_data.items()
            }
        answered: tuple[int, bytes] = await self._lab.telegram.take(url.rpartition("/")[2], values, uploads)
        return answered


class Telegram:
    """The Bot API for one seed."""

    def __init__(self, lab: Lab, seed: int, oracle: Oracle, trace: Trace) -> None:
        self._lab = lab
        self._oracle = oracle
        self._trace = trace
        self._chance = random.Random(f"telegram {seed}")
        clock = Clock(lab.clock, lab.loop.time, 60.0)
        self.world = World(
            Bot(int(TOKEN.partition(":")[0]), "buren_demo_bot", {"": "Buren"}), Store(None), clock, lab.loop.time
        )
        self.world._random = random.Random(f"world {seed}")  # type: ignore[assignment]  # the system's is another every time
        self._polling = Polling(self.world, Faults())
        self.trouble = 0.0  # the share of calls that go wrong
        self.everywhere_until = 0.0  # so long each chat is told that it is too fast
        self.away = False
        self._numbers = 0
        self.under_way = 0  # calls, but for polls
        self.life = 0
        self.last_life: dict[int, Sent] = {}  # the last letter of each chat, for who wonders after a crash

    async def take(self, method: str, values: dict[str, Any], uploads: dict[str, Upload]) -> tuple[int, bytes]:
        """One call."""
        machine = self._lab.machine
        assert machine is not None
        lower = method.lower()
        if lower == "getupdates":
            return await self._poll(values)
        self.under_way += 1
        try:
            return await self._take(method, values, uploads)
        finally:
            self.under_way -= 1

    async def _take(self, method: str, values: dict[str, Any], uploads: dict[str, Upload]) -> tuple[int, bytes]:
        machine, lower = self._lab.machine, method.lower()
        assert machine is not None
        machine.reach("call.before")
        left = self._lab.clock.now()
        await passes(self._chance.choice((0.01, 0.03, 0.08)))
        machine.reach("call.before")
        call = self._noted(method, values)
        call.left = left
        fault = self._fault(lower, call)
        if fault:
            call.outcome = fault
            self._lab.count(fault)
        if fault in NEVER_SENT:
            self._trace.add(self._lab.clock.now(), "never", method, None)
            self._oracle.never_came(call)
            return await self._never(fault)
        self._oracle.called(call)
        answer = self._answer(lower, values, uploads, call, fault)
        self._trace.add(self._lab.clock.now(), "call", method, [values, fault, answer[0], call.message_id])
        self._oracle.answered(call)
        if fault in AMBIGUOUS:
            machine.reach("call.after")
            return await self._ambiguous(fault)
        await passes(self._chance.choice((0.01, 0.03, 0.08)))
        machine.reach("call.after")
        self._oracle.learnt(call)
        if call.delivered:
            call.learnt = True
        return answer

    def _noted(self, method: str, values: dict[str, Any]) -> Sent:
        self._numbers += 1
        call = Sent(self._numbers, self._lab.clock.now(), self.life, method, values)
        try:
            call.chat = int(values.get("chat_id") or 0)
        except ValueError:
            call.chat = 0
        if method == "setMyCommands":
            scope = values.get("scope") or {}
            call.chat = int(scope.get("chat_id", 0)) if isinstance(scope, dict) else 0
        call.text = str(values.get("text") or values.get("caption") or "")
        markup = values.get("reply_markup") or {}
        for line in markup.get("inline_keyboard", ()):
            call.buttons += [button.get("callback_data", "") for button in line]
        return call

    def _fault(self, lower: str, call: Sent) -> str:
        """What goes wrong with this call."""
        if self.away:
            return self._pick(("connection refused", "read timeout before"))
        if lower.startswith(LETTERS) and self._lab.loop.time() < self.everywhere_until:
            return "too fast everywhere"
        if self._chance.random() >= self.trouble:
            return ""
        if lower == "answercallbackquery":
            return self._pick(OF_TAPS)
        if lower.startswith(LETTERS):
            own = ("gone",) if lower.startswith("edit") else ("kept",) if lower.startswith("delete") else ()
            return self._pick((*OF_LETTERS, *own))
        return self._pick((*NEVER_SENT, *AMBIGUOUS))

    def _pick(self, kinds: tuple[str, ...]) -> str:
        return self._chance.choices(kinds, [WEIGHTS.get(kind, 1.0) for kind in kinds])[0]

    def _answer(
        self, lower: str, values: dict[str, Any], uploads: dict[str, Upload], call: Sent, fault: str
    ) -> tuple[int, bytes]:
        if fault in BEFORE:
            return 0, b""
        if refusal := self._refusal(fault, call):
            return refusal.error_code, json.dumps(refusal.body()).encode()
        if fault == "gone" and call.chat in self.world.persons:
            person = self.world.persons[call.chat]
            self.world.delete_message(person, int(values.get("message_id") or 0))
        try:
            known = METHODS[lower]
            result = known.run(build_call(self.world, known, values, uploads))
        except ApiError as error:
            self.world.commit()
            call.outcome = call.outcome if fault in AFTER else self._named(error)
            return error.error_code, json.dumps(error.body()).encode()
        self.world.commit()
        call.delivered = True
        call.outcome = call.outcome or "ok"
        if isinstance(result, dict):
            call.message_id = result.get("message_id")
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _refusal(self, fault: str, call: Sent) -> ApiError | None:
        match fault:
            case "too fast" | "too fast everywhere":
                wait = self._chance.randint(2, 30)
                call.wait = wait
                return ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            case kind if kind in BAD:
                return bad_request(BAD[kind])
            case "401":
                return ApiError(401, "Unauthorized")
            case "404":
                return ApiError(404, "Not Found")
            case "409":
                return ApiError(409, "Conflict: terminated by other getUpdates request")
        return None

    def _named(self, error: ApiError) -> str:
        """What the world itself answered."""
        said = error.description.lower()
        for words, name in (
            ("not modified", "not modified"),
            ("blocked", "blocked"),
            ("deactivated", "blocked"),
            ("upgraded", "migrated"),
            ("to edit not found", "gone"),
            ("can't be edited", "gone"),
            ("no text in the message to edit", "gone"),
            ("to delete not found", "gone"),
            ("query is too old", "query is too old"),
        ):
            if words in said:
                self._lab.count(name)
                return name
        return f"400 {said}"

    async def _never(self, fault: str) -> tuple[int, bytes]:
        if fault == "pool timeout":
            await passes(10)
            raise TimedOut from aiohttp.ConnectionTimeoutError()
        raise NetworkError("ClientConnectorError") from aiohttp.ClientConnectorError(KEY, OSError("refused"))

    async def _ambiguous(self, fault: str) -> tuple[int, bytes]:
        if fault.startswith("read timeout"):
            await passes(20)
            raise TimedOut from aiohttp.SocketTimeoutError()
        if fault.startswith("torn"):
            raise NetworkError("ServerDisconnectedError") from aiohttp.ServerDisconnectedError()
        return int(fault[:3]), GATEWAY.encode()

    # ── updates ──

    async def _poll(self, values: dict[str, Any]) -> tuple[int, bytes]:
        machine = self._lab.machine
        assert machine is not None
        machine.reach("poll.before")
        await passes(0.02)
        machine.reach("poll.before")
        fault = ""
        if self.away:
            fault = "connection refused"
        elif self._chance.random() < self.trouble / 2:
            fault = self._pick(OF_POLLS)
        if fault:
            self._lab.count(f"poll: {fault}")
        if fault == "connection refused":
            return await self._never(fault)
        if fault in BEFORE:
            return await self._ambiguous(fault)
        if refusal := self._refusal(fault, Sent(0, self._lab.clock.now(), 0, "getUpdates", values)):
            return refusal.error_code, json.dumps(refusal.body()).encode()
        self._oracle.acknowledged(int(values.get("offset") or 0))
        call = build_call(self.world, METHODS["getupdates"], values, {})
        found = await self._polling.poll(call)
        if found:
            self._trace.add(self._lab.clock.now(), "updates", "getUpdates", found)
        if fault in AFTER:
            return await self._ambiguous(fault)
        machine.reach("poll.after")
        if len(found) > 1 and self._chance.random() < 0.1:
            self._lab.count("disorder")
            self._chance.shuffle(found)
        self._oracle.handed_out(found, {key: each.at for key, each in self.world.updates.items()})
        return 200, json.dumps({"ok": True, "result": found}).encode()
