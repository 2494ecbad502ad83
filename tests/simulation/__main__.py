"""`make simulate SEEDS=… FIRST=…`: play seeds, and say what broke where."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.simulation.driver import STEPS, play, quietly


def say(line: str) -> None:
    """At once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Play; 1 where a rule was broken."""
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first one")
    parser.add_argument("--steps", type=int, default=STEPS, help="of each")
    parser.add_argument("--until-broken", action="store_true", help="stop at the first that breaks a rule")
    asked = parser.parse_args()
    quietly()
    counts: Counter[str] = Counter()
    broken, begun = 0, time.process_time()
    for seed in range(asked.first, asked.first + asked.seeds):
        played = play(seed, asked.steps)
        counts.update(played.counts)
        counts["duplicates"] += played.duplicates
        if played.violations:
            broken += 1
            say(played.report())
            if asked.until_broken:
                return 1
        elif asked.seeds <= 20:
            say(f"seed {seed}: trace {played.digest}")
    say("\n".join(f"{count:>8} {kind}" for kind, count in sorted(counts.items())))
    spent = time.process_time() - begun
    say(f"{asked.seeds} seeds of {asked.steps} steps, {broken} broken, {spent / asked.seeds:.2f} s a seed")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
