"""The threads that turns run in: order, results, errors, and nobody waits for another one's delay."""

import asyncio
import threading
from functools import partial

import pytest

from bot.workers import HANDFUL, Workers


@pytest.fixture
def one():
    workers = Workers(1)
    yield workers
    workers.close()


async def test_one_thread_does_everything_in_its_order(one):
    done: list[int] = []
    await asyncio.gather(*(one.run(partial(done.append, n)) for n in range(3 * HANDFUL + 1)))
    assert done == list(range(3 * HANDFUL + 1))


async def test_each_gets_its_own_result_and_the_next_round_too(one):
    for _ in range(3):
        squares = await asyncio.gather(*(one.run(partial(pow, n, 2)) for n in range(HANDFUL + 3)))
        assert squares == [n * n for n in range(HANDFUL + 3)]


async def test_an_error_reaches_who_asked_and_nobody_else(one):
    def fail() -> None:
        raise LookupError("nothing there")

    first, second = asyncio.create_task(one.run(fail)), asyncio.create_task(one.run(lambda: 2))
    with pytest.raises(LookupError):
        await first
    assert await second == 2


async def test_a_result_does_not_wait_for_a_job_that_hangs(one):
    """Another program holds the database: what was committed before is answered all the same."""
    go_on = threading.Event()
    quick, slow = asyncio.create_task(one.run(lambda: "quick")), asyncio.create_task(one.run(go_on.wait))
    assert await quick == "quick"
    assert not slow.done()
    go_on.set()
    assert await slow


async def test_what_nobody_waits_for_any_more_is_not_begun(one):
    go_on = threading.Event()
    done: list[str] = []
    slow = asyncio.create_task(one.run(go_on.wait))
    given_up, last = asyncio.create_task(one.run(lambda: done.append("given up"))), one.run(lambda: done.append("last"))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    go_on.set()
    await asyncio.gather(slow, last)
    assert done == ["last"]


async def test_who_gives_up_in_the_middle_does_not_stop_the_work(one):
    begun, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def work() -> None:
        begun.set()
        go_on.wait()
        done.append("work")

    task = asyncio.create_task(one.run(work))
    await asyncio.get_running_loop().run_in_executor(None, begun.wait)
    task.cancel()
    go_on.set()
    assert await one.run(lambda: "next") == "next"
    assert done == ["work"]


async def test_several_threads_work_at_once():
    workers, both = Workers(2), threading.Barrier(2)
    try:
        await asyncio.wait_for(asyncio.gather(workers.run(both.wait), workers.run(both.wait)), 10)
    finally:
        workers.close()


async def test_closing_finishes_what_was_given():
    workers = Workers(1)
    done: list[int] = []
    given = [asyncio.create_task(workers.run(partial(done.append, n))) for n in range(3)]
    await asyncio.sleep(0)
    workers.close()
    await asyncio.gather(*given)
    assert done == [0, 1, 2]


async def test_no_result_is_handed_back_before_it_is_kept():
    go_on, seen = threading.Event(), threading.Event()

    def sync() -> None:
        seen.set()
        go_on.wait()

    workers = Workers(1, sync)
    try:
        first, second = (asyncio.create_task(workers.run(partial(pow, n, 2))) for n in (2, 3))
        await asyncio.get_running_loop().run_in_executor(None, seen.wait)
        assert not first.done()
        go_on.set()
        assert (await first, await second) == (4, 9)
    finally:
        go_on.set()
        workers.close()


async def test_while_the_disk_is_waited_for_the_next_turns_run():
    go_on, ran = threading.Event(), threading.Event()
    workers = Workers(1, go_on.wait)
    try:
        first = asyncio.create_task(workers.run(lambda: 1))
        await asyncio.sleep(0)
        second = asyncio.create_task(workers.run(ran.set))
        await asyncio.get_running_loop().run_in_executor(None, ran.wait)
        assert not first.done()
        go_on.set()
        await asyncio.gather(first, second)
    finally:
        go_on.set()
        workers.close()


async def test_what_could_not_be_kept_failed_and_what_failed_itself_says_why():
    def fail() -> None:
        raise LookupError("nothing there")

    def sync() -> None:
        raise OSError("the disk does not take it")

    workers = Workers(1, sync)
    found = await asyncio.gather(workers.run(lambda: 1), workers.run(fail), return_exceptions=True)
    assert [type(each) for each in found] == [OSError, LookupError]
    workers.close()


async def test_closing_keeps_what_was_given():
    kept: list[str] = []
    workers = Workers(1, lambda: kept.append("kept"))
    given = asyncio.create_task(workers.run(lambda: "done"))
    await asyncio.sleep(0)
    workers.close()
    assert kept
    assert await given == "done"
