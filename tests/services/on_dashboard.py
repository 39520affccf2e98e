"""Ways to look at the dashboard of the small PostHog."""


def board(parts):
    return parts.store.state.dashboards[9]


def settled(parts):
    held = parts.store.state.dashboards.get(9)
    return held is not None and not held.loading and held.progress is None


def times(held):
    return {number: each.computed_at for number, each in held.tiles.items()}


def calculated(server):
    return [path for path, params in server.asked if params.get("refresh") == "blocking"]
