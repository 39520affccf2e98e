"""Where a number can be watched: the tiles of dashboards that are known, and the others by name."""

from phdesk.core.finding import Entry, index
from phdesk.core.listing import title_of
from phdesk.core.names import insight_title
from phdesk.core.question import read_question
from phdesk.store.contexts import project_context
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.command_palette import Asks, CommandPalette
from phdesk.views.main_window import MainWindow

ASKS = Asks("Watch a number", "Find the tile, or a dashboard that has it")
THEN = "Go to a tile and press Shift+W to watch a number of it."


def watchable_palette(desk: Desk, window: MainWindow) -> CommandPalette:
    """Make what a tile is chosen in; keys are a dashboard, and its tile after a colon."""
    entries = index([*_tiles(desk), *_dashboards(desk)])
    return CommandPalette(desk.theme, entries, (), window, ASKS)


def _tiles(desk: Desk) -> list[Entry]:
    state, found = desk.state, []
    context = project_context(state.project, desk.now(), state.around)
    for number, board in state.dashboards.items():
        name = title_of(board.dashboard.row)
        for tile_id, held in board.tiles.items():
            if number > 0 and held.insight is not None and held.has_result:
                question = read_question(held.insight)
                title = insight_title(held.insight, question, context.groups)
                found.append(Entry("line", f"{number}:{tile_id}", title, name))
    return found


def _dashboards(desk: Desk) -> list[Entry]:
    known = desk.state.dashboards.keys()
    rows = (row for row in desk.state.rows.items if row.id not in known)
    return [Entry("dashboard", str(row.id), title_of(row)) for row in rows]
