"""Faults on demand: what goes wrong, how often, with which calls."""

from dataclasses import asdict, dataclass
from typing import Any

from simulator.chats import Json
from simulator.errors import ApiError, PeopleError

KINDS = {
    "error", "timeout_before", "timeout_after", "reset_before", "reset_after", "bad_gateway_before",
    "bad_gateway_after", "slow", "redeliver", "disorder",
}  # fmt: skip
OF_UPDATES = {"redeliver", "disorder"}


@dataclass
class Fault:
    """One fault; `times` counts down."""

    kind: str
    method: str = "*"
    chat_id: int | str | None = None
    times: int = 1
    seconds: float = 30.0
    error_code: int = 400
    description: str = "Bad Request"
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None

    def error(self) -> ApiError:
        """The answer of kind `error`."""
        parameters = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to_chat_id}
        given = {name: value for name, value in parameters.items() if value is not None}
        return ApiError(self.error_code, self.description, **given)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class Faults:
    """Those that are armed, in order of arming."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []

    def arm(self, body: Json) -> Json:
        """Raises PeopleError for what is no fault."""
        try:
            fault = Fault(**body)
        except TypeError:
            raise PeopleError(400, "A fault has: kind, method, chat_id, times, seconds, error_code, description, "
                                   "retry_after, migrate_to_chat_id.") from None  # fmt: skip
        if fault.kind not in KINDS:
            raise PeopleError(400, f"There is no fault {fault.kind}.")
        if not (_is_number(fault.times) and fault.times >= 1 and _is_number(fault.seconds)):
            raise PeopleError(400, "times and seconds are numbers, times at least 1.")
        self._armed.append(fault)
        return asdict(fault)

    def listed(self) -> list[Json]:
        """What is armed."""
        return [asdict(fault) for fault in self._armed]

    def disarm(self) -> None:
        """Nothing goes wrong any more."""
        self._armed.clear()

    def take(self, method: str, chat_id: Any) -> Fault | None:
        """The fault of this call, if any; it counts as used."""
        for fault in self._armed:
            if fault.kind in OF_UPDATES or fault.method not in {"*", method}:
                continue
            if fault.chat_id is None or str(fault.chat_id) == str(chat_id):
                return self._use(fault)
        return None

    def take_of_updates(self, kind: str) -> bool:
        """Whether the answer of getUpdates is to be spoilt this way; it counts as used."""
        fault = next((fault for fault in self._armed if fault.kind == kind), None)
        return fault is not None and self._use(fault) is fault

    def armed(self, kind: str) -> bool:
        """Whether one of this kind waits."""
        return any(fault.kind == kind for fault in self._armed)

    def _use(self, fault: Fault) -> Fault:
        fault.times -= 1
        if fault.times == 0:
            self._armed.remove(fault)
        return fault
