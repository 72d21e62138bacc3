"""Names of series become names of files: on every system, and each of its own."""

import unicodedata

import pytest

from facilitator.domain.file_name import same_but_for_case, series_name_fault


@pytest.mark.parametrize("name", ["weekly", "Q3_2026", "con-meeting", "com10", "nullify", "a" * 40])
def test_a_plain_name_can_be_that_of_a_series(name: str) -> None:
    assert series_name_fault(name) is None


@pytest.mark.parametrize("name", ["con", "NUL", "Aux", "prn", "com1", "LPT9", "com0"])
def test_a_device_of_windows_is_refused_with_a_better_name(name: str) -> None:
    fault = series_name_fault(name)
    assert fault is not None
    assert "device on Windows" in str(fault)
    assert series_name_fault(str(dict(fault.values)["better"])) is None


@pytest.mark.parametrize(
    "name",
    [
        "-x", "--", "", ".", "..", "a.", "a ", " a", "a:b", "com1.txt", "a/b", "a\\b", "a\0b",
        "a\nb", "a\x1b[2J", "weekly\n", "春", "wéekly", "we\u0301ekly", "ｗeekly", "a" * 41, "~",
    ],
)  # fmt: skip
def test_what_a_shell_or_a_disk_cannot_take_is_refused(name: str) -> None:
    assert "cannot be the name of a series" in str(series_name_fault(name))


def test_a_name_that_differs_in_case_or_composition_only_has_a_twin() -> None:
    composed = unicodedata.normalize("NFC", "Café")
    taken = ("weekly", composed, "Straße")
    assert same_but_for_case("Weekly", taken) == "weekly"
    assert same_but_for_case(unicodedata.normalize("NFD", "café"), taken) == composed
    assert same_but_for_case("STRASSE", taken) == "Straße"
    assert same_but_for_case("weekly", taken) is None
    assert same_but_for_case("weekly-2", taken) is None
