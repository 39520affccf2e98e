"""The parts of a window that nothing waits for: imported, all of them, after the first paint."""

from phdesk.services.workspace import Workspace
from phdesk.views.desk.alerts import Alerts
from phdesk.views.desk.boards import Boards
from phdesk.views.desk.dashboards import Dashboards
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.edits import Edits
from phdesk.views.desk.health import Health
from phdesk.views.desk.health_all import HealthOfAll
from phdesk.views.desk.history import History
from phdesk.views.desk.insights import Insights
from phdesk.views.desk.layouts import Layouts
from phdesk.views.desk.losing import Losing
from phdesk.views.desk.news import NewsMarks
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.projects import Projects
from phdesk.views.desk.reports import Reports
from phdesk.views.desk.reviews import Reviews
from phdesk.views.desk.rewind import Rewind
from phdesk.views.desk.sessions import Sessions
from phdesk.views.desk.settings import SettingsDoor
from phdesk.views.desk.shared_list import SharedList
from phdesk.views.desk.shared_mark import SharedMark
from phdesk.views.desk.sharing import Sharing
from phdesk.views.desk.subscriptions import Subscriptions
from phdesk.views.desk.tiles import Tiles
from phdesk.views.desk.walls import Walls
from phdesk.views.desk.why import Why


def make_parts(
    desk: Desk, pages: Pages, tiles: Tiles, sessions: Sessions, workspace: Workspace
) -> None:
    """Make what a window over a project can do; each part adds its own actions and listens."""
    History(desk, pages, tiles)
    Layouts(desk, pages)
    Edits(desk)
    Insights(desk, pages, tiles)
    Boards(desk, pages, tiles)
    Dashboards(desk, pages)
    Projects(desk, sessions)
    Losing(desk, sessions)
    NewsMarks(desk, pages)
    Alerts(desk)
    Subscriptions(desk)
    sharing = Sharing(desk)
    SharedList(desk, sharing)
    SharedMark(desk, pages, sharing)
    Health(desk, pages)
    HealthOfAll(desk, pages)
    Reviews(desk)
    Why(desk, tiles)
    Walls(desk, workspace)
    Rewind(desk, pages)
    Reports(desk)
    SettingsDoor(desk)
