"""Write the sign of each currency that has one in American English, as CLDR has it."""

import argparse
import json
from pathlib import Path

import babel

ROOT = Path(__file__).resolve().parents[2]
UNKNOWN = "XXX"


def currency_signs() -> dict[str, str]:
    """Return ISO 4217 code to sign; a currency without one is written by its code."""
    signs = babel.Locale("en", "US").currency_symbols
    return {code: signs[code] for code in sorted(signs) if signs[code] != code != UNKNOWN}


def main() -> None:
    """Write the signs and their licence below `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "resources")
    out = parser.parse_args().out
    (out / "LICENSES").mkdir(parents=True, exist_ok=True)
    text = json.dumps(currency_signs(), ensure_ascii=False, indent=0) + "\n"
    (out / "currencies.json").write_text(text, encoding="utf-8")
    licence = Path(babel.__file__).parent / "locale-data" / "LICENSE.unicode"
    (out / "LICENSES" / "Unicode.txt").write_bytes(licence.read_bytes())


if __name__ == "__main__":
    main()
