"""Engines that serve one test after the other: to compile SQL takes a third of a turn's time, and a new one knows none.

Only what SQLAlchemy has compiled goes over to the next test. The database, the keys and all connections are its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, make_url

from bot.database import open_engine
from bot.sealing import KeyRing

_free: list[Engine] = []


def lend(url: str, ring: KeyRing) -> Engine:
    """An engine for this database with these keys."""
    backend = make_url(url).get_backend_name()
    known = next((engine for engine in reversed(_free) if engine.dialect.name == backend), None)
    if known is None:
        return _new(url, ring)
    _free.remove(known)
    known.url = make_url(url).set(drivername=known.url.drivername)
    known.dialect.sealer = ring  # type: ignore[attr-defined]  # as in bot.database
    return known


def give_back(engine: Engine) -> None:
    """Nobody uses it any more."""
    engine.dispose()
    _free.append(engine)


@contextmanager
def lent(url: str, ring: KeyRing) -> Iterator[Engine]:
    """An engine for a while."""
    engine = lend(url, ring)
    try:
        yield engine
    finally:
        give_back(engine)


def _new(url: str, ring: KeyRing) -> Engine:
    engine = open_engine(url, ring)
    event.listen(engine, "connect", _without_power_cuts)

    @event.listens_for(engine, "do_connect")
    def _to_whose_turn_it_is(_dialect: Any, _record: object, words: list[Any], options: dict[str, Any]) -> None:
        words[:], wanted = engine.dialect.create_connect_args(engine.url)
        options.update(wanted)

    return engine


def _without_power_cuts(connection: Any, _record: object) -> None:
    """Nobody pulls the plug during a test: not to wait for the disk saves a tenth of the time."""
    if "sqlite" in type(connection).__module__:
        connection.execute("PRAGMA synchronous=OFF")
