from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.models.failure import Cause, Failure
from phdesk.services.queue import AT_ONCE, Job, RefreshQueue, jobs_for, oldest
from phdesk.store.changes import with_dashboard
from phdesk.store.state import EMPTY, Progress
from tests.store.builders import NOON, answer, at, board, text, tile

STALE = answer(-5, cache_target_age=at(-1))
FRESH = answer(-5, cache_target_age=at(60))


def held(*tiles):
    return with_dashboard(EMPTY, board(*tiles), now=NOON, asked=1)[0].dashboards[9]


def ids(jobs):
    return [job.tile for job in jobs]


def test_stale_and_missing_tiles_go_from_the_top_left():
    tiles = (tile(1, STALE, y=5), tile(2, answer(), x=6), tile(3, FRESH), tile(4, STALE), text(5))
    assert ids(jobs_for(held(*tiles), NOON)) == [4, 2, 1]


def test_tiles_on_screen_go_first():
    tiles = (tile(1, STALE), tile(2, STALE, y=5), tile(3, STALE, y=9))
    assert ids(jobs_for(held(*tiles), NOON, visible=(3, 2))) == [3, 2, 1]


def test_by_the_clock_the_oldest_numbers_go_first_behind_those_on_screen():
    older = answer(-50, cache_target_age=at(-1))
    tiles = (tile(1, STALE), tile(2, older, y=5), tile(3, answer(), y=9), tile(4, STALE, y=12))
    jobs = jobs_for(held(*tiles), NOON, visible=(4,), background=True)
    assert ids(jobs) == [4, 3, 2, 1]


@given(st.integers(1, 12), st.integers(1, 4))
def test_where_limits_let_few_go_each_time_each_has_its_turn(count, each_time):
    made = dict.fromkeys(range(count), -5)
    for turn in range(-(-count // each_time)):
        tiles = [
            tile(one, answer(when, cache_target_age=at(-1)), y=one) for one, when in made.items()
        ]
        jobs = jobs_for(held(*tiles), NOON, background=True)
        made |= {job.tile: -4 + turn / 100 for job in jobs[:each_time]}
    assert min(made.values()) > -5


@given(st.sets(st.integers(0, 11)), st.integers(2, 5))
def test_numbers_that_always_fail_keep_no_other_back_and_are_tried_themselves(lost, each_time):
    count, turns, asked = 12, 48, Counter()
    state = held(*(tile(one, STALE, y=one) for one in range(count)))
    for turn in range(1, turns + 1):
        for job in jobs_for(state, NOON, background=True)[:each_time]:
            asked[job.tile] += 1
            was = state.tiles[job.tile]
            if job.tile in lost:
                now = replace(was, failure=Failure(cause=Cause.SERVER, message="no"), asked=turn)
            else:
                new = answer(-4 + turn / 100, cache_target_age=at(-1))
                now = replace(was, insight=new, asked=turn)
            state = replace(state, tiles={**state.tiles, job.tile: now})
    assert len(asked) == count
    assert min(asked.values()) >= turns * (each_time // 2) // count


def test_a_dashboard_is_as_old_as_its_oldest_number_that_can_be_had():
    state = held(tile(1, answer(-50)), tile(2, answer(-5), y=5))
    first = replace(state.tiles[1], failure=Failure(cause=Cause.SERVER, message="no"))
    assert oldest(state) == at(-50).timestamp()
    assert oldest(replace(state, tiles={**state.tiles, 1: first})) == at(-5).timestamp()
    assert oldest(replace(state, tiles={1: first})) == at(-50).timestamp()
    assert oldest(None) == 0.0


def test_of_some_dashboards_only_some_tiles_matter():
    tiles = (tile(1, STALE), tile(2, STALE, y=5), tile(3, FRESH, y=9))
    assert ids(jobs_for(held(*tiles), NOON, only={2, 3})) == [2]
    assert ids(jobs_for(held(*tiles), NOON, only={2, 3}, force=True)) == [2, 3]
    assert ids(jobs_for(held(*tiles), NOON, only=())) == []


def test_force_takes_all_that_can_be_calculated():
    hidden = replace(answer(), no_access=True)
    nameless = replace(answer(), id=None)
    tiles = (tile(1, FRESH), tile(2, hidden), tile(3, answer(), error="odd"), tile(4, nameless))
    jobs = jobs_for(held(*tiles, text(5)), NOON, force=True)
    assert jobs == [Job(9, 1, force=True)]


def test_two_run_at_once_and_a_finished_one_makes_room():
    queue = RefreshQueue()
    queue.add(Job(9, tile) for tile in (1, 2, 3, 4))
    first = queue.take()
    assert ids(first) == [1, 2]
    assert queue.take() == []
    queue.finish(first[0])
    assert ids(queue.take()) == [3]
    assert queue.progress(9) == Progress(1, 4)


def test_progress_ends_with_the_last_tile():
    queue = RefreshQueue()
    queue.add([Job(9, 1)])
    queue.finish(queue.take()[0])
    assert queue.progress(9) is None
    queue.add([Job(9, 2)])
    assert queue.progress(9) == Progress(0, 1)


def test_a_tile_waits_once_and_force_wins():
    queue = RefreshQueue()
    assert queue.add([Job(9, 1)]) == [Job(9, 1)]
    assert queue.add([Job(9, 1, force=True)]) == []
    assert queue.take() == [Job(9, 1, force=True)]
    assert queue.add([Job(9, 1)]) == []


def test_what_comes_on_screen_goes_first():
    queue = RefreshQueue(at_once=1)
    queue.add(Job(9, tile) for tile in (1, 2, 3))
    queue.put_first(9, [3, 77])
    assert ids(queue.take()) == [3]


def test_a_closed_dashboard_gives_up_its_jobs_only():
    queue = RefreshQueue()
    queue.add([Job(9, 1), Job(8, 1), Job(9, 2)])
    queue.take()
    assert ids(queue.drop(9)) == [1, 2]
    assert queue.progress(9) is None
    assert queue.progress(8) == Progress(0, 1)
    queue.finish(Job(9, 1))  # its answer comes late
    assert queue.progress(9) is None


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "take", "finish", "drop"]), st.integers(1, 2), st.integers(1, 5)
    )
)


