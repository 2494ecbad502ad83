"""Coverage: with `make test`, Slipcover watches this process, whatever it imports after this module.

Slipcover starts in the workers of pytest and gathers what they saw; here is what it does not do by itself: migrations,
which Alembic loads in another way, and the programs that tests start.
"""

import json
import os
import pickle
from pathlib import Path

import slipcover
from slipcover import pytest_plugin

_watcher = pytest_plugin._slipcover_instance
if _watcher is not None and pytest_plugin._file_matcher is not None:
    slipcover.wrap_spec_from_file_location(_watcher, pytest_plugin._file_matcher)
    # To leave off what was seen often would save little, and fails when two threads run.
    _watcher.d_miss_threshold = 2**31 - 1


def forget() -> None:
    """In a new process: what its parent saw is not its own."""
    if _watcher is not None:
        _watcher.signal_child_process()


def keep(file: Path) -> None:
    """Write what this process saw."""
    if _watcher is not None:
        file.write_bytes(pickle.dumps(dict(_watcher._get_newly_seen())))


def add(file: Path) -> None:
    """Take what another process kept for one's own; nothing where it was killed before."""
    if _watcher is not None and file.exists():
        for name, seen in pickle.loads(file.read_bytes()).items():  # noqa: S301 – written by `keep`
            _watcher.all_seen[name].update(seen)
        file.unlink()


def report() -> None:
    """Hand over what was seen, as the workers of pytest do."""
    if _watcher is not None and pytest_plugin._coverage_dir:
        file = Path(pytest_plugin._coverage_dir) / f"coverage-gw-{os.getpid()}.json"
        file.write_text(json.dumps(_watcher.get_coverage()), encoding="utf-8")
