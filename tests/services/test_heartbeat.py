"""A window's end of the two pipes: nothing on them ever holds it up."""

import os
import threading
import time
from datetime import UTC, datetime

import msgspec
import pytest

from phdesk.models.beat import Beat
from phdesk.services import heartbeat as module
from phdesk.services.heartbeat import Heartbeat
from phdesk.services.lifeline import Inbox, Outbox

AT = datetime(2026, 3, 2, tzinfo=UTC)


def beat(frame=1, monitor="HDMI-1", title=""):
    return Beat(monitor=monitor, at=AT, frame=frame, title=title)


class Pipe:
    """Both ends of a pipe, closed after the test."""

    def __init__(self):
        read, write = os.pipe()
        self.read, self.write = os.fdopen(read, "rb"), os.fdopen(write, "wb", buffering=0)

    def close(self):
        for end in (self.write, self.read):
            end.close()


@pytest.fixture
def pipe():
    made = Pipe()
    yield made
    made.close()


@pytest.fixture
def wishes():
    made = Pipe()
    yield made
    made.close()


def test_a_thousand_beats_arrive_as_lines_the_newest_last(pipe):
    outbox = Outbox(pipe.write)
    outbox.start()
    for frame in range(1000):
        outbox.put(beat(frame))
    last = -1
    while last < 999:
        read = msgspec.json.decode(pipe.read.readline(), type=Beat)
        assert read.frame > last
        last = read.frame


def test_a_full_pipe_holds_nobody_up_and_keeps_the_newest_of_each_monitor(pipe):
    outbox = Outbox(pipe.write)
    outbox.start()
    slowest = 0.0
    for frame in range(300):
        for monitor in ("left", "right"):
            began = time.perf_counter()
            outbox.put(beat(frame, monitor, "x" * 10_000))  # 6 MB: a pipe holds some 64 kB
            slowest = max(slowest, time.perf_counter() - began)
    assert slowest < 0.5
    newest = {}
    while newest.get("left") != 299 or newest.get("right") != 299:
        read = msgspec.json.decode(pipe.read.readline(), type=Beat)
        newest[read.monitor] = read.frame


def test_where_nobody_reads_any_more_it_falls_silent(pipe, qtbot):
    outbox = Outbox(pipe.write)
    outbox.start()
    pipe.read.close()
    outbox.put(beat())
    qtbot.waitUntil(lambda: outbox.broken)
    outbox.put(beat())


def test_wishes_are_read_and_nonsense_is_not(wishes, qtbot):
    inbox = Inbox(wishes.read.fileno(), leave=left_alone)
    inbox.start()
    wishes.write.write(b'{"act": "dance"}\nhello\n\xff\n{"act": "trim"}\n{"act": "stop"}\n')
    said = []
    qtbot.waitUntil(lambda: said.extend(inbox.taken()) or len(said) == 2)
    assert said == ["trim", "stop"]
    inbox.close()
    wishes.write.close()


def test_a_window_that_does_not_leave_when_its_watch_is_gone_is_ended(wishes, monkeypatch):
    monkeypatch.setattr("phdesk.services.lifeline.GRACE", 0.05)
    ended = threading.Event()
    inbox = Inbox(wishes.read.fileno(), leave=lambda _code: ended.set())
    inbox.start()
    wishes.write.close()
    assert ended.wait(5)
    assert inbox.taken() == ["gone"]


def test_a_window_that_leaves_by_itself_is_not(wishes, monkeypatch, qtbot):
    monkeypatch.setattr("phdesk.services.lifeline.GRACE", 60)
    calls = []
    inbox = Inbox(wishes.read.fileno(), leave=calls.append)
    inbox.start()
    inbox.close()
    wishes.write.close()
    qtbot.waitUntil(lambda: inbox.taken() == ["gone"])
    qtbot.waitUntil(lambda: not any(one.name == "phdesk-wishes" for one in threading.enumerate()))
    assert calls == []


class Box:
    """Stands for both pipes."""

    sent = 1

    def __init__(self):
        self.beats, self.words = [], []

    def start(self):
        """Nothing to start."""

    close = start

    def put(self, one):
        self.beats.append(one)

    def taken(self):
        words, self.words = self.words, []
        return words


@pytest.fixture
def made(qtbot, monkeypatch):
    monkeypatch.setattr(module, "LOOK", 10)
    monkeypatch.setattr(module, "SELDOM", 0.03)
    monkeypatch.setattr(module, "OFTEN", 0.02)
    box = Box()
    box.asked, box.on_screen = 0, True

    def repaint():
        box.asked += 1
        return box.on_screen

    heart = Heartbeat(lambda: [beat(len(box.beats))], repaint, box, box)
    heart.start()
    yield heart, box
    heart.stop()


def test_where_nothing_paints_it_asks_for_a_painting_and_does_not_beat(made, qtbot):
    _, box = made
    qtbot.waitUntil(lambda: box.asked > 3)
    assert box.beats == []


def test_what_is_on_no_screen_beats_by_the_clock(made, qtbot):
    _, box = made
    box.on_screen = False
    qtbot.waitUntil(lambda: len(box.beats) > 3)


def test_paintings_close_together_are_one_beat(made, monkeypatch):
    heart, box = made
    monkeypatch.setattr(module, "OFTEN", 3600)
    monkeypatch.setattr(box, "sent", 0)
    heart.note_painting()
    monkeypatch.setattr(box, "sent", 1)
    for _ in range(100):
        heart.note_painting()
    assert len(box.beats) == 1


@pytest.mark.parametrize("word", ["stop", "gone"])
def test_it_asks_the_window_to_leave(made, qtbot, word):
    heart, box = made
    with qtbot.waitSignal(heart.stop_requested):
        box.words.append(word)


def test_it_asks_the_window_to_trim(made, qtbot):
    heart, box = made
    with qtbot.waitSignal(heart.trim_requested):
        box.words.append("trim")


def left_alone(_code):
    pytest.fail("a window that left was ended")
