"""A PostgreSQL of the tests' own, in a folder that is thrown away; no root may run one, so another user does."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"


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


@contextmanager
def cluster() -> Iterator[str]:
    """A cluster that runs; gives the address of an empty database in it."""
    with TemporaryDirectory(prefix="buren-pg-") as folder:
        data = Path(folder) / "data"
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        run(str(programs() / "initdb"), "-D", str(data), "-U", "buren", "-A", "trust", "-E", "UTF8", "--no-sync")
        begin = ("-D", str(data), "-o", f"{FAST} -k {folder}", "-l", str(Path(folder) / "log"))
        run(str(programs() / "pg_ctl"), *begin, "-w", "start")
        try:
            yield f"postgresql://buren@/postgres?host={folder}"
        finally:
            run(str(programs() / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
