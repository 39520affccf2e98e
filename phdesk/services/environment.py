"""What the environment gives: PHDESK_API_KEY, PHDESK_HOST and PHDESK_PROJECT."""

from collections.abc import Mapping

from msgspec import Struct

from phdesk.api.errors import NotPostHogError
from phdesk.api.hosts import normal_host


class Given(Struct, frozen=True, gc=False):
    """Host, key and project as the environment gives them."""

    key: str
    host: str | None = None
    project: int | None = None

    def __repr__(self) -> str:
        """Show all but the key."""
        return f"Given(host={self.host!r}, project={self.project!r})"


class SettingError(ValueError):
    """A variable of the environment has a value that cannot be meant."""


def from_environment(environ: Mapping[str, str]) -> Given | None:
    """Read what is given; None without a key. Raises SettingError, never takes another project."""
    key, project = (environ.get(name, "").strip() for name in ("PHDESK_API_KEY", "PHDESK_PROJECT"))
    if project and not (project.isascii() and project.isdigit() and len(project) <= 18):
        raise SettingError(f"PHDESK_PROJECT must be a number, not {project!r}")
    if not key:
        return None
    host = _host(environ.get("PHDESK_HOST", "").strip())
    return Given(key=key, host=host, project=int(project) if project else None)


def _host(typed: str) -> str | None:
    if not typed:
        return None
    try:
        return normal_host(typed)
    except NotPostHogError as error:
        raise SettingError(f"PHDESK_HOST is {typed!r}. {error}") from None
