"""What went over the wire, as one number, and the last lines of it for who looks for what went wrong."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from datetime import datetime
from typing import Any

LINES = 30


class Trace:
    """Grows with each call and each update; two runs are the same when their `digest` is."""

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(digest_size=16)
        self._last: deque[tuple[datetime, str, str, str]] = deque(maxlen=LINES)
        self.length = 0

    def add(self, at: datetime, way: str, what: str, fields: Any) -> None:
        """One line."""
        said = json.dumps(fields, sort_keys=True, default=str, ensure_ascii=False)
        self._hash.update(f"{at.isoformat()} {way} {what} {said}\n".encode("utf-8", "surrogatepass"))
        self._last.append((at, way, what, said))
        self.length += 1

    @property
    def digest(self) -> str:
        """The same for the same run."""
        return self._hash.hexdigest()

    def lines(self) -> list[str]:
        """The last lines, to be read."""
        return [f"{at:%d %H:%M:%S.%f} {way} {what} {said[:600]}" for at, way, what, said in self._last]
