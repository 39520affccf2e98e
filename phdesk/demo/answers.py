"""Keep computed answers and decide, per refresh mode, whether to compute again."""

import uuid
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import md5
from typing import Any

import msgspec

from phdesk.demo.engine import Engine, source_of
from phdesk.demo.errors import ApiError, not_found
from phdesk.demo.ranges import iso, parse_date
from phdesk.demo.selection import JSON

STALE_AFTER = {
    "minute": timedelta(seconds=15),
    "hour": timedelta(minutes=15),
    "day": timedelta(hours=2),
    "week": timedelta(hours=12),
    "month": timedelta(days=1),
}
_TABLE_KINDS = ("HogQLQuery", "EventsQuery", "ActorsQuery")
_TABLE_AGE = timedelta(minutes=1)
_STATUS_LIFE = timedelta(minutes=20)
_CACHE_ONLY = {"", "false", "force_cache"}
_ALWAYS = {"force_blocking", "true"}
_BACKGROUND = {"async", "lazy_async"}


@dataclass(slots=True)
class Answer:
    """One computed answer and when it was computed."""

    key: str
    query: Mapping[str, Any]
    body: JSON
    at: datetime
    fresh: timedelta | None = None  # for so long; None is as in PostHog

    def stale_at(self) -> datetime:
        """Tell when the answer counts as old: sooner for finer intervals."""
        return self.at + (self.fresh or age_of(self.query))

    def next_allowed(self) -> datetime:
        """Tell when a client may ask to recompute."""
        source = source_of(self.query)
        if source.get("kind") in _TABLE_KINDS:
            return self.at + timedelta(minutes=1)
        opening = (source.get("dateRange") or {}).get("date_from") or "-7d"
        recent = opening != "all" and parse_date(opening, self.at) > self.at - timedelta(days=8)
        pause = timedelta(minutes=3 if recent else 15)
        return self.at + (min(pause, self.fresh) if self.fresh else pause)

    def frame(self, *, cached: bool) -> JSON:
        """Describe the answer's age as every result does."""
        return {
            "is_cached": cached,
            "last_refresh": iso(self.at),
            "cache_target_age": iso(self.stale_at()),
            "next_allowed_client_refresh": iso(self.next_allowed()),
            "timezone": "UTC",
        }


@dataclass(slots=True)
class Job:
    """One computation in the background, as the poll endpoint reports it."""

    id: str
    start: datetime
    future: "Future[Answer] | None" = None
    task: str = field(default_factory=lambda: str(uuid.uuid4()))

    def status(self, now: datetime) -> JSON:
        """Describe the job; ``results`` come when it is complete."""
        done = self.future is not None and self.future.done()
        error = self.future.exception() if done and self.future else None
        detail = error.detail if isinstance(error, ApiError) and error.status < 500 else None
        answer = self.future.result() if done and self.future and error is None else None
        return {
            "complete": done,
            "dashboard_id": None,
            "end_time": iso(answer.at if answer else now) if done else None,
            "error": error is not None,
            "error_message": detail,
            "expiration_time": iso(self.start + _STATUS_LIFE),
            "id": self.id,
            "insight_id": None,
            "labels": None,
            "pickup_time": iso(self.start),
            "query_async": True,
            "query_progress": None,
            "results": full_body(answer, cached=False) if answer else None,
            "start_time": iso(self.start),
            "task_id": self.task,
            "team_id": 1,
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request gets: an answer, a job, both or neither."""

    key: str
    answer: Answer | None
    cached: bool
    job: Job | None = None


class Answers:
    """The cache in front of an engine. ``close`` waits for what is still computing.

    With ``fresh`` every answer counts as old after so long, whatever its query.
    """

    def __init__(self, engine: Engine, fresh: timedelta | None = None) -> None:
        self._engine = engine
        self._fresh = fresh
        self._known: dict[str, Answer] = {}
        self._jobs: dict[str, Job] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="demo-query")

    def close(self) -> None:
        """Finish the running computation and drop the waiting ones."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def ask(
        self, query: Mapping[str, Any], refresh: str | None, client_id: str | None = None
    ) -> Reply:
        """Answer as the refresh mode says; an unknown mode reads the cache only."""
        key = cache_key(query)
        known = self._known.get(key)
        mode = refresh or ""
        if mode in _CACHE_ONLY:
            return Reply(key, known, cached=known is not None)
        if mode == "force_async":
            return Reply(key, None, cached=False, job=self._start(query, key, client_id))
        if mode in _ALWAYS:
            return Reply(key, self._compute(query, key), cached=False)
        if known and not self._is_stale(known):
            return Reply(key, known, cached=True)
        if mode in _BACKGROUND or (mode == "async_except_on_cache_miss" and known):
            return Reply(key, known, cached=True, job=self._start(query, key, client_id))
        if mode in ("blocking", "async_except_on_cache_miss"):
            return Reply(key, self._compute(query, key), cached=False)
        return Reply(key, known, cached=known is not None)

    def about(self, query: Mapping[str, Any]) -> JSON | None:
        """Answer what asks about tables and SQL; nothing of it is kept."""
        return self._engine.about(query)

    def now(self) -> datetime:
        """Give the time of the world."""
        return self._engine.world.now()

    def poll(self, job_id: str) -> JSON:
        """Report a job; 404 when nobody knows it, or no longer."""
        now = self._engine.world.now()
        job = self._jobs.get(job_id)
        if job is None or now > job.start + _STATUS_LIFE:
            raise not_found(f"Query {job_id} not found for team 1")
        return job.status(now)

    def cancel(self, job_id: str) -> None:
        """Forget a job; what already runs runs to its end unseen."""
        job = self._jobs.pop(job_id, None)
        if job and job.future:
            job.future.cancel()

    def status(self, job: Job) -> JSON:
        """Describe a job that was just started: never complete yet, as in PostHog."""
        plain = Job(job.id, job.start, None, job.task)
        return plain.status(job.start) | {"pickup_time": None}

    def _is_stale(self, answer: Answer) -> bool:
        return self._engine.world.now() >= answer.stale_at()

    def _compute(self, query: Mapping[str, Any], key: str) -> Answer:
        body = self._engine.run(query)
        answer = Answer(key, query, body, self._engine.world.now(), self._fresh)
        self._known[key] = answer
        return answer

    def _start(self, query: Mapping[str, Any], key: str, client_id: str | None) -> Job:
        job_id = client_id or key
        running = self._jobs.get(job_id)
        if running and running.future and not running.future.done():
            return running
        job = Job(job_id, self._engine.world.now())
        self._jobs[job_id] = job
        job.future = self._pool.submit(self._compute, query, key)
        return job


def cache_key(query: Mapping[str, Any]) -> str:
    """Name a query by its content; the wrapper's drawing settings do not matter."""
    text = msgspec.json.encode(source_of(query), order="deterministic")
    return f"cache_{md5(text, usedforsecurity=False).hexdigest()}"


def age_of(query: Mapping[str, Any]) -> timedelta:
    """Choose how long an answer stays fresh, by the interval of its query."""
    source = source_of(query)
    if source.get("kind") in _TABLE_KINDS:
        return _TABLE_AGE
    return STALE_AFTER.get(str(source.get("interval") or "day"), STALE_AFTER["day"])


def full_body(answer: Answer, *, cached: bool) -> JSON:
    """Write an answer as the query endpoint does."""
    shared: JSON = {
        "cache_key": answer.key,
        "calculation_trigger": None,
        "modifiers": {},
        "query_status": None,
        "timings": [],
    }
    return shared | answer.frame(cached=cached) | answer.body
