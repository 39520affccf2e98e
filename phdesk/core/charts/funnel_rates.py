"""Work out the figures of a funnel's steps (reference 6.2.2)."""

from msgspec import Struct

from phdesk.core.charts.funnel_groups import Group
from phdesk.core.charts.rates import ratio, total


class Rates(Struct, frozen=True, gc=False):
    """The figures of one step of one group, worked out as PostHog's web app does."""

    count: int | float
    before: int | float | None  # of the step before; None for the first
    so_far: float
    from_previous: float

    @property
    def dropped(self) -> int | float | None:
        """Count those who did not come on from the step before."""
        return None if self.before is None else total((self.before, -self.count))

    @property
    def drop_rate(self) -> float:
        """Relate them to those who were there."""
        return ratio(self.dropped or 0, self.before or 0)


def rates_of(group: Group) -> list[Rates]:
    """Work out the figures of a group, a step each."""
    first = group.counts[0]
    befores = (None, *group.counts)
    return [
        Rates(count, before, ratio(count, first), ratio(count, first if before is None else before))
        for before, count in zip(befores, group.counts, strict=False)
    ]
