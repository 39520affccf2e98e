"""The simulated clock: nothing happens before all that could happen earlier is done."""

import asyncio
from datetime import UTC, datetime

import pytest

from phdesk.store.store import Store
from tests.benchmarks.simulated import TIMED, Alarm, Clock, Worker, timers


@pytest.fixture
def clock():
    return Clock(datetime(2026, 1, 5, tzinfo=UTC))


@pytest.fixture
def worker(qapp, clock):
    worker = Worker(clock, Store())
    worker.start()
    yield worker
    worker.stop()


def advance(clock, worker, until):
    while clock.at < until:
        clock.advance(worker.settle(), until)
        clock.ring()
    worker.settle()


def test_what_waits_is_woken_in_the_order_of_time(clock, worker):
    heard = []

    async def after(seconds):
        await asyncio.sleep(seconds)
        return seconds, clock.at

    alarm = Alarm(clock)
    alarm.setSingleShot(True)
    alarm.timeout.connect(lambda: heard.append(("alarm", clock.at)))
    alarm.start(1_500)
    for seconds in (2, 0, 1):
        worker.submit(lambda seconds=seconds: after(seconds), done=heard.append, failed=print)
    advance(clock, worker, 60)
    assert heard == [(0, 0), (1, 1), ("alarm", 1.5), (2, 2)]


def test_who_is_called_back_may_ask_again_before_time_passes(clock, worker):
    heard = []

    async def now():
        return clock.at

    def again(at):
        heard.append(at)
        if len(heard) < 20:
            worker.submit(now, done=again, failed=print)

    worker.submit(now, done=again, failed=print)
    worker.settle()
    assert heard == [0.0] * 20


def test_a_timer_rings_again_and_stands_still_in_sleep(clock, worker):
    heard = []
    alarm = Alarm(clock)
    alarm.setInterval(15_000)
    alarm.timeout.connect(lambda: heard.append(clock.at))
    alarm.start()
    advance(clock, worker, 40)
    clock.sleep(3600)
    advance(clock, worker, 3650)
    alarm.stop()
    assert not alarm.isActive()
    assert heard == [15, 30, 3645]


def test_time_goes_on_however_floats_add_up(clock, worker):
    heard = []
    alarm = Alarm(clock)
    alarm.timeout.connect(lambda: heard.append(clock.at))
    clock.at = 86_399.3
    alarm.start(700.1)
    advance(clock, worker, 86_400 + 0.7001 * 2_000)
    alarm.stop()
    assert len(heard) == pytest.approx(2_000, abs=2)


def test_who_waits_for_no_clock_is_named(clock, worker):
    async def forever():
        await asyncio.get_running_loop().create_future()

    ticket = worker.submit(forever, done=print, failed=print)
    with pytest.raises(AssertionError, match="no clock"):
        worker.settle()
    ticket.cancel()


def test_work_in_another_thread_is_refused(clock, worker):
    heard = []

    async def elsewhere():
        try:
            await asyncio.to_thread(print)
        except AssertionError as error:
            return str(error)

    worker.submit(elsewhere, done=heard.append, failed=print)
    worker.settle()
    assert heard == ["a thread would have a time of its own"]


def test_all_that_runs_by_the_simulated_clock_has_timers(clock):
    with timers(clock):
        made = [module.QTimer() for module in TIMED]
    assert clock.alarms == made
