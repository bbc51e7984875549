"""What became of an injection: given here, ordered, declined, past, at home, talked of, somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deltoid.pipeline import cues
from deltoid.pipeline.closed_sets import section_set
from deltoid.pipeline.cues import StatusCue
from deltoid.pipeline.dated import is_past
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Mention, Status

_CLAUSE = r"<<clause>>"  # a new clause: what is said before it seldom holds behind it
_CLAUSE_COST = 1.6
_DRUG_COST = {"before": 0.6, "after": 8.0}  # "given A and B" holds for both, "A, B as needed" for B alone
_DRUGS_COUNTED = 3
_HOLDS_FOR_BOTH = r"<<holds_for_both>>"  # "A and B were given"
_DISTANCE_COST = 1.5  # at the end of a cue's reach
_TODAY, _TOLD_COST = 1.0, 2.0  # the history tells what was given before, unless it says today
_STAY = 250  # characters behind the drug in which "admitted to the hospital" makes the history a stay's own
_BLOCKED = 3.0
_BLOCKABLE = frozenset({"declined", "ordered", "self_administered"})
_FIRM = 7.0  # "if" and "may need" rule what follows, "discussed" and "risks of" do not
_VERB = 5.0  # weight from which a cue is a verb of giving
_GOVERNS = 8.0  # "if" rules the whole sentence behind it, past commas and "then"
_SECTION_DISCOUNT = 1.5
_PAST_WEIGHT = 5.5

_REFUSES, _OBJECT = r"<<refuses>>", 12  # characters in which the object of a refusal begins
_ARTICLE = r"\s+(?:<<by_article>>\s+|a\s+|any\s+)?"
_ORDER_WORD, _BY_WHOM = r"<<order_word>>", r"\s*(?::\s*)?<<by_whom>>"
# a year or a month behind it, or a day of an earlier week, makes a thing past
_PAST = (
    r"\s*(?:[,(-]\s*)?(?:\w+\s+){0,3}?(?:<<past_link>>\s*)?"
    r"(?:\(?(?:19|20)\d\d\b(?!\s*<<not_a_year>>)|'\d\d\b"
    r"|(?:\w+\s+){0,6}?last\s+<<weekday_stem>>day|last\s+<<season>>"
    r"|(?:\w+\s+){0,6}?in\s+<<month>>\b(?!\s+\d))"
)
_HEADS = re.compile(r"\s*(?:\(?\d[\d/.-]*\)?\s*)?:")  # "Last visit 2/11:" heads what follows, like a title
_AND = re.compile(r"\s(?:and|&|or)\s|/", re.IGNORECASE)
_FULL_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}[/-](?:\d\d)?\d\d")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with the weight that speaks for it and the words that do."""

    status: Status
    weight: float
    evidence: tuple[Mention, ...] = ()


def decide(reading: Reading, anchor: Mention) -> Verdict:
    """Weigh the cues of the sentence and the section around a drug.

    Parameters
    ----------
    reading : Reading
    anchor : Mention
        The drug.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Toradol declined; will give Rocephin. Zofran 4 mg IV was given")
    >>> [decide(reading, drug).status for drug in reading.words["drug"]]
    ['declined', 'ordered', 'administered']
    """
    verdicts = [
        *_from_sentence(reading, anchor),
        *_from_dates(reading, anchor),
        *_from_section(reading, anchor),
    ]
    return max((Verdict("administered", 0.0), *verdicts), key=lambda v: v.weight)


def _from_section(reading: Reading, anchor: Mention) -> Iterator[Verdict]:
    if found := cues.section_status().get(reading.section(anchor.start)):
        status, weight = found
        yield Verdict(status, weight - _SECTION_DISCOUNT)


def _from_dates(reading: Reading, anchor: Mention) -> Iterator[Verdict]:
    found = regex(_PAST).match(reading.text, anchor.end, reading.sentence(anchor.start).end)
    if (found and not _FULL_DATE.search(found.group())) or is_past(reading, anchor):
        yield Verdict("historical", _PAST_WEIGHT)


def _from_sentence(reading: Reading, anchor: Mention) -> Iterator[Verdict]:
    sentence = reading.sentence(anchor.start)
    told = reading.within("status", sentence)
    before = [words for words in told if words.end <= anchor.start]
    today = bool(reading.within("same_visit", sentence))
    for words in before:
        for cue in _cues(reading, anchor, words, "before"):
            weight = _weight(reading, anchor, words, cue) - _BLOCKED * _blocked(cue, words, before)
            yield Verdict(cue.status, weight + _told(reading, anchor, cue, today=today), (words,))
    for words in (words for words in told if words.end > anchor.end):  # "shot given" may begin in the drug
        if _has_object(reading, words):
            continue
        for cue in _cues(reading, anchor, words, "after"):
            weight = _weight(reading, anchor, words, cue)
            yield Verdict(cue.status, weight + _told(reading, anchor, cue, today=today), (words,))


