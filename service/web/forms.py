"""The form of the page: an encounter as a person types it, read without trusting it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qs

from deltoid.pipeline.types import Context, Note
from deltoid.service.inputs.text import checked_note
from deltoid.service.problems import ItemError
from deltoid.service.web.words import word, words

_SHORT = ("payer", "date_of_service", "pos", "em_code", "claim")
_POS = re.compile(r"\d{2}")
_CODE = re.compile(r"[0-9A-Z]{5}")


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, as it was typed, and what is wrong with it (field → words)."""

    note: str = ""
    payer: str = ""
    date_of_service: str = ""
    pos: str = ""
    em_code: str = ""
    claim: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def read_form(body: bytes, payers: Sequence[str], limit: int) -> Form:
    r"""Read a form's body and check every field.

    A browser sends each line end of a text area as CR LF; the text area itself holds LF: so does the result.

    Parameters
    ----------
    body : bytes
        ``application/x-www-form-urlencoded``, UTF-8.
    payers : sequence of str
        The payers that the policy knows.
    limit : int
        The longest note, in characters.

    Returns
    -------
    Form
        With its errors in words; none of them repeats the note.

    Examples
    --------
    >>> form = read_form(b"note=IM%0D%0Aleft&payer=medicare&date_of_service=2026-02-30", ["medicare"], 100)
    >>> form.note, list(form.errors)
    ('IM\nleft', ['date_of_service'])
    """
    try:
        typed = parse_qs(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        return Form(errors={"note": word("refused", "not_utf8")})
    note = typed.get("note", [""])[0].replace("\r\n", "\n")
    payer, day, pos, em_code, claim = (typed.get(name, [""])[0].strip() for name in _SHORT)
    form = Form(note, payer, day, pos, em_code.upper(), claim)
    return replace(form, errors=_errors(form, payers, limit))


def note_of(form: Form) -> Note:
    """Return the encounter of a form without errors; an empty field means "not known".

    Examples
    --------
    >>> note_of(Form("B12 IM", "medicare", "2026-03-02")).context.date_of_service
    datetime.date(2026, 3, 2)
    """
    given = {name: "given" for name in ("payer", "claim", "date_of_service") if getattr(form, name)}
    context = Context(
        payer=form.payer or "commercial",
        claim=form.claim or "professional",
        date_of_service=date.fromisoformat(form.date_of_service) if form.date_of_service else None,
        pos=form.pos or None,
        em_code=form.em_code or None,
        origin={"payer": "default", "claim": "default"} | given,
    )
    return Note("pasted", form.note, context)


def form_of(note: Note) -> Form:
    """Return the form that would give `note`, so that it can be changed and reviewed again.

    Examples
    --------
    >>> form_of(Note("n", "B12 IM")).payer
    'commercial'
    """
    context = note.context
    return Form(
        note=note.text,
        payer=context.payer,
        date_of_service=str(context.date_of_service or ""),
        pos=context.pos or "",
        em_code=context.em_code or "",
        claim=context.claim,
    )


def _errors(form: Form, payers: Sequence[str], limit: int) -> dict[str, str]:
    checks = {
        "note": _note_error(form.note, limit),
        "payer": _payer_error(form.payer, payers),
        "date_of_service": _date_error(form.date_of_service),
        "pos": _shape_error(_POS, form.pos, "A place of service is two digits, such as 11."),
        "em_code": _shape_error(_CODE, form.em_code, "A visit code has five characters, such as 99213."),
        "claim": _claim_error(form.claim),
    }
    return {name: says for name, says in checks.items() if says}


def _shape_error(shape: re.Pattern[str], typed: str, says: str) -> str | None:
    return says if typed and not shape.fullmatch(typed) else None


def _claim_error(claim: str) -> str | None:
    return None if not claim or claim in words("claim") else "Choose one of the claims in the list."


def _note_error(note: str, limit: int) -> str | None:
    try:
        checked_note(note, limit)
    except ItemError as problem:
        return word("refused", problem.code).format(length=len(note), limit=limit)
    return None


def _payer_error(payer: str, payers: Sequence[str]) -> str | None:
    if not payer or payer in payers:
        return None
    return f"This payer is not known. Known are {', '.join(word('payer', known) for known in payers)}."


def _date_error(day: str) -> str | None:
    if not day:
        return None
    try:
        date.fromisoformat(day)
    except ValueError:
        return "This is not a day of the calendar. Write it as year-month-day, such as 2026-03-02."
    return None
