"""Damage, grade and count: ``python -m tests.damage --count 300 --write docs/damaged-notebooks.md``."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.damage.trial import run, table

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--count", type=int, default=300)
parser.add_argument("--write", type=Path)
arguments = parser.parse_args()
text = table(run(arguments.count))
print(text)
if arguments.write:
    arguments.write.write_text(text, encoding="utf-8")
