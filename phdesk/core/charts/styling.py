"""Read how an insight wants its chart to look: where the legend stands, whether lines bend (6.1.6).

`showLegend` is not followed: lines whose names nobody knows tell nothing.
"""

from collections.abc import Mapping
from typing import Any

from phdesk.core.charts.spec import LegendPlace
from phdesk.core.jsonvalue import as_dict

PLACES: Mapping[object, LegendPlace] = {"top": "top", "left": "left", "right": "right"}


def legend_place(own: Mapping[str, Any]) -> LegendPlace:
    """Give the side at which the names of the series are wanted."""
    wanted = own.get("legendPosition")
    return PLACES.get(wanted, "bottom") if isinstance(wanted, str) else "bottom"


def is_smooth(own: Mapping[str, Any]) -> bool:
    """Tell whether lines bend between their points."""
    return as_dict(own.get("chartStyle")).get("curve") == "smooth"
