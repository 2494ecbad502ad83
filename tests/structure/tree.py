"""The files of the project, for tests that read them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "models", "simulator")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed, relative to the root."""
    # The checkout may belong to another user than the one who tests it.
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(Path(name) for name in sorted(set(listed)) if name and (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """Modules below the given folders, or all of them."""
    return [path for path in files() if path.suffix == ".py" and (not folders or path.parts[0] in folders)]


def read(path: Path) -> str:
    """The text of a file named relative to the root; raises UnicodeDecodeError for what is not text."""
    return (ROOT / path).read_text(encoding="utf-8")
