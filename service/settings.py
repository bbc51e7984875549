"""Settings: read once from the environment (``DELTOID_*``) at the edge, and handed in from there."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from deltoid.service.faults import SettingsError


class Settings(BaseSettings):
    """The limits of one installation.

    Examples
    --------
    >>> Settings(max_note_chars=500).max_note_chars
    500
    """

    model_config = SettingsConfigDict(
        env_prefix="DELTOID_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    max_note_chars: int = Field(
        default=1_000_000, ge=1, le=1_000_000, description="Longest note, in code points; spaCy's own limit."
    )
    max_body_bytes: int = Field(
        default=2_000_000, ge=1_000, le=50_000_000, description="Largest body of an HTTP request."
    )
    max_list: int = Field(default=20, ge=1, le=100, description="Most encounters in one HTTP request.")
    policy: Path | None = Field(default=None, description="A site's own policy file, or a folder of them.")
    data: Path | None = Field(
        default=None, description="The data folder, which holds imported tables; without it none are used."
    )
    locality: str = Field(
        default="",
        pattern=r"^(\d{5}-\d{2})?$",
        description="The practice's place in the fee schedule, such as 02102-01; national prices if empty.",
    )


def read_settings() -> Settings:
    """Return the settings of this process's environment.

    Raises
    ------
    SettingsError
        If a variable cannot be used; the message names it and says what it must be.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = error.errors(include_input=False, include_context=False, include_url=False)
        said = "; ".join(f"DELTOID_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in faults)
        raise SettingsError(said) from None
