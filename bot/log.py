"""Logs: one line an event, ids and kinds only; the token never stands in one."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

OURS = '{"event": '  # how a line of ours begins that is JSON already
TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")


def get_logger(name: str) -> FilteringBoundLogger:
    """A logger: `log.info("what happened", request_id=…)`."""
    return cast("FilteringBoundLogger", structlog.stdlib.get_logger(name))


def where(error: BaseException | None) -> str:
    """The innermost place of ours where `error` came from: its text may hold what people wrote, its place never."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    return f"{ours[-1].filename.rsplit('/', 2)[-1]}:{ours[-1].lineno}" if ours else ""


def redact(text: str) -> str:
    """Take a bot's token out of a text."""
    return TOKEN.sub("<token>", text)


class Redacting(logging.Filter):
    """Takes the token out of the lines of libraries: httpx logs whole addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; it always passes."""
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info and record.exc_info[1] is not None:
            record.msg += f" ({type(record.exc_info[1]).__name__} at {where(record.exc_info[1])})"
            record.exc_info = record.exc_text = None
        return True


def _event_only(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    event.pop("exc_info", None)
    return event


class JSONLines(logging.Formatter):
    """One object a line: `at` (UTC), `level`, `logger`, `event` and the facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it."""
        said = record.getMessage()
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = json.loads(said) if said.startswith(OURS) else {"event": said}
        return json.dumps({"at": at, "level": record.levelname, "logger": record.name, **facts}, ensure_ascii=False)


def _as_json(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    said = event.pop("event")
    return json.dumps({"event": said, **event}, default=str, ensure_ascii=False)


def set_up(level: str, form: str = "text") -> None:
    """Write all logs to the error stream, one line an event; `form` is `text` or `json`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Redacting())
    as_text = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    handler.setFormatter(JSONLines() if form == "json" else as_text)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # What is said and to whom stands in the lines of these.
    for chatty in ("telegram", "httpx", "httpcore", "apscheduler", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            _event_only,
            _as_json if form == "json" else structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
