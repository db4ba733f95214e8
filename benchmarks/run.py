"""`python benchmarks/run.py`: both programs on one PostgreSQL in one run, and the table of it.

With `--quick` the sizes are small; with `--write` the table also goes into README.md.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measures import FULL, QUICK
from benchmarks.table import keep, measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, less than a minute")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    asked = parser.parse_args()
    table = measured(QUICK if asked.quick else FULL)
    if asked.write:
        keep(table)


if __name__ == "__main__":
    main()
