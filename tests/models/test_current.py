from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from deltoid.models.current import ArtifactError, served

WEIGHTS = b'{"bias": 0.25}'


@pytest.fixture
def store(tmp_path: Path) -> Path:
    artifact = tmp_path / "spans-1.0.0"
    (artifact / "vocab").mkdir(parents=True)
    (artifact / "weights.json").write_bytes(WEIGHTS)
    (artifact / "vocab" / "strings.json").write_bytes(b"[]")
    sums = [
        f"{hashlib.sha256(data).hexdigest()}  {path}"
        for path, data in (("weights.json", WEIGHTS), ("vocab/strings.json", b"[]"))
    ]
    (artifact / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    point(tmp_path, '[served]\nextraction = "spans-1.0.0"\n')
    return tmp_path


def point(store: Path, text: str) -> None:
    (store / "CURRENT.toml").write_text(text, encoding="utf-8")


def test_the_shipped_store_serves_an_encoder_that_is_whole():
    found = served()
    assert found["extraction"] is not None
    assert found["extraction"].name.startswith("second-look-")
    assert found["eligibility"] is None


def test_an_artifact_that_matches_is_served_under_the_digest_of_its_checksums(store: Path):
    artifact = served(store)["extraction"]
    assert artifact is not None
    assert artifact.name == "spans-1.0.0"
    assert artifact.digest == hashlib.sha256((store / "spans-1.0.0" / "SHA256SUMS").read_bytes()).hexdigest()


def flip_a_bit(artifact: Path) -> None:
    data = bytearray((artifact / "weights.json").read_bytes())
    data[0] ^= 1
    (artifact / "weights.json").write_bytes(data)


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (flip_a_bit, "weights.json does not match its checksum"),
        (lambda a: (a / "weights.json").unlink(), "weights.json is listed in SHA256SUMS and absent"),
        (lambda a: (a / "extra.pkl").write_bytes(b"x"), "extra.pkl is not listed"),
        (lambda a: (a / "vocab" / "more.json").write_bytes(b"x"), "vocab/more.json is not listed"),
        (lambda a: (a / "SHA256SUMS").unlink(), "there is no spans-1.0.0/SHA256SUMS"),
        (lambda a: (a / "SHA256SUMS").write_text("nonsense\n"), "SHA256SUMS, line 1: not a checksum line"),
    ],
)
def test_a_tampered_artifact_is_refused(store: Path, tamper, said: str):
    tamper(store / "spans-1.0.0")
    with pytest.raises(ArtifactError, match=said):
        served(store)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[served]\nextraction = "../spans-1.0.0"\n', "not the name of an artifact folder"),
        ('[served]\nextraction = "absent-1"\n', "there is no absent-1/SHA256SUMS"),
        ('[served]\ntriage = "spans-1.0.0"\n', "'triage' must be one of extraction, eligibility"),
        ("[served]\nextraction = 3\n", "must be one of extraction, eligibility and name a folder"),
        ('[serving]\nextraction = "spans-1.0.0"\n', r"one table, \[served\]"),
        ("[served\n", "CURRENT.toml cannot be read"),
    ],
)
def test_a_pointer_that_cannot_be_followed_is_refused(store: Path, text: str, said: str):
    point(store, text)
    with pytest.raises(ArtifactError, match=said):
        served(store)


def test_a_store_without_a_pointer_is_refused(tmp_path: Path):
    with pytest.raises(ArtifactError, match=r"CURRENT.toml cannot be read"):
        served(tmp_path)
