"""CPU of the app at rest, and of one refresh; together what a refresh each minute costs."""

import time

from tests.benchmarks.heavy import heavy_app, pause, until

TILES, SIZE = 12, 20_000
REST = 15.0  # seconds
REFRESHES = 10
BUDGET = 1.0  # % of one core


def main():
    """Print the share of a core; give 1 when it is over the budget."""
    with heavy_app(TILES, SIZE) as app:
        store = app.front.workspace.store
        until(lambda: store.state.rows.items)
        app.front.pages.open_dashboard(1)
        until(lambda: is_quiet(store.state))
        pause(3)
        began = time.process_time()
        pause(REST)
        rest = (time.process_time() - began) / REST
        online = app.front.workspace.online
        began = time.process_time()
        for _ in range(REFRESHES):
            online.refresh(1)
            until(lambda: is_quiet(store.state))
        each = (time.process_time() - began) / REFRESHES
    share = 100 * (rest + each / 60)
    print(f"at rest: {100 * rest:.2f} % of a core")
    print(f"a refresh of {TILES} fresh tiles: {each * 1e3:.0f} ms CPU")
    print(f"refreshed every 60 s: {share:.2f} % of a core (budget {BUDGET} %)")
    return int(share > BUDGET)


def is_quiet(state):
    board = state.dashboards.get(1)
    if board is None or board.loading or board.from_cache:
        return False
    return board.progress is None
