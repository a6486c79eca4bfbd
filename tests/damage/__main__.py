"""Damage, grade and count: ``python -m tests.damage --count 300 --write docs/damaged-notebooks.md``."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from tests.damage.stock import stock
from tests.damage.trial import UNITS, Trial, table

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--count", type=int, default=300)
parser.add_argument("--write", type=Path)
arguments = parser.parse_args()
begin = time.monotonic()
with Trial([key for key, share in UNITS.items() for _ in range(share)]) as trial:
    results, beyond = trial.run(arguments.count), trial.run_beyond_repair()
text = table(results, beyond, stock(), time.monotonic() - begin)
print(text)
if arguments.write:
    arguments.write.write_text(text, encoding="utf-8")
