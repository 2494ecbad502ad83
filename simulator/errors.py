"""The two ways to say no: to a bot in Telegram's words, to a person in a sentence."""

from typing import Any


class ApiError(Exception):
    """A refusal as the Bot API words it: `error_code` is also the HTTP status."""

    def __init__(self, error_code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON that the bot reads."""
        said: dict[str, Any] = {"ok": False, "error_code": self.error_code, "description": self.description}
        if self.parameters:
            said["parameters"] = self.parameters
        return said


def bad_request(why: str) -> ApiError:
    """400 in Telegram's form."""
    return ApiError(400, f"Bad Request: {why}")


def forbidden(why: str) -> ApiError:
    """403 in Telegram's form."""
    return ApiError(403, f"Forbidden: {why}")


class PeopleError(Exception):
    """A refusal to a phone: status 400 (asked wrongly), 404 (is not there) or 409 (is not possible now)."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
