"""What a soak reads of a wall, of statuses written by hand."""

import mmap
import os
from pathlib import Path

import psutil
import pytest
from msgspec.structs import replace

from tests.core.wall.statuses import beat, status, tile, window
from tests.soak.run import Soak, age_of, own_memory, silence, unknown

ROLLUP = Path("/proc/self/smaps_rollup")


@pytest.fixture
def soak(tmp_path):
    return Soak(None, tmp_path, None)


def sampled(soak, **fields):
    told = []
    here = status(beat(rotations=7, tiles=(tile(minutes=3), tile(minutes=9))), **fields)
    soak._sample(10.0, here, told.append)
    assert told == soak.samples
    return told


def test_a_sample_is_of_the_window(soak):
    (one,) = sampled(soak, pid=os.getpid(), window=window(pid=os.getpid()))
    assert (one.rotations, one.frames, one.item, one.age, one.unknown) == (7, 7, "d9", 540, 0)
    assert one.memory > 10_000_000


def test_no_other_process_is_taken_for_a_window_that_is_not_there(soak):
    assert sampled(soak, pid=os.getpid(), window=window(pid=None, phase="resting")) == []


def test_tiles_without_a_number_have_no_age_and_are_counted_as_a_bare_page_is():
    bare = status(beat(tiles=(replace(tile(), calculated=None), tile())))
    assert (age_of(status(beat(tiles=()))), unknown(bare)) == (0, 1)
    assert [unknown(status(beat(tiles=tiles))) for tiles in ((), (tile(),))] == [1, 0]


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"longest_silence": 2.0, "silent": 0.4}, 2.0),
        ({"longest_silence": 2.0, "silent": 5.0}, 5.0),
        ({"longest_silence": 0.0, "silent": 5.0, "beats": 0}, 0.0),
    ],
    ids=["over", "lasts", "starts"],
)
def test_a_silence_counts_while_it_lasts(fields, seconds):
    assert silence(window(**fields)) == seconds


def test_tracebacks_are_counted_in_old_logs_too(soak):
    raised = b"Traceback (most recent call last):\n  File ...\nValueError: 3\n"
    for name, count in (("monitor.log", 1), ("monitor.log.1", 2), ("output", 1), ("other", 5)):
        (soak.folder / name).write_bytes(b"watching\n" + raised * count)
    assert soak.tracebacks == 4


@pytest.mark.skipif(not ROLLUP.exists(), reason="Linux tells it")
def test_memory_that_is_shared_with_the_x_server_counts():
    before = own_memory(psutil.Process())
    handle = os.memfd_create("picture")
    os.ftruncate(handle, 40_000_000)
    with mmap.mmap(handle, 40_000_000) as shared:
        shared.write(b"x" * 40_000_000)
        assert own_memory(psutil.Process()) - before > 30_000_000
    os.close(handle)
