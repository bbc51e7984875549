"""What a review is made with: versions and digests, so that a result can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources

from deltoid.models.current import Artifact


def deltoid_version() -> str:
    """Return the version of the installed distribution."""
    return metadata.version("deltoid")


def tables_digest(imported: str = "") -> str:
    """Return the digest of all shipped tables: their names and bytes, in order of name.

    Parameters
    ----------
    imported : str
        The digest of what a site imported beside them; it becomes part of the whole.

    Examples
    --------
    >>> tables_digest()[:7], tables_digest("ab12") == tables_digest()
    ('sha256:', False)
    """
    shipped = _shipped_digest()
    whole = hashlib.sha256(f"{shipped} {imported}".encode()).hexdigest() if imported else shipped
    return f"sha256:{whole}"


@cache
def _shipped_digest() -> str:
    digest = hashlib.sha256()
    tables = (item for item in resources.files("deltoid.pipeline.tables").iterdir() if _is_table(item.name))
    for table in sorted(tables, key=lambda item: item.name):
        data = table.read_bytes()
        digest.update(f"{table.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _is_table(name: str) -> bool:
    return name.endswith((".csv", ".toml"))


def models_named(models: Mapping[str, Artifact | None]) -> dict[str, str | None]:
    """Return what is served in each role in words, null where nothing is.

    Examples
    --------
    >>> models_named({"extraction": Artifact("extraction", "spans-1.0.0", "ab12"), "eligibility": None})
    {'extraction': 'spans-1.0.0 sha256:ab12', 'eligibility': None}
    """
    return {
        role: None if model is None else f"{model.name} sha256:{model.digest}"
        for role, model in models.items()
    }
