"""How fast notes are read, side by side in one run: python tests/benchmarks/extraction.py NOTES.jsonl
[--peer medspacy=PYTHON] [--peer edsnlp=PYTHON]

Each contestant runs on one core in a process of its own, turn about; printed are the median notes a second,
the ratio to medspaCy where its interpreter is named (to spaCy's blank tokenizer elsewhere), and memory.
The speed of the machine drops out of the ratios; nothing here decides a test.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

OURS = ("blank", "scan", "rules", "encoder", "review")
TITLES = {
    "blank": "spaCy blank tokenizer",
    "medspacy": "medspaCy, full pipe",
    "edsnlp": "edsnlp: sentences, matcher, negation, quantities",
    "scan": "Deltoid: multi-pattern scan",
    "rules": "Deltoid: tables and rules",
    "encoder": "Deltoid: rules and encoder",
    "review": "Deltoid: whole review, policy and lines included",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path, help="JSONL with a note a line")
    parser.add_argument("--most", type=int, default=300, help="how many notes to read")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    given = parser.parse_args()
    peers = dict(peer.split("=", 1) for peer in given.peer)
    interpreters = {**dict.fromkeys(OURS, sys.executable), **peers}
    rounds = [_round(interpreters, given.notes, given.most) for _ in range(given.rounds)]
    speeds = {name: statistics.median(told[name]["speed"] for told in rounds) for name in interpreters}
    base = speeds.get("medspacy", speeds["blank"])
    for name in (title for title in TITLES if title in interpreters):
        memory = max(told[name]["mb"] for told in rounds)
        print(f"{TITLES[name]:52s} {speeds[name]:9.1f} notes/s {speeds[name] / base:8.2f} x {memory:6.0f} MB")


def _round(interpreters: Mapping[str, str], notes: Path, most: int) -> dict[str, dict[str, float]]:
    return {name: _run(python, name, notes, most) for name, python in interpreters.items()}


def _run(python: str, name: str, notes: Path, most: int) -> dict[str, float]:
    script = Path(__file__).with_name("peers.py")
    command = [python, str(script), name, str(notes), str(most)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{name} did not run:\n{run.stderr[-2000:]}")
    told: dict[str, float] = json.loads(run.stdout.strip().split("\n")[-1])
    return told


if __name__ == "__main__":
    main()
