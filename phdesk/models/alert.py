"""Alerts that watch an insight (reference section 8.1)."""

from msgspec import Struct

FIRING = "Firing"


class Alert(Struct, frozen=True, gc=False, kw_only=True):
    """A watch over an insight's value; a bound that is None is not watched."""

    id: str = ""
    name: str = ""
    state: str = ""  # Firing, Not firing, Errored, Snoozed, or what a newer server says
    enabled: bool = True
    condition: str = "absolute_value"  # or relative_increase, relative_decrease
    lower: float | None = None
    upper: float | None = None
    percentage: bool = False  # bounds of a relative condition are shares: 0.1 is 10 %
    value: float | None = None  # as last checked
    anomaly: bool = False  # a detector decides instead of bounds

    @property
    def firing(self) -> bool:
        """Say whether the alert is on and its last check found cause."""
        return self.enabled and self.state == FIRING
