"""Where help is wanted."""

from enum import StrEnum


class Place(StrEnum):
    """Where help is wanted."""

    HOME = "home"
    ELSEWHERE = "elsewhere"
    LOCATION = "location"
