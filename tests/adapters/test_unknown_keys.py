"""A misspelt key is a fault in every table of every file, and the right one is suggested."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.kpi_file import read_definitions
from tests.adapters.test_agenda_decisions import FORMS, PLACE
from tests.adapters.test_agenda_faults import OCCASION
from tests.adapters.valid_agenda import VALID_AGENDA, edited_agenda, write_agenda

KPIS = """
[[kpis]]
id = "acos"
name = "ACoS"
at_most = 25

[[kpis.marketplaces]]
marketplace = "DE"
at_least = 3
"""


def misspelt(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text once for each of its keys, with that key misspelt, and the key."""
    for found in re.finditer(r"^([a-z_]+) = ", text, re.MULTILINE):
        yield f"{text[: found.end(1)]}z{text[found.end(1) :]}", found[1]


AGENDAS = [
    *misspelt(VALID_AGENDA + OCCASION),
    *(each for _kind, form in FORMS for each in misspelt(form)),
]


@pytest.mark.parametrize(("text", "key"), AGENDAS)
def test_in_an_agenda(tmp_path: Path, text: str, key: str) -> None:
    whole = text if text.startswith("#") else edited_agenda(PLACE, PLACE + text)

    read, problems = read_agenda(write_agenda(tmp_path, whole))

    assert read is None
    assert [each for each in problems if each.is_error and each.line and f"{key}z" in each.key]
    assert f"Did you mean {key}?" in " ".join(each.translate() for each in problems)


@pytest.mark.parametrize(("text", "key"), misspelt(KPIS))
def test_in_definitions_of_kpis(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "kpis.toml").write_text(text)

    problems = read_definitions(tmp_path, ())[1]

    assert f"Did you mean {key}?" in " ".join(each.translate() for each in problems)
