"""What ``deltoid rules`` prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from deltoid.pipeline.explain.difference import difference
from deltoid.pipeline.explain.register import IN_POLICY, Registered, register, registered
from deltoid.pipeline.explain.sources import Aged, aged
from deltoid.pipeline.explain.wording import general
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.policies import Policy, Rule
from deltoid.pipeline.policybook import PolicyBook
from deltoid.service.cli.printing import put, put_json
from deltoid.service.explain.differing import told_difference
from deltoid.service.explain.lines import Line, plain, said
from deltoid.service.web.words import label


def in_force(policy: Policy, *, as_json: bool) -> None:
    """Print the rules of a policy."""
    if as_json:
        rules = list(policy.rules.values())
        put_json({"payer": policy.payer, "day": policy.day, "digest": policy.digest, "rules": rules})
        return
    put(_rule(rule) for rule in policy.rules.values())
    _remark(f"{len(policy.rules)} rules of {policy.payer} on {policy.day}; `deltoid explain ID` says more")


def _rule(rule: Rule) -> Line:
    severity = label("severity", "hard" if rule.hard and rule.severity == "query" else rule.severity).title
    known = registered(rule.id)
    return 0, f"{rule.id:<9} {severity:<9} {known.title if known else general(rule.message)}"


def differences(before: Policy, after: Policy, *, as_json: bool) -> None:
    """Print what differs between two policies."""
    found = difference(before, after, Formulary.shipped())
    if as_json:
        put_json({"difference": found})
    else:
        put(told_difference(found))


def sources(book: PolicyBook, today: date, older_than: int | None, *, as_json: bool) -> None:
    """Print the register of sources; a reminder goes to standard error."""
    found = aged(book, today, older_than=older_than)
    if as_json:
        put_json({"today": today, "older_than": older_than, "sources": [_flat(each) for each in found]})
    else:
        put(line for each in found for line in _source(each))
    total = len(book.sources())
    if older_than is not None and found:
        _remark(
            f"{len(found)} of {total} sources were last read more than {older_than} days ago: read them again"
        )
    else:
        _remark(f"{len(found)} of {total} sources")


def _flat(each: Aged) -> dict[str, object]:
    return {**plain(each.source), "days": each.days, "cited_by": each.cited_by}


def _source(each: Aged) -> Iterator[Line]:
    source = each.source
    yield 0, f"{source.id}  {source.title}"
    cited = f"cited by {each.cited_by}" if each.cited_by else "not cited"
    yield 4, f"{said('tier', source.tier)}; {source.where}; read {source.read}, {each.days} days ago; {cited}"


def everything(*, as_json: bool) -> None:
    """Print the register of ids."""
    if as_json:
        put_json({"ids": list(register())})
        return
    put(_registered())
    held = sum(each.state == IN_POLICY for each in register())
    _remark(f"{len(register())} ids, {held} of them in the policy")


def _registered() -> Iterator[Line]:
    section = ""
    for each in register():
        if each.section != section:
            section = each.section
            yield 0, said("section", section)
        yield 2, f"{each.id:<9} {_state(each)}"


def _state(each: Registered) -> str:
    state = "in the policy" if each.state == IN_POLICY else each.state
    return f"{each.title} ({state})"


def _remark(text: str) -> None:
    sys.stderr.write(f"{text}\n")
