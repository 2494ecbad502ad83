"""Logs carry ids and kinds: no token, no words of people."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.log import get_logger, redact, set_up, where

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK"


@pytest.fixture
def lines(monkeypatch) -> Iterator[io.StringIO]:
    """What stands in the error stream; logging is as before afterwards."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", stream)
    set_up("INFO")
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fails_with(words: str) -> None:
    raise LookupError(words)


def caught(words: str) -> LookupError:
    try:
        fails_with(words)
    except LookupError as error:
        return error
    raise AssertionError


def test_an_event_is_one_line_with_its_facts(lines):
    get_logger("bot.test").warning("the letter came back", letter_id=7)
    written = lines.getvalue()
    assert written.count("\n") == 1
    assert "WARNING bot.test" in written
    assert "the letter came back" in written
    assert "letter_id=7" in written


def test_a_line_break_in_a_fact_does_not_make_a_second_line(lines):
    get_logger("bot.test").warning("odd", name="first\nsecond")
    assert lines.getvalue().count("\n") == 1


def test_the_token_stands_in_no_line_of_a_library(lines):
    logging.getLogger("some.client").error("POST %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert "getMe" in lines.getvalue()
    assert TOKEN not in lines.getvalue()
    assert TOKEN.partition(":")[2] not in lines.getvalue()


def test_an_exception_is_named_with_its_place_and_without_its_words(lines):
    logging.getLogger("some.library").error("job failed", exc_info=caught("Anna, Dorpsstraat 12"))
    written = lines.getvalue()
    assert "LookupError at test_log.py:" in written
    assert "Anna" not in written
    assert "Traceback" not in written


def test_our_own_events_drop_the_exception(lines):
    get_logger("bot.test").error("turn failed", exc_info=caught("Anna, Dorpsstraat 12"))
    assert "turn failed" in lines.getvalue()
    assert "Anna" not in lines.getvalue()


def test_below_the_level_nothing_is_written(lines):
    get_logger("bot.test").debug("details")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org")
    assert lines.getvalue() == ""


def test_where_an_error_came_from_is_our_innermost_line():
    assert where(caught("x")).startswith("test_log.py:")
    assert where(None) == ""
    assert where(LookupError("never raised")) == ""


def test_only_tokens_are_redacted():
    assert redact(f"a {TOKEN} b {TOKEN}") == "a <token> b <token>"
    assert redact("request 12345:67, at 10:30") == "request 12345:67, at 10:30"