def _has_object(reading: Reading, words: Mention) -> bool:
    """Return whether a refusal is of the drug right behind it: "got Toradol and refused dexamethasone"."""
    behind = reading.between("drug", words.end, words.end + _OBJECT)
    if not behind or regex(_REFUSES).fullmatch(words.norm) is None:
        return False
    return regex(_ARTICLE).fullmatch(reading.text, words.end, behind[0].start) is not None


def _cues(reading: Reading, anchor: Mention, words: Mention, side: str) -> Iterator[StatusCue]:
    """Yield what words say of a drug on the other side of which they stand, as far as they reach it."""
    if side == "after" and reading.text[words.end : words.end + 2].lower() in ("'s", "\u2019s"):
        return  # "yesterday's site" says nothing of today's shot
    gap = _gap(anchor, words)
    for cue in cues.status_cues()[words.norm]:
        if cue.side in (side, "either") and gap <= cue.reach and not _names_orderer(reading, cue, words):
            yield cue


def _gap(anchor: Mention, words: Mention) -> int:
    return max(0, anchor.start - words.end if words.end <= anchor.start else words.start - anchor.end)


def _names_orderer(reading: Reading, cue: StatusCue, words: Mention) -> bool:
    """Return whether "ordered Dr. Lee" names who ordered what was given, not what is still to be given."""
    if cue.status != "ordered" or not regex(_ORDER_WORD).fullmatch(words.norm):
        return False
    return regex(_BY_WHOM).match(reading.text, words.end) is not None


def _weight(reading: Reading, anchor: Mention, words: Mention, cue: StatusCue) -> float:
    governs = cue.weight >= _GOVERNS or _HEADS.match(reading.text, words.end) is not None
    lost = _lost(reading, anchor, words, governs=governs)
    return cue.weight - lost - _DISTANCE_COST * _gap(anchor, words) / cue.reach


def _lost(reading: Reading, anchor: Mention, words: Mention, *, governs: bool) -> float:
    """Return what a cue loses by the clauses and drugs that stand between it and the drug."""
    before = words.end <= anchor.start
    start, end = (words.end, anchor.start) if before else (anchor.end, words.start)
    clauses = 0 if governs else len(regex(_CLAUSE).findall(reading.text, start, end))
    drugs = min(len(reading.between("drug", start, end)), _DRUGS_COUNTED)
    together = before or regex(_HOLDS_FOR_BOTH).match(words.text) is not None or _listed(reading, start, end)
    return clauses * _CLAUSE_COST + drugs * _DRUG_COST["before" if together else "after"]


def _listed(reading: Reading, start: int, end: int) -> bool:
    """Return whether drugs stand in one list before a word: "Toradol IM and Zofran IM refused".

    A word of its own, or a place, behind the first drug parts it from the list.
    """
    parted = reading.between("status", start, end) or reading.between("site", start, end)
    return not parted and _AND.search(reading.text, start, end) is not None


def _blocked(cue: StatusCue, words: Mention, before: Sequence[Mention]) -> bool:
    """Return whether a nearer verb takes the drug out of a cue's hands: "declined tablets, was given …"."""
    if cue.status not in _BLOCKABLE and not (cue.status == "hypothetical" and cue.weight < _FIRM):
        return False
    later = (w for w in before if w.start >= words.end and not w.norm.endswith("ing"))
    return any(_gives(other) for w in later for other in cues.status_cues()[w.norm])


def _gives(cue: StatusCue) -> bool:
    return cue.status == "administered" and cue.side != "after" and cue.weight >= _VERB


def _told(reading: Reading, anchor: Mention, cue: StatusCue, *, today: bool) -> float:
    """Return what a word of giving gains by "today" and loses by standing in the history."""
    if cue.status != "administered":
        return 0.0
    if today:
        return _TODAY
    settings = reading.between("setting", anchor.end, anchor.end + _STAY + 1)
    if any(setting.norm == "inpatient" for setting in settings):
        return (
            _TODAY  # a stay in hospital is one encounter: "was started on Zosyn and admitted to the hospital"
        )
    return -_TOLD_COST if reading.section(anchor.start) in section_set("told_before") else 0.0
