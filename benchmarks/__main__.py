"""Run the benchmarks: `python -m benchmarks [--quick] [PART...]`; the parts are in PARTS, all where none is named."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from benchmarks.measure import heading

PARTS = ("store", "merge", "commands", "suggest", "screen", "interchange", "agreement")


def main() -> int:
    """Print every figure; exit 1 where one is over its aim."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS), help="default: all")
    parser.add_argument("--quick", action="store_true", help="a tenth of the material")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    over = False
    print(heading())
    for part in arguments.parts or PARTS:
        for result in import_module(f"benchmarks.{part}").results(quick=arguments.quick):
            print(result.line(), flush=True)
            over |= bool(result.aim) and result.ratio > result.aim
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
