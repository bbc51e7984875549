"""All the policies that are in force in one installation: the shipped ones and a site's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from deltoid.pipeline import policies, policyfile
from deltoid.pipeline.policies import Policy
from deltoid.pipeline.policyfile import Layer, Source
from deltoid.pipeline.types import Context


@dataclass(frozen=True)
class PolicyBook:
    """The policies by payer and day, with what they cite.

    Parameters
    ----------
    own : tuple of mapping
        A site's files as parsed TOML, each with ``payer``, its name, and ``extends``, what it changes.

    Examples
    --------
    >>> changed = [{"name": "site_required", "value": True}]
    >>> book = PolicyBook(({"payer": "acme", "extends": "medicare", "parameter": changed},))
    >>> book.policy("acme", date(2026, 3, 2)).flag("site_required"), book.default_payer()
    (True, 'acme')
    """

    own: tuple[Mapping[str, object], ...] = ()
    _made: dict[tuple[str, date], Policy] = field(default_factory=dict, repr=False, compare=False)

    def payers(self) -> tuple[str, ...]:
        """Return the names of all profiles."""
        return policies.known(self.own)

    def default_payer(self) -> str:
        """Return the profile of notes that name no payer: a site's where it has just one."""
        return str(self.own[0]["payer"]) if len(self.own) == 1 else Context().payer

    def policy(self, payer: str, day: date) -> Policy:
        """Return the policy of one payer on one day.

        Raises
        ------
        PolicyError
            If the payer is not known.
        """
        if not any(each["payer"] == payer for each in self.own):
            return policies.load(payer, day)
        if (payer, day) not in self._made:  # a batch asks for the same few days again and again
            self._made[payer, day] = policies.load(payer, day, self.own)
        return self._made[payer, day]

    def layers(self) -> tuple[Layer, ...]:
        """Return what all the files hold, whatever the day: the base first, a site's own last."""
        return (policyfile.base(), *policyfile.payers().values(), *self._site().values())

    def lineage(self, payer: str) -> tuple[Layer, ...]:
        """Return what makes up one payer's policy: its own file, what that extends, and so on to the base."""
        named = {"base": policyfile.base(), **policyfile.payers(), **self._site()}
        found: dict[str, Layer] = {}
        while payer in named and payer not in found:
            found[payer] = named[payer]
            payer = named[payer].extends or ""
        return tuple(found.values())

    def _site(self) -> Mapping[str, Layer]:
        return {str(each["payer"]): policyfile.layer(each, str(each["payer"])) for each in self.own}

    def sources(self) -> Mapping[str, Source]:
        """Return every source that may be cited, by its short name."""
        return {name: s for layer in self.layers() for name, s in layer.sources.items()} | dict(
            policyfile.sources()
        )
