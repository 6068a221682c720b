"""Run the benchmarks: `python -m benchmarks [--quick] [store] [commands] [screen]`."""

from __future__ import annotations

import argparse
import sys

from benchmarks.measure import heading


def main() -> int:
    """Print every figure; exit 1 where one is over its aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=["store", "commands", "screen", []], help="default: all")
    parser.add_argument("--quick", action="store_true", help="a tenth of the material")
    arguments = parser.parse_args()
    parts = arguments.parts or ["store", "commands", "screen"]
    over = False
    print(heading())
    if "store" in parts:
        from benchmarks import store

        for result in store.results(quick=arguments.quick):
            print(result.line(), flush=True)
            over |= bool(result.aim) and result.ratio > result.aim
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
