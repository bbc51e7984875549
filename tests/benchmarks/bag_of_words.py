"""What the mere words of the gold notes give away: python tests/benchmarks/bag_of_words.py

Trains on the training part and scores the test part; then, for the contrast families of all parts, scores
each writer's notes by a model that never saw that writer. Near 0.5 is what the families are for.
"""

from __future__ import annotations

from deltoid.annotations.corpus import GOLD, read_notes
from deltoid.models.bag_of_words import by_writer, families, held_out, scores, table


def main() -> None:
    train, test = read_notes(GOLD, "train"), read_notes(GOLD, "test")
    told = list(zip(test, scores(train, test), strict=True))
    pairs = {"test": families(told), "all, by writer": families(list(by_writer(read_notes(GOLD))))}
    print(table(held_out(train, test), pairs))


if __name__ == "__main__":
    main()
