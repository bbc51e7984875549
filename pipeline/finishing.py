"""What stands elsewhere in the note and belongs to an event: people, response, consent, sticks, mixtures."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.pipeline.crediting import credit
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.elsewhere import settle
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.syringes import count_sticks, join_mixtures


def finish(reading: Reading, events: Sequence[Draft]) -> None:
    """Fill what single sentences could not tell, in place.

    Examples
    --------
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> event = events_of(read_note("Toradol 60 mg IM given. By RN Lee. Patient tolerated well."))[0]
    >>> event.given_by.credential, event.response.text
    ('RN', 'Patient tolerated well')
    """
    given = [event for event in events if event.status == "administered"]
    credit(reading, events)
    _respond(reading, given)
    _consent(reading, given)
    for event in events:
        settle(reading, event)
        count_sticks(reading, event)
    join_mixtures(reading, given)


def _respond(reading: Reading, given: Sequence[Draft]) -> None:
    """Give each event the first words of a response behind it."""
    for words in reading.words.get("response", ()):
        for event in given:
            if event.anchor.start <= words.start:
                event.response = event.response or words


def _consent(reading: Reading, given: Sequence[Draft]) -> None:
    """Give each event the first words of consent, which may stand anywhere."""
    for words in reading.words.get("consent", ())[:1]:
        for event in given:
            event.consent = event.consent or words
