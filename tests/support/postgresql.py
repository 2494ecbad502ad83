"""A PostgreSQL of the tests' own, in a folder that is thrown away; no root may run one, so another user does."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

OFF = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
FAST = " ".join([*(f"-c {name}=off" for name in OFF), "-c listen_addresses=''", "-c max_connections=300"])


def programs() -> Path:
    """Where Debian keeps them, the newest version, else wherever `postgres` is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    anywhere = shutil.which("postgres")
    assert found or anywhere, "apt-get install postgresql"
    return (found[-1] if found else Path(str(anywhere)).resolve()).parent


def run(*words: str) -> None:
    """Run one of its programs, as another user where we are root."""
    other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*other, *words], check=True, stdout=subprocess.DEVNULL, cwd="/")


def version() -> str:
    """The major one."""
    said = subprocess.run([programs() / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    return said.split()[2].partition(".")[0]


def start(folder: Path) -> None:
    """Make a cluster in `folder` and start it; its socket is there too."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    run(str(programs() / "initdb"), "-D", str(data), "-U", "buren", "-A", "trust", "-E", "UTF8", "--no-sync")
    begin = ("-D", str(data), "-o", f"{FAST} -k {folder}", "-l", str(folder / "log"))
    run(str(programs() / "pg_ctl"), *begin, "-w", "start")


def stop(folder: Path) -> None:
    """At once: nothing in it is worth keeping."""
    run(str(programs() / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")


@contextmanager
def cluster() -> Iterator[str]:
    """A cluster of a test's own; gives the address of an empty database in it."""
    with TemporaryDirectory(prefix="buren-pg-") as folder:
        start(Path(folder))
        try:
            yield f"postgresql://buren@/postgres?host={folder}"
        finally:
            stop(Path(folder))
