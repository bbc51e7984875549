"""``GET /livez``, ``/readyz`` and ``/version``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter


def health_router(versions: Callable[[], Mapping[str, object]]) -> APIRouter:
    """Return the routes that say whether the service lives, is ready, and what it is.

    Parameters
    ----------
    versions : callable
        Returns the versions and digests of what is loaded.

    Returns
    -------
    APIRouter
    """
    router = APIRouter(tags=["health"])

    @router.get("/livez")
    def livez() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    @router.get("/readyz")
    def readyz() -> dict[str, str]:
        """Say that everything that a review needs is loaded; the service does not listen before it is."""
        versions()
        return {"status": "ready"}

    @router.get("/version")
    def version() -> Mapping[str, object]:
        """Say what reviews are made with."""
        return versions()

    return router
