"""What a labelled corpus keeps beside its encounters: the answers, which a review must not see."""

from __future__ import annotations

from functools import cache
from importlib import resources

from deltoid.pipeline import tabular


@cache
def answer_keys() -> frozenset[str]:
    """Return the keys under which files of cases and labelled notes keep their answers.

    Examples
    --------
    >>> "expected" in answer_keys()
    True
    """
    table = resources.files("deltoid.service.inputs") / "beside.csv"
    return frozenset(row["key"] for row in tabular.read("beside.csv", ["key", "source"], source=table))


def without_answers(data: object) -> object:
    """Return a line of a file without its answers; any other unknown key stays and is refused.

    Examples
    --------
    >>> without_answers({"note": "x", "expected": {"supported_96372": True}, "contxt": {}})
    {'note': 'x', 'contxt': {}}
    """
    if not isinstance(data, dict):
        return data
    return {key: value for key, value in data.items() if key not in answer_keys()}
