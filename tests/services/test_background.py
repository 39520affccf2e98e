import asyncio
import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread, Signal

from phdesk.api.errors import NotFoundError
from phdesk.models.failure import Cause
from phdesk.services.background import Background


@pytest.fixture
def heard():
    return []


async def value():
    return threading.current_thread().name


async def never():
    await asyncio.Event().wait()


def test_an_answer_comes_back_to_the_gui_thread(background, heard, qtbot):
    def done(name):
        heard.append((name, QThread.currentThread() is background.thread()))

    ticket = background.submit(value, done=done, failed=heard.append)
    assert ticket.active
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("phdesk-worker", True)]
    assert not ticket.active


def test_work_that_is_given_up_before_it_began_leaves_nothing(background, heard, qtbot):
    background.submit(never, done=heard.append, failed=heard.append).cancel()
    background.submit(value, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: heard == ["phdesk-worker"])
    qtbot.waitUntil(lambda: not background._tasks)


def test_an_api_error_comes_back_as_its_failure(background, heard, qtbot):
    async def fails():
        raise NotFoundError("Not there.")

    background.submit(fails, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert (heard[0].cause, heard[0].message) == (Cause.NOT_FOUND, "Not there.")


def test_an_unexpected_error_is_logged_and_shown_without_its_text(background, heard, qtbot, caplog):
    async def fails():
        raise KeyError("phx_secret")

    background.submit(fails, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].message == "Something went wrong inside phdesk."
    assert heard[0].detail == "KeyError"
    assert "Traceback" in caplog.text


def test_an_error_while_making_the_coroutine_is_unexpected_too(background, heard, qtbot, caplog):
    def broken():
        raise TypeError("no coroutine")

    background.submit(broken, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].detail == "TypeError"


def test_cancelled_work_ends_and_says_nothing(background, heard, qtbot):
    begun, ended = threading.Event(), threading.Event()

    async def work():
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    ticket = background.submit(work, done=heard.append, failed=heard.append)
    assert begun.wait(5)
    ticket.cancel()
    assert ended.wait(5)
    background.submit(value, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["phdesk-worker"]
    assert not ticket.active


def test_an_answer_that_is_on_its_way_is_dropped_when_cancelled(background, heard, qtbot):
    ready = threading.Event()

    async def work():
        asyncio.get_running_loop().call_soon(ready.set)
        return "late"

    ticket = background.submit(work, done=heard.append, failed=heard.append)
    assert ready.wait(5)
    ticket.cancel()
    background.submit(value, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["phdesk-worker"]


class Waits(QObject):
    came = Signal(object)

    def done(self, _name, outcome):
        self.came.emit(outcome)  # fails when Qt has destroyed it


def test_an_answer_for_who_was_destroyed_meanwhile_is_dropped(background, heard, qtbot):
    window = QObject()
    waits = Waits(window)
    done = partial(waits.done, "name")
    background.submit(value, done=done, failed=heard.append)
    background.submit(value, done=heard.append, failed=heard.append)
    shiboken6.delete(window)
    qtbot.waitUntil(lambda: heard == ["phdesk-worker"])


def test_work_that_cancels_itself_is_told(background, heard, qtbot):
    async def work():
        raise asyncio.CancelledError

    background.submit(work, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].cause is Cause.NETWORK


def test_work_after_the_end_fails(qtbot, heard):
    background = Background()
    background.submit(value, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].detail == "stopped"


def test_stopping_cancels_closes_and_joins(qtbot, heard):
    background = Background()
    background.start()
    closed = []

    async def close():
        closed.append(threading.current_thread().name)

    background.at_stop(close)
    for _ in range(10):
        background.submit(never, done=heard.append, failed=heard.append)
    assert background.stop()
    assert closed == ["phdesk-worker"]
    assert "phdesk-worker" not in {thread.name for thread in threading.enumerate()}
    assert heard == []


def test_nothing_that_is_done_at_the_end_waits_for_the_rest(qtbot, caplog):
    """Each session may wait for its own server, and all together have three seconds."""
    background = Background()
    background.start()
    meeting = asyncio.Barrier(3)

    async def close():
        await asyncio.wait_for(meeting.wait(), 2)

    for _ in range(3):
        background.at_stop(partial(close))
    assert background.stop()
    assert caplog.text == ""


def test_a_worker_that_hangs_is_told_and_left(qtbot, heard, caplog):
    background = Background()
    background.start()
    begun, release = threading.Event(), threading.Event()

    async def hangs():
        begun.set()
        release.wait(10)

    background.submit(hangs, done=heard.append, failed=heard.append)
    assert begun.wait(5)
    assert not background.stop(timeout=0.01)
    assert "did not stop" in caplog.text
    worker = next(each for each in threading.enumerate() if each.name == "phdesk-worker")
    release.set()
    worker.join(5)
    assert not worker.is_alive()


def test_the_worker_holds_no_callback(background, qtbot):
    """A widget whose last reference the worker dropped would block the app."""
    begun = threading.Event()

    async def work():
        begun.set()
        await asyncio.Event().wait()

    threads = []

    class Window:
        def __del__(self):
            threads.append(threading.current_thread())

        def show(self, _value):
            pass

    window = Window()
    ticket = background.submit(work, done=window.show, failed=window.show)
    assert begun.wait(5)
    del window
    ticket.cancel()
    assert threads == [threading.current_thread()]


def test_what_is_begun_at_the_end_and_not_waited_for_is_ended_too(qtbot):
    background = Background()
    background.start()
    ended = []

    async def lasting():
        try:
            await never()
        finally:
            ended.append(True)

    async def begins():
        ended.append(asyncio.ensure_future(lasting()))
        await asyncio.sleep(0)

    background.at_stop(begins)
    assert background.stop()
    task, end = ended
    assert end is True
    assert task.cancelled()
