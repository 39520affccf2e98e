import sys
import threading
from functools import partial
from types import ModuleType

import pytest

from phdesk.services.loader import Loader


def tell_names(told, modules):
    told.append([module.__name__ for module in modules])


@pytest.fixture
def made():
    loaders = []

    def make(*names, named_first=()):
        loader = Loader(*names, named_first=named_first)
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


class Lazy(ModuleType):
    """A module that makes its parts when they are named, and remembers in which thread."""

    def __init__(self):
        super().__init__("lazy")
        self.made_in = {}

    def __dir__(self):
        return [f"Part{n}" for n in range(50)]

    def __getattr__(self, name):
        if not name.startswith("Part"):
            raise AttributeError(name)
        self.made_in.setdefault(name, threading.current_thread())
        return name


def test_all_parts_are_named_in_turns_of_the_windows_thread_before_the_import(
    made, qtbot, monkeypatch
):
    lazy = Lazy()
    monkeypatch.setitem(sys.modules, "lazy", lazy)
    monkeypatch.setattr("phdesk.services.loader.SLICE", -1)  # a name a turn
    loader = made("colorsys", named_first=("lazy",))
    loader.start()
    assert len(lazy.made_in) == 1
    assert loader._thread.ident is None
    qtbot.waitUntil(lambda: loader._thread.ident is not None)
    assert len(lazy.made_in) == 50
    assert {*lazy.made_in.values()} == {threading.main_thread()}
    qtbot.waitUntil(lambda: loader.told == [["colorsys"]])


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
