"""The documents of the command line and the API say what is there, neither more nor less."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.main import get_command

from deltoid.service.cli import app
from deltoid.service.cli.exits import Exit
from deltoid.service.problems import kinds
from deltoid.service.schemas.published import json_schemas
from deltoid.service.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"
CLI = (DOCS / "cli.md").read_text(encoding="utf-8")
API = (DOCS / "api.md").read_text(encoding="utf-8")
ONLY_FILES = {"missing_file", "unreadable_file"}
ONLY_HTTP = {"bad_host", "not_found", "method_not_allowed", "media_type"}


def rows(text: str, pattern: str) -> list[tuple[str, ...]]:
    return re.findall(pattern, text, re.MULTILINE)


def test_every_exit_status_is_explained_in_its_own_words():
    assert rows(CLI, r"^\| (\d+) \| (.+) \|$") == [(str(int(status)), status.meaning) for status in Exit]


def test_every_problem_is_explained_where_it_can_come_up():
    assert set(rows(CLI, r"^\| `(\w+)` \| .+\|$")) - set(setting_names()) == set(kinds()) - ONLY_HTTP
    assert rows(API, r"^\| `(\w+)` \| (\d+) \| (.+) \|$") == [
        (code, str(kind.status), kind.title) for code, kind in kinds().items() if code not in ONLY_FILES
    ]


def setting_names() -> list[str]:
    return [f"DELTOID_{name.upper()}" for name in Settings.model_fields]


def test_every_setting_is_explained_with_its_default():
    assert rows(CLI, r"^\| `(DELTOID_\w+)` \| (\d+|none) \|") == [
        (name, str(field.default or "none"))
        for name, field in zip(setting_names(), Settings.model_fields.values(), strict=True)
    ]


@pytest.mark.parametrize("name", sorted(get_command(app).commands))
def test_every_option_of_a_command_is_explained(name: str):
    command = get_command(app).commands[name]
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    section = CLI.partition(f"## deltoid {name}\n")[2].partition("\n## ")[0]
    assert section
    assert [option for option in options if option not in section and option != "--output"] == []


def test_every_address_is_explained(engine):
    from deltoid.service.api.app import create_app

    paths = create_app(Settings(), engine).openapi()["paths"]
    named = rows(API, r"^\| `(?:GET|POST) (\S+)` \|")
    assert set(named) - {"/openapi.json"} == set(paths)


def test_the_published_schema_is_the_one_that_is_used():
    published = json.loads((DOCS / "schema.json").read_text(encoding="utf-8"))
    assert published == json_schemas(), "deltoid schema > docs/schema.json"


def test_every_example_of_an_error_has_the_members_that_errors_have():
    examples = [json.loads(block) for block in rows(CLI + API, r"^```json\n([\s\S]+?)```$")]
    assert [set(example) for example in examples] == [
        {"code", "place", "id", "message"},
        {"type", "title", "status", "detail", "code", "id", "errors"},
    ]
