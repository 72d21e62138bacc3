"""What the README tells of keys and commands is what there is."""

import re
from itertools import chain
from pathlib import Path

import pytest
from textual.binding import Binding, BindingType

from facilitator.cli.arguments import parse_arguments
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.meeting import MEETING_BINDINGS

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
NAMED = {"+": "plus", "-": "minus", "!": "exclamation_mark", "?": "question_mark"}
"""What Textual calls the keys that are no letters."""
UNTOLD = {"meeting.escape"}
"""Keys that everybody knows."""
ELSEWHERE = {"app.history"}
"""Keys of the whole program that do nothing in a meeting."""
PALETTE = Binding(FacilitatorApp.COMMAND_PALETTE_BINDING, "command_palette", id="app.palette")
COMMANDS = re.compile(r"`facilitator ([a-z]+)\b|^facilitator ([a-z]+)\b", re.MULTILINE)


def bound(bindings: list[BindingType]) -> dict[str, Binding]:
    """Bindings by each of their keys."""
    declared = [each for each in bindings if isinstance(each, Binding)]
    return {key: each for each in declared for key in each.key.split(",")}


IN_A_MEETING = bound([*FacilitatorApp.BINDINGS, *MEETING_BINDINGS, PALETTE])


def keys_in(cell: str) -> list[str]:
    """The keys that a cell of the table names."""
    told = re.findall(r"`([^`]+)`", cell)
    if "…" in cell:
        told = [str(each) for each in range(int(told[0]), int(told[-1]) + 1)]
    return [NAMED.get(each, each.lower() if len(each) > 1 else each) for each in told]


def rows() -> list[tuple[list[str], list[str]]]:
    """The keys of each row, and those that work while typing."""
    table = README.partition("## In the meeting\n")[2].partition("\n\nA KPI")[0]
    cells = [line.strip("|").split("|") for line in table.strip().splitlines()[2:]]
    return [(keys_in(each[0]), keys_in(each[-1])) for each in cells]


def test_the_readme_names_every_key_of_a_meeting() -> None:
    told = set(chain.from_iterable((*keys, *typing) for keys, typing in rows()))
    told |= set(re.findall(r"`(ctrl\+\w)`", README))
    untold = {each.id for key, each in IN_A_MEETING.items()} - UNTOLD - ELSEWHERE
    untold -= {each.id for key, each in IN_A_MEETING.items() if key in told}

    assert not untold


@pytest.mark.parametrize(("keys", "typing"), rows(), ids=" ".join)
def test_a_key_of_the_readme_is_bound_and_so_is_the_one_for_it_while_typing(
    keys: list[str], typing: list[str]
) -> None:
    actions = {IN_A_MEETING[key].action for key in keys}

    assert {IN_A_MEETING[key].action for key in typing} <= actions


def test_the_readme_names_every_command_and_none_that_there_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["--help"])
    offered = set(re.findall(r"^ {2,6}([a-z]+) {2,}\S", capsys.readouterr().out, re.MULTILINE))
    named = {one or other for one, other in COMMANDS.findall(README)}

    assert offered == named
