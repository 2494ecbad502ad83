"""A village in memory, and one in a real database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.database import open_engine
from bot.sealing import KeyRing, new_key
from models import Base, Person, Request
from tests.models.world import NOW, Village, in_hours
from tests.support import databases


@pytest.fixture
def village() -> Village:
    return Village()


@pytest.fixture
def rosa(village: Village) -> Person:
    """A resident."""
    return village.person("Rosa")


@pytest.fixture
def jan(village: Village) -> Person:
    """A volunteer."""
    return village.volunteer("Jan")


@pytest.fixture
def mia(village: Village) -> Person:
    """Another one."""
    return village.volunteer("Mia")


@pytest.fixture
def an(village: Village) -> Person:
    """A coordinator."""
    return village.coordinator("An", village.town)


@pytest.fixture
def request_(village: Village, rosa: Person, jan: Person, mia: Person) -> Request:
    """Rosa's, for the day after tomorrow at ten; both volunteers were asked."""
    return village.request(rosa, in_hours(48), asked=(jan, mia))


@pytest.fixture
def taken(request_: Request, jan: Person) -> Request:
    """The same, and Jan comes."""
    request_.offer(jan, NOW)
    return request_


@pytest.fixture
def offered(request_: Request, jan: Person) -> Request:
    """The same, but Rosa wants to know first that it is Jan."""
    request_.wants_to_know = True
    request_.offer(jan, NOW)
    return request_


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(databases.empty_in(tmp_path), KeyRing(new_key()))
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
