"""Which database the tests play on: a SQLite file each, or with `TEST_DATABASE=postgresql` one of PostgreSQL each.

One cluster serves a whole run with all its workers. Whoever needs it first starts it; pytest stops it at the end, also
after Ctrl-C. A test marked `both` plays on each kind in every run; one marked `sqlite("reason")` is about SQLite alone.
"""

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support import postgresql
from tests.support.proving import REPORT, Row, write

KINDS = ("sqlite", "postgresql")
FOLDER = "TEST_CLUSTER"  # the environment variable that tells workers where the cluster of this run is, or will be
TEMPLATE = "populated"

_usual = os.environ.get("TEST_DATABASE", "sqlite")
_numbers = count(1)


class _Now:
    kind = _usual
    made: list[str] = []  # noqa: RUF012 – one for all: the databases of the test that runs


def is_postgresql() -> bool:
    """Whether the test that runs plays on PostgreSQL."""
    return _Now.kind == "postgresql"


def url_in(folder: Path) -> str:
    """The address of a database of a test's own, which `make` or the test fills: a file in `folder`, or a name."""
    if not is_postgresql():
        return f"sqlite:///{folder / 'buren.db'}"
    return _url(f"test_{os.getpid()}_{next(_numbers)}")


def empty_in(folder: Path) -> str:
    """The same; it exists, and has no tables."""
    url = url_in(folder)
    if is_postgresql():
        make(url, "template1")
    return url


def make(url: str, template: str) -> None:
    """Create the database of this address as a copy of another one; it goes with the end of the test."""
    name = str(make_url(url).database)
    _do(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    _Now.made.append(name)


def is_ours(url: str) -> bool:
    """Whether this address is in the cluster of this run, not in one of a test's own."""
    return make_url(url).query.get("host") == os.environ[FOLDER]


def populated(populate: Callable[[str], None]) -> str:
    """The name of a database to copy from; `populate` fills the one at the address that it is given, once a run."""
    with _once(TEMPLATE) as folder:
        done = folder / TEMPLATE
        if not done.exists():
            _do(f"CREATE DATABASE {TEMPLATE}")
            populate(_url(TEMPLATE))
            done.touch()
    return TEMPLATE


@contextmanager
def _once(what: str) -> Iterator[Path]:
    """The folder of the cluster, for one process at a time."""
    folder = Path(os.environ[FOLDER])
    with (folder / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _url(name: str) -> str:
    with _once("start") as folder:
        if not (folder / "data").exists():
            postgresql.start(folder)
    return f"postgresql://buren@/{name}?host={folder}"


def _do(statement: str) -> None:
    with psycopg.connect(_url("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


# ── pytest ──


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--write-row`."""
    parser.addoption("--write-row", action="store_true", help="write what passed on PostgreSQL into the report")


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the cluster of this run; of all its processes this one was first, and comes last."""
    config.addinivalue_line("markers", "both: plays on SQLite and on PostgreSQL in every run")
    config.addinivalue_line("markers", "postgresql: is about PostgreSQL alone, in every run")
    config.addinivalue_line("markers", "sqlite(reason): is about SQLite alone")
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = mkdtemp(prefix="buren-pg-")
        config.add_cleanup(_stop)
        if config.getoption("--write-row"):
            config.pluginmanager.register(Tally(), "tally")


def _stop() -> None:
    folder = Path(os.environ.pop(FOLDER))
    if (folder / "data").exists():
        postgresql.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked `both` plays on each kind, unless the whole run is on PostgreSQL."""
    has = metafunc.definition.get_closest_marker
    kinds: tuple[str, ...] = KINDS if _usual == "sqlite" and has("both") and not has("sqlite") else ()
    if has("postgresql"):
        kinds = ("postgresql",)
    if kinds:
        metafunc.parametrize("_database", kinds, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, what is about SQLite alone is left out, and said."""
    if _usual == "sqlite":
        return
    left_out = [item for item in items if item.get_closest_marker("sqlite")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    reasons = Counter(str(mark.args[0]) for item in left_out if (mark := item.get_closest_marker("sqlite")))
    if not hasattr(config, "workerinput"):
        config.stash[LEFT_OUT] = reasons
    else:
        config.workeroutput["left_out"] = dict(reasons)  # type: ignore[attr-defined]  # pytest-xdist puts it there


LEFT_OUT: pytest.StashKey[Counter[str]] = pytest.StashKey()


def pytest_testnodedown(node: object) -> None:
    """A worker of pytest-xdist is done: each has left out the same."""
    told = getattr(node, "workeroutput", {}).get("left_out")
    if told:
        node.config.stash[LEFT_OUT] = Counter(told)  # type: ignore[attr-defined]  # likewise


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What did not play on PostgreSQL, and why."""
    for reason, number in sorted(config.stash.get(LEFT_OUT, Counter()).items()):
        terminalreporter.write_line(f"not on PostgreSQL: {number} tests, {reason}")


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    _Now.kind = getattr(request, "param", _usual)
    yield
    for name in _Now.made:
        _do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _Now.made.clear()
    _Now.kind = _usual


class Tally:
    """Counts what passed and failed, for the report."""

    def __init__(self) -> None:
        self.passed, self.failed = 0, 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test failed that failed in any of its phases."""
        self.passed += report.when == "call" and report.passed
        self.failed += report.failed

    def pytest_sessionfinish(self) -> None:
        """The row."""
        figure = f"{self.passed:,} tests on PostgreSQL {postgresql.version()}, {self.failed} failed"
        row = Row(
            "postgresql", "All that holds on SQLite holds on PostgreSQL", "the whole suite, each test in a database of "
            "its own; what is about SQLite alone is left out by name", figure if not self.failed else
            f"**did not hold** – {figure}", f"{datetime.now(UTC):%Y-%m-%d}", "`make test-postgresql`",
        )  # fmt: skip
        write({row.name: row}, REPORT)
