"""Dashboards and insights that anybody with a link may see (reference 9.2)."""

from datetime import UTC, datetime

from msgspec import Raw, Struct

from phdesk.models.dashboard import Dashboard
from phdesk.models.insight import NULL, Insight

SETTLED = datetime(2025, 7, 31, tzinfo=UTC)  # links from before take options in their address


class SharePassword(Struct, frozen=True, gc=False, kw_only=True):
    """A password of a shared page, without the word itself: the server tells that once."""

    id: str
    note: str = ""
    creator: str = ""
    created_at: datetime | None = None
    active: bool = True


class NewPassword(Struct, frozen=True, gc=False, kw_only=True):
    """A password just made, with its word."""

    id: str = ""
    word: str

    def __repr__(self) -> str:
        """Show all but the word."""
        return f"NewPassword({self.id!r})"


class Sharing(Struct, frozen=True, gc=False, kw_only=True):
    """Whether something is shared, and how; a token without `created_at` leads nowhere."""

    enabled: bool = False
    token: str = ""
    created_at: datetime | None = None  # when it was first shared
    settings: Raw = NULL  # whole, to be sent back with unknown keys kept
    has_settings: bool = False  # the server keeps options; else they stand in the address
    password_required: bool = False
    has_passwords: bool = False  # the server knows passwords
    passwords: tuple[SharePassword, ...] = ()

    @property
    def is_live(self) -> bool:
        """Say whether the link leads somewhere."""
        return self.enabled and bool(self.token) and self.created_at is not None

    @property
    def by_address(self) -> bool:
        """Say whether options are written into the address of the link."""
        if not self.has_settings:
            return True
        old = self.created_at is not None and self.created_at < SETTLED
        return old and bytes(self.settings) == bytes(NULL)


class SharedPage(Struct, frozen=True, gc=False, kw_only=True):
    """What a link shows to everybody: a dashboard with its answers, or one insight."""

    address: str  # that answered, without options
    dashboard: Dashboard | None = None
    insight: Insight | None = None
    themes: Raw = NULL
