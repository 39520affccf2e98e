"""Give charts the colours of a data colour theme (reference section 7.2)."""

from collections.abc import Sequence
from typing import Any, TypeVar

from msgspec import Struct, structs

from phdesk.core.charts.context import Context
from phdesk.core.jsonvalue import as_int
from phdesk.core.palette import PRESETS_LIGHT, is_hex
from phdesk.core.question import Question

T = TypeVar("T")


def theme_colors(question: Question, context: Context) -> tuple[str, ...]:
    """Choose a theme: the query's, the dashboard's, the project's, the first global one.

    Empty when none is known: then the built-in palette holds.
    """
    known = {theme.id: theme for theme in reversed(context.color_themes)}
    wanted = as_int(question.source.get("dataColorTheme"))
    for number in (wanted, context.dashboard_theme, context.project_theme):
        if number in known:
            return known[number].colors
    return next((theme.colors for theme in context.color_themes if theme.is_global), ())


def themed(token: str, colors: Sequence[str]) -> str:
    """Turn `preset-3` into the third colour; beyond the last they start again.

    A colour that is the built-in one of its place stays a token, whose dark hue was chosen by eye.
    """
    name, _, digits = token.partition("-")
    is_preset = name == "preset" and digits.isascii() and digits.isdigit() and len(digits) < 10
    if not colors or not is_preset or int(digits) < 1:
        return token
    color = colors[(int(digits) - 1) % len(colors)]
    built_in = PRESETS_LIGHT[(int(digits) - 1) % len(PRESETS_LIGHT)]
    return color if is_hex(color) and color != built_in else token


def recoloured(part: T, colors: Sequence[str]) -> T:
    """Replace the tokens in a body and all its parts, whatever kind of body it is."""
    if not colors or not isinstance(part, Struct):
        return part
    changes: dict[str, Any] = {}
    for field in part.__struct_fields__:
        value = getattr(part, field)
        new = _new(field, value, colors)
        if new is not value:
            changes[field] = new
    return structs.replace(part, **changes) if changes else part


def _new(field: str, value: Any, colors: Sequence[str]) -> Any:
    if field == "color" and isinstance(value, str):
        return themed(value, colors)
    if isinstance(value, tuple) and value and isinstance(value[0], Struct):  # no figures
        return tuple(recoloured(one, colors) for one in value)
    return recoloured(value, colors)
