"""Everything that a review needs and that is costly to load: built once, at the edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from deltoid.models.current import Artifact, served
from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.rulebook import Case, Policy
from deltoid.pipeline.types import Context, Decision, EncounterFacts, Injection
from deltoid.service.versions import deltoid_version, models_named, tables_digest

if TYPE_CHECKING:
    from spacy.language import Language

Extracted = tuple[tuple[Injection, ...], EncounterFacts]


class Imported(Protocol):
    """The official tables that a site imported; `digest` changes with every import and rollback."""

    @property
    def digest(self) -> str:
        """The digest of all that is in force."""

    def applied(self, policy: Policy, context: Context) -> Policy:
        """Return a policy with the tables of its day, for the claim and the payer of a context."""


@dataclass(frozen=True)
class Engine:
    """The loaded pipeline, the policies and what is served.

    Parameters
    ----------
    nlp : spacy.language.Language
        The extraction pipeline.
    extract : callable
        Turns a note's text into injections and facts, by means of `nlp`.
    load_policy : callable
        Returns the policy of a payer on a day.
    payers : tuple of str
        The payers that there are policies for.
    assess : callable
        Decides a case.
    models : mapping of str to Artifact or None
        What is served in each role.
    default_payer : str
        For notes that name none: a site's profile where it has just one.
    imported : Imported, optional
        The official tables that the site imported.
    """

    nlp: Language
    extract: Callable[[Language, str, date | None], Extracted]
    load_policy: Callable[[str, date], Policy]
    payers: tuple[str, ...]
    assess: Callable[[Case], Decision]
    models: Mapping[str, Artifact | None]
    default_payer: str = Context().payer
    imported: Imported | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def read(self, text: str, day: date | None = None) -> Extracted:
        """Return the injections and the facts of a note.

        One text at a time: spaCy's memory zone, which keeps the string store from growing without bound,
        belongs to the whole vocabulary and not to a thread.
        """
        with self._lock, self.nlp.memory_zone():
            return self.extract(self.nlp, text, day)

    def policy(self, context: Context, day: date) -> Policy:
        """Return the policy of a context's payer on a day, with the imported tables that it may look into."""
        policy = self.load_policy(context.payer, day)
        return self.imported.applied(policy, context) if self.imported else policy

    def versions(self) -> dict[str, object]:
        """Return the versions of what is loaded."""
        return {
            "deltoid": deltoid_version(),
            "tables": tables_digest(self.imported.digest if self.imported else ""),
            "models": models_named(self.models),
        }

    def made_with(self, policy: Policy) -> dict[str, object]:
        """Return the versions that a review by `policy` is made with."""
        name = f"{policy.payer}@{policy.day.isoformat()} sha256:{policy.digest}"
        return {**self.versions(), "policy": name}


def build_engine(book: PolicyBook | None = None) -> Engine:
    """Load the shipped pipeline, rules and models.

    Parameters
    ----------
    book : PolicyBook, optional
        The policies with a site's own; only the shipped ones if not given.

    Raises
    ------
    ArtifactError
        If a served artifact does not match its checksums.
    TableError, PolicyError
        If a shipped table or policy cannot be used.
    """
    from deltoid.pipeline import assess, nlp  # spaCy takes a second: only who reviews waits for it

    book = book or PolicyBook()
    models = served()
    return Engine(
        nlp=_extraction(nlp.load(spans=False), models["extraction"]),
        extract=nlp.extract,
        load_policy=book.policy,
        payers=book.payers(),
        assess=assess.assess,
        models=models,
        default_payer=book.default_payer(),
    )


def _extraction(nlp: Language, artifact: Artifact | None) -> Language:
    """Return the pipeline with the second look of the served encoder behind its events, if one is served."""
    if artifact is None:
        return nlp
    from deltoid.models.extraction.component import NAME, after

    nlp.add_pipe(NAME, config={"artifact": artifact.name})
    after(nlp)
    return nlp
