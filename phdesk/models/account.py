"""Who is signed in where (reference section 2)."""

from msgspec import Struct

US_HOST = "https://us.posthog.com"
EU_HOST = "https://eu.posthog.com"
REGIONS = {US_HOST: "US", EU_HOST: "EU"}


class Project(Struct, frozen=True, gc=False, kw_only=True):
    """A project (also called team or environment): the home of dashboards."""

    id: int
    name: str = ""
    organization_id: str = ""
    organization: str = ""
    timezone: str = "UTC"
    week_start_day: int = 0  # 0 Sunday, 1 Monday
    base_currency: str = "USD"
    is_demo: bool = False
    primary_dashboard: int | None = None
    default_data_theme: int | None = None  # id of a colour theme


class User(Struct, frozen=True, gc=False, kw_only=True):
    """The person whom a key acts for; all empty when the key lacks `user:read`."""

    id: int | None = None  # by which alerts name who is mailed
    uuid: str = ""
    first_name: str = ""
    email: str = ""
    projects: tuple[Project, ...] = ()  # those that `@me` itself names
    current_project: int | None = None
    levels: tuple[tuple[str, int], ...] = ()  # by organization: 1 member, 8 admin, 15 owner


class Account(Struct, frozen=True, gc=False, kw_only=True):
    """A key's identity without the key: what is kept on disk to name it."""

    id: str  # stable and safe in file names: host and user, or host and project
    host: str
    email: str = ""
    name: str = ""
    project_id: int | None = None
    project_name: str = ""
    is_demo: bool = False

    @property
    def region(self) -> str:
        """Say US, EU or the host name; the demo has no place."""
        if self.is_demo:
            return "demo"
        return REGIONS.get(self.host, self.host.split("://", 1)[-1])
