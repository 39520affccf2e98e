"""What a person chose, kept as a TOML file that a person may edit."""

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

import msgspec
import tomli_w
from msgspec import Meta, Struct
from msgspec.structs import replace

from phdesk.core.reviews import Kept, Reviewed
from phdesk.services.files import write_whole

Theme = Literal["system", "light", "dark"]
AlertSeverity = Literal["info", "warning", "critical"]
WallAlerts = Literal["badge", "take over", "off"]
T = TypeVar("T", bound=Struct)
V = TypeVar("V")
MOST_RECENT = 20


class Recent(Struct, frozen=True, gc=False):
    """A dashboard and when it was opened last."""

    dashboard: int
    at: datetime


class FilterView(Struct, frozen=True, gc=False):
    """Filters with a name of their own, as JSON: a person may copy it from PostHog."""

    name: str
    filters: str


class Window(Struct, frozen=True, gc=False):
    """Where the main window was; in logical pixels of the whole desktop."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False


class KeptWindow(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A window that is to be opened: what it shows, and where it stands."""

    account: str
    project: int = 0  # 0: the last one
    dashboard: int | None = None
    tabs: tuple[int, ...] = ()  # empty for one alone
    place: Window | None = None


class Settings(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """All settings; mappings go from account id to what belongs to that account."""

    theme: Theme = "system"
    colorblind: bool = False  # charts in colours that colour-blind eyes tell apart
    reduced_motion: bool = False  # nothing glides on screen
    letter_keys: bool = True  # single letters are shortcuts (WCAG 2.1.4: they can be switched off)
    sidebar: bool = True  # beside the page, in windows wide enough for it
    account: str | None = None
    auto_refresh_minutes: int = 30  # 0: never; at least 5
    refresh_on_battery: bool = True
    refresh_on_metered: bool = False  # on connections of which each byte costs
    background_share: int = 20  # %, of the team's limits, at most, for what nobody waits for
    watch_unopened: bool = False  # refresh watched tiles of dashboards that are not open, too
    keep_running: bool = False  # for alerts, when the last window is closed
    keep_running_told: bool = False  # that it does, which is said once
    notifications: bool = True  # of alerts, on the desktop; the inbox has all of them anyhow
    quiet_hours: tuple[str, ...] = ()  # "22:00-07:00", "sat,sun 00:00-24:00": told afterwards, once
    alert_sounds: tuple[AlertSeverity, ...] = ("critical",)
    remind_minutes: int = 0  # again, of new watches, while they last; 0: never
    wall_alerts: WallAlerts = "badge"  # that fire, in monitor mode (F)
    alert_command: tuple[str, ...] = ()  # program and arguments, for `phdesk alerts watch`
    drop_percent: Annotated[int, Meta(ge=1, le=99)] = 20  # a fall that is told since the last look
    store_megabytes: int = 500  # on disk, of answers and their history
    projects: Mapping[str, int] = {}  # the last project
    dashboards: Mapping[str, int] = {}  # the last dashboard
    favourites: Mapping[str, tuple[int, ...]] = {}
    tabs: Mapping[str, tuple[int, ...]] = {}  # of the last project; empty for one alone
    recent: Mapping[str, tuple[Recent, ...]] = {}  # the last opened first
    filter_views: Mapping[str, tuple[FilterView, ...]] = {}  # in the order of their keys
    review_reminders: bool = True  # when a look through definitions or stale dashboards is due
    reviews: Mapping[str, Mapping[str, Reviewed]] = {}  # by project and review, as "7/stale"
    window: Window | None = None
    windows: tuple[KeptWindow, ...] = ()  # open beside that one, which all the above describes


DEFAULTS = Settings()


def opened(settings: Settings, account: str, dashboard: int, now: datetime) -> Settings:
    """Note that a dashboard was opened."""
    others = [each for each in settings.recent.get(account, ()) if each.dashboard != dashboard]
    recent = (Recent(dashboard, now), *others)[:MOST_RECENT]
    return replace(
        settings,
        dashboards={**settings.dashboards, account: dashboard},
        recent={**settings.recent, account: recent},
    )


def chosen(settings: Settings, account: str, project: int) -> Settings:
    """Note the account and project in use."""
    return replace(settings, account=account, projects={**settings.projects, account: project})


def starred(settings: Settings, account: str, dashboard: int, *, on: bool) -> Settings:
    """Make a dashboard a favourite, or no longer."""
    others = [each for each in settings.favourites.get(account, ()) if each != dashboard]
    new = (*others, dashboard) if on else tuple(others)
    return replace(settings, favourites={**settings.favourites, account: new})


def tabbed(settings: Settings, account: str, dashboards: tuple[int, ...]) -> Settings:
    """Note which dashboards are open in tabs."""
    if not dashboards:
        return replace(settings, tabs=_without(settings.tabs, account))
    return replace(settings, tabs={**settings.tabs, account: dashboards})


def with_windows(settings: Settings, windows: Sequence[KeptWindow]) -> Settings:
    """Note which windows are open; the first of them is the one to start with."""
    if not windows:
        return replace(settings, windows=())
    first, *others = windows
    noted = tabbed(chosen(settings, first.account, first.project), first.account, first.tabs)
    if first.dashboard is not None:
        noted = replace(noted, dashboards={**noted.dashboards, first.account: first.dashboard})
    return replace(noted, window=first.place or settings.window, windows=tuple(others))


def reviewed(settings: Settings, account: str, project: int, kept: Kept) -> Settings:
    """Note the reviews of a project."""
    own = f"{project}/"
    held = settings.reviews.get(account, {})
    others = {key: one for key, one in held.items() if not key.startswith(own)}
    new = {**others, **{f"{own}{key}": one for key, one in kept.items()}}
    return replace(settings, reviews={**settings.reviews, account: new})


def with_view(settings: Settings, account: str, view: FilterView) -> Settings:
    """Keep filters under a name; those of the same name give way, in their place."""
    known = settings.filter_views.get(account, ())
    names = [each.name for each in known]
    if view.name in names:
        new = tuple(view if each.name == view.name else each for each in known)
    else:
        new = (*known, view)
    return replace(settings, filter_views={**settings.filter_views, account: new})


def without_view(settings: Settings, account: str, name: str) -> Settings:
    """Forget the filters of a name."""
    kept = tuple(each for each in settings.filter_views.get(account, ()) if each.name != name)
    return replace(settings, filter_views={**settings.filter_views, account: kept})


def without_account(settings: Settings, account: str) -> Settings:
    """Forget all that was chosen under an account."""
    return replace(
        settings,
        account=None if settings.account == account else settings.account,
        projects=_without(settings.projects, account),
        dashboards=_without(settings.dashboards, account),
        favourites=_without(settings.favourites, account),
        tabs=_without(settings.tabs, account),
        recent=_without(settings.recent, account),
        filter_views=_without(settings.filter_views, account),
        reviews=_without(settings.reviews, account),
        windows=tuple(each for each in settings.windows if each.account != account),
    )


def _without(mapping: Mapping[str, V], key: str) -> Mapping[str, V]:
    return {each: value for each, value in mapping.items() if each != key}


class SettingsFile:
    """The file of the settings; trouble with it is told in a sentence, never raised."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, Any] | None = None  # what was read, or written last

    def load(self) -> tuple[Settings, str | None]:
        """Read the settings and, if something is wrong with the file, a sentence about it."""
        table, problem = read_toml(self.path)
        settings, bad = tolerant(table, Settings)
        self._known = _written(settings)
        if bad:
            problem = f"Not understood in {self.path.name}: {', '.join(bad)}; the default is used."
        return settings, problem

    def save(self, settings: Settings) -> str | None:
        """Write the settings; gives a sentence when that was not possible.

        Of a file that was read before only what is different now: what a person or another phdesk
        wrote into it meanwhile stays, and so does what is not understood.
        """
        ours, known = _written(settings), self._known
        table, trouble = read_toml(self.path) if known is not None else ({}, None)
        merged = _over(table, known, ours) if known is not None and table else ours
        problem = write_toml(self.path, merged)
        if problem is None:
            self._known = ours
        return problem or trouble


def _written(settings: Settings) -> dict[str, Any]:
    table: dict[str, Any] = msgspec.to_builtins(settings, builtin_types=(datetime,))
    return table


def _over(
    table: Mapping[str, Any], known: Mapping[str, Any], ours: Mapping[str, Any]
) -> dict[str, Any]:
    """Lay over a file's table what is not as it was known."""
    changed = {name for name in known.keys() | ours.keys() if ours.get(name) != known.get(name)}
    kept = {name: value for name, value in table.items() if name not in changed}
    return kept | {name: value for name, value in ours.items() if name in changed}


def read_toml(path: Path, *, aside: bool = True) -> tuple[dict[str, Any], str | None]:
    """Read a TOML file; one that is not TOML is set aside, where that is wanted, and told."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file), None
    except FileNotFoundError:
        return {}, None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        if not aside:
            return {}, f"{path.name} could not be read ({why}). It waits for you to correct it."
        bad = path.with_name(f"{path.name}.bad-{datetime.now(UTC):%Y%m%dT%H%M%S}")
        with suppress(OSError):
            path.replace(bad)
        return {}, f"{path.name} could not be read ({why}). It was set aside as {bad.name}."
    except OSError as why:
        return {}, f"{path.name} could not be read ({why.strerror})."


def tolerant(table: Mapping[str, Any], kind: type[T]) -> tuple[T, list[str]]:
    """Convert field by field; what does not fit is left at its default and named."""
    good: dict[str, Any] = {}
    bad: list[str] = []
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if name in table:
            try:
                good[name] = msgspec.convert(table[name], hint)
            except msgspec.ValidationError:
                bad.append(name)
    return kind(**good), bad


def write_toml(path: Path, table: Mapping[str, Any]) -> str | None:
    """Write a file whole or not at all, readable by its owner only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as why:
        return f"{path.name} could not be written ({why.strerror})."
    return write_whole(path, tomli_w.dumps(table).encode())
