"""A monitor's status as figures for Prometheus."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from phdesk.core.wall.roll import roll_of
from phdesk.models.status import Status, Window

WALL = ("monitor",)
BUDGET = ("calls", "side")
TILE = ("monitor", "dashboard", "tile")


class Gathered(CollectorRegistry):
    """All figures of one status, ready to be written."""

    def __init__(self, status: Status | None, *, healthy: bool) -> None:
        super().__init__(auto_describe=False)
        self._metrics = [
            _gauge("phdesk_healthy", "1 where there is nothing to worry about", float(healthy))
        ]
        if status is not None:
            self._metrics += [*_window(status.window), *_monitors(status), *_watch(status)]

    def collect(self) -> Iterator[Metric]:
        """Give the figures."""
        return iter(self._metrics)


def _window(window: Window) -> Iterable[Metric]:
    yield _gauge("phdesk_window_running", "1 while it paints", float(window.beats > 0))
    yield _gauge("phdesk_window_silence_seconds", "Since it painted last", window.silent)
    longest = "Longest between two paintings of this process"
    yield _gauge("phdesk_window_longest_silence_seconds", longest, window.longest_silence)
    yield _gauge("phdesk_window_safe_mode", "1 after a crash loop", float(window.safe))
    yield _gauge("phdesk_window_recent_crashes", "In the last 10 minutes", window.crashes)
    if window.memory is not None:
        yield _gauge("phdesk_window_memory_bytes", "Resident memory", window.memory)
    restarts = CounterMetricFamily("phdesk_window_restarts", "Starts but the first")
    restarts.add_metric((), max(0, window.starts - 1))
    yield restarts


def _watch(status: Status) -> Iterable[Metric]:
    yield _gauge("phdesk_start_time_seconds", "When it began", status.since.timestamp())
    if status.memory is not None:
        yield _gauge("phdesk_watch_memory_bytes", "Resident memory", status.memory)


def _monitors(status: Status) -> Iterable[Metric]:
    shown = CounterMetricFamily("phdesk_pages_shown", "Changes of page", labels=WALL)
    missed = CounterMetricFamily("phdesk_pages_missed", "Pages not ready in time", labels=WALL)
    late = CounterMetricFamily("phdesk_pages_late", "Pages waited for until drawn", labels=WALL)
    wait = GaugeMetricFamily("phdesk_page_longest_wait_seconds", "For one of them", labels=WALL)
    paused = GaugeMetricFamily("phdesk_paused", "1 while paused by hand", labels=WALL)
    on_show = GaugeMetricFamily("phdesk_on_show", "0 outside its hours, or if away", labels=WALL)
    problems = GaugeMetricFamily("phdesk_problems", "Things skipped, refused, away", labels=WALL)
    for beat in status.monitors:
        name = (beat.monitor,)
        shown.add_metric(name, beat.rotations)
        missed.add_metric(name, beat.missed)
        late.add_metric(name, beat.late)
        wait.add_metric(name, beat.longest_wait)
        paused.add_metric(name, float(beat.paused))
        on_show.add_metric(name, float(not beat.resting))
        problems.add_metric(name, len(beat.problems))
    yield from (shown, missed, late, wait, paused, on_show, problems, *_tiles(status))
    yield from _budget(status)


def _budget(status: Status) -> Iterable[Metric]:
    """Give what all monitors together spent: one budget is for all of them."""
    spent = GaugeMetricFamily("phdesk_budget_spent_calls", "In the last hour", labels=BUDGET)
    most = "The most of an hour; that of people is of both sides together"
    limit = GaugeMetricFamily("phdesk_budget_limit_calls", most, labels=BUDGET)
    for one in next((beat.spending for beat in status.monitors if beat.spending), ()):
        spent.add_metric((one.calls, "people"), one.people)
        spent.add_metric((one.calls, "clock"), one.clock)
        limit.add_metric((one.calls, "people"), one.limit)
        limit.add_metric((one.calls, "clock"), one.clock_limit)
    return spent, limit


def _tiles(status: Status) -> Iterable[Metric]:
    age = GaugeMetricFamily(
        "phdesk_tile_age_seconds", "Since its number was calculated", labels=TILE
    )
    stale = GaugeMetricFamily("phdesk_tile_stale", "1 past twice the refresh time", labels=TILE)
    failed = GaugeMetricFamily("phdesk_tile_failed", "1 where the last refresh failed", labels=TILE)
    on_show = GaugeMetricFamily("phdesk_tile_on_show", "1 on the page on show", labels=TILE)
    ages: dict[tuple[str, str, str], float] = {}
    states: dict[tuple[str, str, str], tuple[bool, bool, bool]] = {}
    for beat in status.monitors:
        for tile in roll_of(beat):
            labels = (beat.monitor, tile.dashboard, tile.tile)  # of several tiles: the worst
            was_stale, had_failed, was_seen = states.get(labels, (False, False, False))
            states[labels] = (
                was_stale or (tile.stale and not beat.resting),
                had_failed or bool(tile.failure),
                was_seen or (tile.on_show and not beat.resting),
            )
            if tile.calculated is not None:
                seconds = max(0.0, (status.at - tile.calculated).total_seconds())
                ages[labels] = max(seconds, ages.get(labels, 0.0))
    for labels, seconds in ages.items():
        age.add_metric(labels, seconds)
    for labels, (is_stale, has_failed, is_seen) in states.items():
        stale.add_metric(labels, float(is_stale))
        failed.add_metric(labels, float(has_failed))
        on_show.add_metric(labels, float(is_seen))
    return age, stale, failed, on_show


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value)
