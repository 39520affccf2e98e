"""Colour tokens of charts and their values in light and dark (reference sections 7.1 to 7.4).

A token is what a view-model carries: `preset-1` to `preset-15`, a name of `NAMED`, or `#rrggbb`.
The dark hues are the same, lifted to at least 3:1 against the dark surface.
"""

PRESETS_LIGHT = (
    "#1d4aff", "#621da6", "#42827e", "#ce0e74", "#f14f58",
    "#7c440e", "#529a0a", "#0476fb", "#fe729e", "#35416b",
    "#41cbc4", "#b64b02", "#e4a604", "#a56eff", "#30d5c8",
)  # fmt: skip
PRESETS_DARK = (
    "#5b7bff", "#a85cf0", "#58ab9f", "#e2489a", "#f4636b",
    "#c07a2c", "#66b21a", "#3d95ff", "#fe729e", "#8291c4",
    "#41cbc4", "#d8691a", "#e4a604", "#a56eff", "#30d5c8",
)  # fmt: skip
NAMED = {  # token: (light, dark)
    "lifecycle-new": ("#1d4aff", "#5b7bff"),
    "lifecycle-returning": ("#388600", "#67a552"),
    "lifecycle-resurrecting": ("#a56eff", "#a56eff"),
    "lifecycle-dormant": ("#db3707", "#de745d"),
    "map": ("#1d4aff", "#5b7bff"),
    "retention": ("#1f4bff", "#1f4bff"),
    "retention-mean": ("#9f74f6", "#9f74f6"),
    "path-node": ("#5375ff", "#5b7bff"),
    "dropoff": ("#dc3545", "#ef7a75"),
    "other": ("#8a909a", "#8a909a"),
}
# Eight hues after Okabe and Ito (2008), their lightness chosen so that all have 3:1 on the surface,
# carry words at 4.5:1 and keep apart for red-, green- and blue-blind eyes; beyond eight, lines get
# dash patterns.
SAFE_LIGHT = (
    "#003f6b", "#a34400", "#008761", "#ca74a4", "#1d9be2", "#4d3300", "#9a900c", "#565d69",
)  # fmt: skip
SAFE_DARK = (
    "#008ad6", "#d66000", "#00d69b", "#b5488a", "#d3ebfa", "#f2a700", "#f4eb71", "#a8b0bd",
)  # fmt: skip
SAFE_NAMED = {  # token: index among the safe ones
    "lifecycle-new": 0,
    "lifecycle-returning": 2,
    "lifecycle-resurrecting": 3,
    "lifecycle-dormant": 1,
    "map": 0,
    "retention": 0,
    "retention-mean": 3,
    "path-node": 0,
    "dropoff": 1,
    "other": 7,
}
DARK_SURFACE = "#1c1f26"
ENOUGH = 3.0  # contrast of a mark with what it lies on
STEP = 0.05  # of white, mixed in until the contrast is enough
HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
ACCENTS = {
    "black": "#191b1f",
    "blue": "#597dce",
    "green": "#388600",
    "purple": "#c278cf",
}


def preset(index: int) -> str:
    """Name the token of the series with this index; after 15 they start again."""
    return f"preset-{index % len(PRESETS_LIGHT) + 1}"


def hex_of(token: str, *, dark: bool, safe: bool = False) -> str | None:
    """Give a token's `#rrggbb`, or None when the token names no colour.

    `safe` gives the colours that colour-blind eyes tell apart; what a team chose itself stays.
    """
    if is_hex(token):
        return lifted(token) if dark else token
    presets = _presets(dark=dark, safe=safe)
    if token in NAMED:
        return presets[SAFE_NAMED[token]] if safe else NAMED[token][dark]
    name, _, number = token.partition("-")
    if name == "preset" and number.isascii() and number.isdigit() and int(number) > 0:
        return presets[(int(number) - 1) % len(PRESETS_LIGHT) % len(presets)]
    return None


def _presets(*, dark: bool, safe: bool) -> tuple[str, ...]:
    if safe:
        return SAFE_DARK if dark else SAFE_LIGHT
    return PRESETS_DARK if dark else PRESETS_LIGHT


def accent(color: str | None) -> str | None:
    """Give the `#rrggbb` of a tile's colour, None for white and for what is no colour."""
    if color is None:
        return None
    return ACCENTS.get(color) or (color if is_hex(color) else None)


def is_hex(text: str) -> bool:
    """Tell whether a text is `#rrggbb`."""
    return len(text) == 7 and text[0] == "#" and set(text[1:]) <= HEX_DIGITS


def lifted(color: str) -> str:
    """Lighten `#rrggbb` until it has 3:1 on the dark surface, in steps of 5% white.

    A colour that has it already stays as it is, so that a team's own colours are kept where they
    can be.
    """
    channels = _channels(color)
    floor = (_luminance(_channels(DARK_SURFACE)) + 0.05) * ENOUGH - 0.05
    share = 0.0
    mixed = channels
    while _luminance(mixed) < floor:
        share += STEP
        mixed = tuple(round(one + (255 - one) * share) for one in channels)
    return color if mixed == channels else "#" + "".join(f"{one:02x}" for one in mixed)


def _channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(channels: tuple[int, ...]) -> float:
    """Give the relative luminance as WCAG counts it."""
    shares = [one / 255 for one in channels]
    red, green, blue = (s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
