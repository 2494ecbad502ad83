"""What an update must be like: what is otherwise than Telegram promises is buried before anything believes it."""

from typing import Any

import pytest

from bot.shape import UnreadableError, check
from tests.support.kinds import MESSAGES, ODDLY, updates

ME = {"id": 1001, "is_bot": False, "first_name": "Anna", "language_code": "nl"}
CHAT = {"id": 1001, "type": "private", "first_name": "Anna"}


def message(**given: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": CHAT, "from": ME} | given}


def test_everything_that_telegram_sends_can_be_read() -> None:
    for content in (MESSAGES | ODDLY).values():
        check(message(**content))
    for name, update in updates(ME, CHAT, 1, 1).items():
        check({"update_id": 1, name: update})


@pytest.mark.parametrize(
    ("named", "given"),
    [
        ("text", {"text": 5}),
        ("caption", {"caption": ["x"]}),
        ("from", {"from": "Anna"}),
        ("id", {"from": ME | {"id": "1001"}}),
        ("id", {"from": ME | {"id": True}}),
        ("id", {"from": ME | {"id": None}}),
        ("id", {"chat": CHAT | {"id": 2**53}}),
        ("type", {"chat": CHAT | {"type": [[]]}}),
        ("language_code", {"from": ME | {"language_code": 1.5}}),
        ("message_id", {"message_id": 2**31}),
        ("latitude", {"location": {"latitude": float("inf"), "longitude": 4}}),
        ("latitude", {"location": {"latitude": 50, "longitude": 4} | {"latitude": 181}}),
        ("photo", {"photo": {"file_id": "f"}}),
        ("file_id", {"photo": [{"file_id": None}]}),
        ("offset", {"entities": [{"type": "bold", "offset": "0", "length": 1}]}),
        ("message_id", {"reply_to_message": {"message_id": None}}),
    ],
)
def test_what_is_otherwise_than_promised_is_named_and_not_quoted(named: str, given: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError) as refused:
        check(message(**given))
    assert str(refused.value) == named


def test_what_is_not_there_is_no_fault() -> None:
    check({"update_id": 1})
    check(message(text=None, entities=None))


@pytest.mark.parametrize("raw", [[], "x", {"message": "x"}, {"callback_query": []}])
def test_what_is_no_object_is_refused_where_one_must_be(raw: Any) -> None:
    with pytest.raises(UnreadableError):
        check(raw)