@given(STEPS)
def test_never_more_run_than_may_and_none_twice(steps):
    queue = RefreshQueue()
    running = []
    for step, dashboard, tile_id in steps:
        if step == "add":
            queue.add([Job(dashboard, tile_id)])
        elif step == "take":
            running += queue.take()
        elif step == "finish" and running:
            queue.finish(running.pop(0))
        elif step == "drop":
            gone = queue.drop(dashboard)
            running = [job for job in running if job not in gone]
        assert len(running) <= AT_ONCE
        assert len({job.where for job in running}) == len(running)


def test_a_job_that_could_not_be_started_waits_again_before_the_others():
    queue = RefreshQueue(at_once=1)
    queue.add(Job(9, tile) for tile in (1, 2))
    (first,) = queue.take()
    queue.put_back(first)
    assert queue.progress(9) == Progress(0, 2)
    assert queue.take() == [first]
    queue.drop()
    queue.put_back(first)  # it was given up meanwhile
    assert queue.progress(9) is None


def test_those_of_people_start_first_and_what_may_not_start_holds_up_no_other():
    queue = RefreshQueue()
    queue.add([Job(9, 1, background=True), Job(9, 2), Job(9, 3)])
    assert ids(queue.take(lambda job: job.tile != 2)) == [3, 1]
    assert queue.progress(9) == Progress(0, 3)
    queue.add([Job(8, 4, background=True)])
    queue.add([Job(8, 4)])
    assert queue.drop_calm() == [], "somebody waits for it by now"


def test_what_the_clock_wants_keeps_no_person_waiting_in_line():
    queue = RefreshQueue()
    queue.add([Job(9, n, background=True) for n in range(4)])
    assert [job.tile for job in queue.take()] == [0, 1]
    queue.add([Job(9, n) for n in range(10, 14)])
    assert [job.tile for job in queue.take()] == [10, 11]
    queue.finish(Job(9, 10))
    queue.finish(Job(9, 0, background=True))
    assert [job.tile for job in queue.take()] == [12]
    for job in (Job(9, 11), Job(9, 12)):
        queue.finish(job)
    assert [job.tile for job in queue.take()] == [13]
    queue.finish(Job(9, 13))
    assert [job.tile for job in queue.take()] == [2]
