import threading
from functools import partial

import pytest

from phdesk.services.loader import Loader


def tell_names(told, modules):
    told.append([module.__name__ for module in modules])


@pytest.fixture
def made():
    loaders = []

    def make(*names):
        loader = Loader(*names)
        loader.told = []
        loader.loaded.connect(partial(tell_names, loader.told))
        loader.failed.connect(loader.told.append)
        loaders.append(loader)
        return loader

    yield make
    for loader in loaders:
        loader.wait()


def test_modules_come_in_the_order_of_their_names(made, qtbot):
    loader = made("json", "colorsys", "json.decoder")
    loader.start()
    qtbot.waitUntil(lambda: loader.told == [["json", "colorsys", "json.decoder"]])


def test_they_are_told_in_the_thread_of_the_windows(made, qtbot):
    loader, threads = made("colorsys"), []

    def note_thread(_modules):
        threads.append(threading.current_thread())

    loader.loaded.connect(note_thread)
    loader.start()
    qtbot.waitUntil(lambda: threads == [threading.main_thread()])


def test_a_module_that_is_not_there_is_a_sentence(made, qtbot):
    loader = made("json", "phdesk.nowhere")
    loader.start()
    qtbot.waitUntil(lambda: bool(loader.told))
    assert loader.told == ["phdesk is not installed whole: No module named 'phdesk.nowhere'."]


def test_a_second_start_is_harmless(made, qtbot):
    loader = made("colorsys")
    loader.start()
    loader.start()
    qtbot.waitUntil(lambda: bool(loader.told))
    loader.start()
    assert not loader._timer.isActive(), "nothing more will be told"
    assert loader.told == [["colorsys"]]


def test_a_failure_is_told_again_to_who_asks_again(made, qtbot):
    loader = made("phdesk.nowhere")
    loader.start()
    qtbot.waitUntil(lambda: len(loader.told) == 1)
    loader.start()
    qtbot.waitUntil(lambda: len(loader.told) == 2)
    assert loader.told[0] == loader.told[1]


def test_who_waits_hears_nothing_more(made, qtbot):
    loader = made("colorsys")
    loader.start()
    loader.wait()
    assert not loader._timer.isActive()
    assert loader.told == []


def test_waiting_for_what_never_began_ends_at_once(made):
    made("colorsys").wait()
