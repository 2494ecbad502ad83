"""`buren run`, killed with -9 at a named point: for `tests.support.processes`."""

from collections.abc import Sequence

from bot.__main__ import main as command_line
from tests.proofs.killing import points


def main(words: Sequence[str]) -> None:
    """Die at the nth passing of a point: `["sender: delivered", "2"]`."""
    point, nth = words
    points.arm(point, int(nth))
    command_line(["run"])
