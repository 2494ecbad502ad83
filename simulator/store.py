"""What must survive a kill -9: records of JSON by kind and key, and the bytes of files."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (kind TEXT, key INTEGER, part INTEGER, body TEXT NOT NULL,
                                    PRIMARY KEY (kind, key, part)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (file_id TEXT PRIMARY KEY, content BLOB NOT NULL);
"""


class InUseError(Exception):
    """Another process has this folder open."""


def dumps(value: Any) -> str:
    """JSON as it is stored and sent: in ASCII, like Telegram's, so that half a sign survives."""
    return json.dumps(value, separators=(",", ":"))


def check_text(value: Any) -> None:
    """Raises UnicodeEncodeError where half a sign is in it, which Telegram does not take."""
    json.dumps(value, ensure_ascii=False).encode()


class Store:
    """One SQLite file, or nothing at all without a folder; changes wait for `commit`."""

    def __init__(self, folder: Path | None) -> None:
        self._puts: dict[tuple[str, int, int], dict[str, Any] | None] = {}
        self._contents: dict[str, bytes] = {}
        self._db: sqlite3.Connection | None = None
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "telegram.db", isolation_level=None, timeout=0.2)
        try:
            # Exclusive: two servers on one folder would both hand out the same message ids.
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            # A killed process loses nothing with NORMAL; only a power cut might, and that costs no test anything.
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(SCHEMA)
        except sqlite3.OperationalError as error:
            self._db.close()
            raise InUseError(f"{folder} is in use by another process") from error

    def put(self, kind: str, key: int, value: dict[str, Any], part: int = 0) -> None:
        """Keep `value` (JSON) under this key from the next commit on, as it is then."""
        if self._db is not None:
            self._puts[kind, key, part] = value

    def drop(self, kind: str, key: int, part: int = 0) -> None:
        """Forget this record from the next commit on."""
        if self._db is not None:
            self._puts[kind, key, part] = None

    def put_file(self, file_id: str, content: bytes) -> None:
        """Keep the bytes of a file from the next commit on."""
        self._contents[file_id] = content

    def commit(self) -> None:
        """Write everything since the last commit in one transaction."""
        if self._db is None or not (self._puts or self._contents):
            return
        changed = [(*key, dumps(value)) for key, value in self._puts.items() if value is not None]
        gone = [key for key, value in self._puts.items() if value is None]
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", changed)
            self._db.executemany("DELETE FROM records WHERE kind = ? AND key = ? AND part = ?", gone)
            self._db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?)", list(self._contents.items()))
        self._puts.clear()
        self._contents.clear()

    def records(self, kind: str) -> Iterator[tuple[int, Any]]:
        """All of one kind as (key, value), by key and part."""
        if self._db is None:
            return
        rows = self._db.execute("SELECT key, body FROM records WHERE kind = ? ORDER BY key, part", (kind,))
        for key, body in rows:
            yield key, json.loads(body)

    def content(self, file_id: str) -> bytes | None:
        """The bytes of a file."""
        if file_id in self._contents or self._db is None:
            return self._contents.get(file_id)
        row = self._db.execute("SELECT content FROM files WHERE file_id = ?", (file_id,)).fetchone()
        return bytes(row[0]) if row else None

    def close(self) -> None:
        """Write what is left and let go of the file."""
        self.commit()
        if self._db is not None:
            self._db.close()
