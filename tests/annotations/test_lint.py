"""The linter: each impossible thing is told, and nothing of a sound note."""

from __future__ import annotations

import pytest

from deltoid.annotations.lint import lint
from deltoid.annotations.marked import read_marked
from deltoid.annotations.unmarked import unmarked_drugs

SOUND = """[drug#1 Toradol] [dose#1 60 mg] [route#1 IM]
and [drug#2 Phenergan] [dose#2 25 mg] for [why#1,2 migraine];
[drug#3 flu shot] [route#3 IM].
=> #1 administered IM disposition=supported mixed=2
=> #2 administered IM disposition=supported mixed=1
=> #3 administered IM disposition=redirect code=90471
=> note id=n1 outcome=supported lines=96372x1 90471x1 em=99213-25
=> context em=99213
"""
REDIRECT = "#3 administered IM disposition=redirect code=90471"


def problems(text: str) -> list[str]:
    return [problem.why for problem in lint(read_marked(text)[0])]


def test_a_sound_note_has_no_problem() -> None:
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[drug#1 Toradol]", "Toradol", "no words tell the injection"),
        ("for [why", "for [shot#1 x] [why", "both 'drug' and 'shot'"),
        ("#1 administered IM", "#1 ordered IM", "supported, though ordered"),
        ("#1 administered IM", "#1 administered IV_PUSH", "supported, though the route is IV_PUSH"),
        ("[dose#1 60 mg]", "60 mg", "though drug or dose is not told"),
        ("=supported mixed=2", "=supported mixed=2 doubt=unclear", "supported, though in doubt"),
        (REDIRECT, "#3 ordered IM disposition=other_entity", "other_entity, though ordered"),
        (" code=90471", "", "a redirect names its code"),
        ("#3 administered", "#3 historical", "redirect, though historical"),
        ("code=90471", "code=90471 implied=IM", "nothing is implied"),
        ("#3 administered IM", "#3 administered", "words of the route are marked"),
        ("outcome=supported", "outcome=query", "the events make it supported, the decision says query"),
        ("lines=96372x1 90471x1", "lines=90471x1", "a 96372 line is missing"),
        ("em=99213-25", "em=99214-25", "not that of the context"),
        ("lines=96372x1 90471x1 ", "", "modifier 25, but nothing"),
        ("em=99213-25", "em=99213-25 jwjz=1=JZ,9=JW", "jwjz names an event"),
        (" mixed=1", "", "#1 is mixed with an event that does not say so"),
        ("#2 administered IM disposition=", "#2 administered IM disposition=not_", "given by IM or SC"),
        ("for [why#1,2 migraine]", "", "no reason is marked"),
        (REDIRECT, "#3 declined IM disposition=query", "without a doubt"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(old: str, new: str, why: str) -> None:
    assert old in SOUND
    assert any(why in problem for problem in problems(SOUND.replace(old, new)))


def test_problems_name_note_and_event_and_no_words() -> None:
    problem = lint(read_marked(SOUND.replace("#1 administered", "#1 ordered"))[0])[0]
    assert (problem.note, problem.event, problem.kind) == ("n1", 1, "error")
    assert "Toradol" not in problem.why


def test_drugs_that_nobody_marked_are_found() -> None:
    (note,) = read_marked("[drug#1 Rocephin] IM. Allergic to Bicillin, takes lisinopril.\n=> #1 ordered IM")
    assert [drug.text for drug in unmarked_drugs(note)] == ["Bicillin"]
