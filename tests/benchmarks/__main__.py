"""Run benchmarks: python -m tests.benchmarks [NAME …]; without a name, all of them."""

import sys
from importlib import import_module

BENCHMARKS = (
    *("start", "open", "tiles", "drag", "explore", "store", "gap", "idle", "export"),
    *("week", "watches", "wall"),  # these simulate, and write pages of docs
)


def main(names):
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    worst = 0
    for name in names or BENCHMARKS:
        print(f"== {name}")
        worst = max(worst, import_module(f"tests.benchmarks.{name}").main())
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
