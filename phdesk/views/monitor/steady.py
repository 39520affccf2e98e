"""The room of a page on a wall on which banners come and go."""

from phdesk.core.wall.pages import Page
from phdesk.views.monitor.backstage import Stage
from phdesk.views.monitor.showing import Showing


class SteadyStage(Stage, frozen=True, eq=True):
    """A stage that has the same tiles on the same pages with and without banners above them."""

    calm: int  # px of height without banners

    def pages(self, showing: Showing) -> tuple[Page, ...]:
        """Divide what a stop shows into pages."""
        size = self.size
        return showing.pages(size.width(), size.height(), self.ink.scale, self.calm)
