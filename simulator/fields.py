"""What may stand in a request: kinds of values, each with a name for the table and a way to read it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.errors import ApiError, bad_request

WHOLE = re.compile(r"[+-]?[0-9]{1,19}")


@dataclass(frozen=True)
class Upload:
    """A file that came with the request."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Kind:
    """A kind of value: its name, and how it is read from a form's text or from JSON. `read` raises ApiError."""

    name: str
    read: Callable[[str, Any], Any]


@dataclass(frozen=True)
class Field:
    """A parameter of a method, or a field of an object. `effect` is False where it is accepted and changes nothing."""

    kind: Kind
    required: bool = False
    effect: bool = True


def required(kind: Kind) -> Field:
    """A field that has to be there."""
    return Field(kind, required=True)


def silent(kind: Kind) -> Field:
    """A field that is accepted and changes nothing here."""
    return Field(kind, effect=False)


def read_all(fields: Mapping[str, Field], raw: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The values by name; raises ApiError naming the first field that is unknown, missing or wrong."""
    for name in raw:
        if name not in fields:
            raise bad_request(f'unknown field "{name}" in {where}')
    values = {}
    for name, field in fields.items():
        value = raw.get(name)
        if value is not None:
            values[name] = field.kind.read(name, value)
        elif field.required:
            raise bad_request(f'field "{name}" in {where} is empty')
    return values


def _wrong(name: str, kind: str) -> ApiError:
    return bad_request(f'field "{name}" must be of type {kind}')


def _text(name: str, raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise _wrong(name, "String")
    return str(raw)


def _whole(name: str, raw: Any) -> int:
    try:
        return int(WHOLE.fullmatch(str(raw))[0])  # type: ignore[index]  # None is the TypeError below
    except TypeError:
        raise _wrong(name, "Integer") from None


def _number(name: str, raw: Any) -> float:
    try:
        if isinstance(raw, bool):
            raise _wrong(name, "Float")
        return float(raw)
    except (TypeError, ValueError):
        raise _wrong(name, "Float") from None


def _truth(name: str, raw: Any) -> bool:
    spoken = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    said = str(raw).lower()
    if said not in spoken:
        raise _wrong(name, "Boolean")
    return spoken[said]


def _file(name: str, raw: Any) -> str | Upload:
    if isinstance(raw, Upload):
        return raw
    return _text(name, raw)


def unwrap(name: str, raw: Any) -> Any:
    """The JSON value; in a form it comes as text."""
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        raise bad_request(f'can\'t parse the JSON of field "{name}"') from None


STRING = Kind("String", _text)
INTEGER = Kind("Integer", _whole)
FLOAT = Kind("Float", _number)
BOOLEAN = Kind("Boolean", _truth)
CHAT = Kind("Integer or String", _text)
FILE = Kind("InputFile or String", _file)


def shape(name: str, fields: Mapping[str, Field]) -> Kind:
    """An object with these fields and no others."""

    def read(field: str, raw: Any) -> dict[str, Any]:
        value = unwrap(field, raw)
        if not isinstance(value, dict):
            raise _wrong(field, name)
        return read_all(fields, value, name)

    return Kind(name, read)


def array(of: Kind) -> Kind:
    """A list of such values."""

    def read(field: str, raw: Any) -> list[Any]:
        value = unwrap(field, raw)
        if not isinstance(value, list):
            raise _wrong(field, f"Array of {of.name}")
        return [of.read(field, item) for item in value]

    return Kind(f"Array of {of.name}", read)


def one_of(name: str, chosen_by: Callable[[dict[str, Any]], Kind | None]) -> Kind:
    """An object whose form depends on what is in it."""

    def read(field: str, raw: Any) -> Any:
        value = unwrap(field, raw)
        kind = chosen_by(value) if isinstance(value, dict) else None
        if kind is None:
            raise _wrong(field, name)
        return kind.read(field, value)

    return Kind(name, read)
