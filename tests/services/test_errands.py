import asyncio

import pytest

from phdesk.services.errands import LASTING, MANY, Errands


@pytest.fixture
def heard():
    return []


async def never():
    await asyncio.Event().wait()


async def soon():
    return "soon"


def test_all_errands_are_given_up_at_once_and_nobody_else_s(background, heard, qtbot):
    mine, others = Errands(background), Errands(background)
    waiting = [mine.submit(never, done=heard.append, failed=heard.append) for _ in range(MANY + 2)]
    others.submit(soon, done=heard.append, failed=heard.append)
    mine.close()
    assert not any(ticket.active for ticket in waiting)
    qtbot.waitUntil(lambda: heard == ["soon"])


def test_the_removal_of_an_account_is_not_given_up(background, heard, qtbot):
    errands = Errands(background)
    errands.submit(soon, done=heard.append, failed=heard.append, tag=LASTING)
    errands.close()
    qtbot.waitUntil(lambda: heard == ["soon"])


def test_what_was_noted_for_the_end_is_done_once(background, heard, qtbot):
    async def closing():
        heard.append("closed")

    errands = Errands(background)
    errands.at_stop(closing)
    errands.close()
    qtbot.waitUntil(lambda: not background._closers)
    assert heard == ["closed"]


def test_what_was_done_before_the_end_is_not_done_again(background, heard):
    async def closing():
        heard.append("closed")

    errands = Errands(background)
    errands.at_stop(closing)
    errands.not_at_stop(closing)
    assert not background._closers
    errands.close()
    background.stop()
    assert heard == []


def test_what_could_not_be_done_before_the_worker_ends_is_done_then(background, heard):
    async def closing():
        heard.append("closed")

    errands = Errands(background)
    errands.at_stop(closing)
    errands.close()
    background.stop()
    assert set(heard) == {"closed"}
