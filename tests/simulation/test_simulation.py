"""One seed decides everything: nothing is lost, nothing happens twice, and nobody reads what is not theirs."""

import faulthandler
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.simulation.driver import STEPS, play, quietly
from tests.simulation.sabotages import ROOT, SABOTAGES, caught, spoilt
from tests.simulation.telegram import NATURAL, OF_LETTERS, OF_POLLS
from tests.support.proving import Proof

SHARDS = 4
FEW = 50  # steps, where all that everybody runs has to be quick
OFTEN = 100  # each kind of fault has to happen so many times in a full run
# What can go wrong, as it is counted, and the name of its figure.
FAULTS = {
    kind: kind.replace("poll: ", "p_").replace(" ", "_").replace("40", "code_40").replace("50", "code_50")
    for kind in [
        *OF_LETTERS,
        *NATURAL,
        *(f"poll: {kind}" for kind in OF_POLLS),
        "kept", "query is too old", "database busy", "database commit", "disorder", "redelivered", "outage", "deaths",
    ]
}  # fmt: skip
QUICK = "do not wait as long as Telegram says"  # is caught by the first seeds


@pytest.mark.long
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.proof(
    "simulation",
    promise="Whatever people, Telegram, the database and the machine do: nothing acknowledged is lost, nothing happens "
    "twice, one helper has a task, and nobody else reads an address",
    how="one seed decides what people do, what Telegram answers and where the process dies; an oracle judges what goes "
    "over the wire",
    figure="{seeds} seeds of 200 steps, {broken} broken; {again} letters twice, at most {twice} a death in a chat. "
    + "; ".join(f"{kind}: {{{figure}}}" for kind, figure in FAULTS.items()),
    goal={"seeds": 10_000},
    shards=SHARDS,
)
def test_nothing_is_lost_and_nobody_reads_what_is_not_theirs(shard: int, proof: Proof) -> None:
    quietly()
    size = proof.size(1)
    counts: Counter[str] = Counter()
    for seed in range(1 + shard * size, 1 + (shard + 1) * size):
        faulthandler.cancel_dump_traceback_later()  # all seeds of a share take hours; each comes to its end
        played = play(seed, STEPS if proof.full else FEW)
        counts.update(played.counts)
        counts["deaths"] += sum(count for kind, count in played.counts.items() if kind.startswith("crash "))
        proof.count(seeds=1, broken=bool(played.violations), again=played.duplicates)
        proof.most(twice=played.most_duplicates)
        assert not played.violations, played.report()
    proof.count(**{figure: counts[kind] for kind, figure in FAULTS.items()})
    seldom = [kind for kind in FAULTS if counts[kind] < OFTEN / SHARDS]
    assert not (proof.full and seldom), f"these hardly ever happen: {seldom}"


def test_the_same_seed_twice_is_the_same_trace_also_in_another_process() -> None:
    quietly()
    first, _, again = play(7, 40), play(8, 10), play(7, 40)
    assert first.digest == again.digest
    elsewhere = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "--seeds", "1", "--first", "7", "--steps", "40"],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "12345"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"seed 7: trace {first.digest}" in elsewhere.stdout


def test_another_seed_is_another_trace() -> None:
    quietly()
    assert play(7, 20).digest != play(8, 20).digest


@pytest.mark.long
@pytest.mark.parametrize("name", SABOTAGES)
@pytest.mark.proof(
    "sabotages",
    promise="The simulation sees a defect when there is one",
    how="each of a list of defects is put into a copy of the tree, and seeds are played until one breaks a rule",
    figure="{sabotages} sabotages, {caught} caught within 200 seeds each",
    goal={"sabotages": len(SABOTAGES)},
    shards=len(SABOTAGES),
)
def test_each_sabotage_is_caught(name: str, proof: Proof, tmp_path: Path) -> None:
    assert spoilt(name), "the place of each is found, once"
    if proof.full or name == QUICK:
        said = caught(name, tmp_path)
        proof.count(sabotages=1, caught=bool(said))
        assert said
