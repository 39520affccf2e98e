"""Write the English name of each ISO 3166-1 country, as CLDR has it."""

import argparse
import json
from pathlib import Path

import babel
import pycountry

ROOT = Path(__file__).resolve().parents[2]

# Babel drops CLDR's short forms; these are they, and what PostHog shows.
SHORT_NAMES = {"HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao"}


def country_names() -> dict[str, str]:
    """Return alpha-2 code to English short name, Kosovo (XK) included."""
    names = babel.Locale("en").territories
    codes = sorted([*(country.alpha_2 for country in pycountry.countries), "XK"])
    return {code: names[code] for code in codes} | SHORT_NAMES


def main() -> None:
    """Write the names and their licence below `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "resources")
    out = parser.parse_args().out
    (out / "LICENSES").mkdir(parents=True, exist_ok=True)
    text = json.dumps(country_names(), ensure_ascii=False, indent=0) + "\n"
    (out / "countries.json").write_text(text, encoding="utf-8")
    licence = Path(babel.__file__).parent / "locale-data" / "LICENSE.unicode"
    (out / "LICENSES" / "Unicode.txt").write_bytes(licence.read_bytes())


if __name__ == "__main__":
    main()
