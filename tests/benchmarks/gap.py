"""The largest gap of the window's loop while 60 results of 1 MB arrive, beside the idle one."""

from tests.benchmarks.heavy import Beat, heavy_app, pause, until

TILES, SIZE = 60, 1 << 20
BUDGET = 3.0
IDLE = 10.0  # seconds


def main():
    """Print both gaps and their ratio; give 1 when the ratio is over the budget."""
    with heavy_app(TILES, SIZE) as app:
        store = app.front.workspace.store
        until(lambda: store.state.rows.items)
        pause(3)
        beat = Beat()
        pause(IDLE)
        idle = beat.stop()
        app.front.pages.open_dashboard(1)
        until(lambda: len(app.front.window.screen_page.grid.tiles) == TILES)
        beat = Beat()
        until(lambda: is_done(store.state))
        busy = beat.stop()
        answers = sum(held.has_result for held in store.state.dashboards[1].tiles.values())
        assert answers == TILES, answers
    ratio = busy[-1] / idle[-1]
    print(f"idle:                        {figures(idle)}")
    print(f"{TILES} results of 1 MB arriving:  {figures(busy)}")
    print(f"largest gap to largest gap: {ratio:.2f} (budget {BUDGET})")
    return int(ratio > BUDGET)


def is_done(state):
    board = state.dashboards.get(1)
    if board is None or board.loading or board.progress is not None:
        return False
    return all(held.has_result for held in board.tiles.values())


def figures(gaps):
    half, most = (gaps[int(len(gaps) * share)] * 1e3 for share in (0.5, 0.999))
    return f"largest gap {gaps[-1] * 1e3:.1f} ms; half within {half:.1f}, 99.9 % within {most:.1f}"
