"""Keys, commands, files and make targets in README and docs are those that exist."""

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from msgspec import convert
from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from facilitator.adapters.event_codec import decode_line
from facilitator.adapters.kpi_file import read_definitions
from facilitator.adapters.reports import CUSTOM_REPORTS_FILE, read_custom_reports
from facilitator.adapters.reports.report_types import ReportTypeTable
from facilitator.cli.arguments import parse_arguments
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.dialogs.incident_dialogs import IncidentBoard
from facilitator.tui.dialogs.risk_dialogs import RiskBoard
from facilitator.tui.screens.history import HistoryScreen
from facilitator.tui.screens.lobby import LobbyScreen
from facilitator.tui.screens.meeting import MEETING_BINDINGS
from facilitator.tui.screens.review import OpenPointList, ReviewScreen
from facilitator.tui.widgets.action_list import ActionList
from facilitator.tui.widgets.agenda_list import AgendaList
from facilitator.tui.widgets.decision_list import DecisionList
from facilitator.tui.widgets.kpi_panel import KpiPanel
from facilitator.tui.widgets.notes_panel import NoteList
from facilitator.tui.widgets.topic_list import TopicList

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted((ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")))
RECORDER = DOCS / "guide" / "recorder.md"
FORMATS = DOCS / "file-formats.md"
README_WORDS = 900
ADDED_BY_EXAMPLE = "supplier_question"
"""Part of the names of files that a worked example adds."""

KEY_NAMES = {
    "+": "plus",
    "-": "minus",
    "!": "exclamation_mark",
    "?": "question_mark",
    "/": "slash",
}
"""What Textual calls the keys that are no letters."""
NOT_DOCUMENTED = {"meeting.escape"}
"""Keys that everybody knows."""
NOT_IN_A_MEETING = {"app.history"}
"""Keys of the whole program that do nothing in a meeting."""
PALETTE = Binding(FacilitatorApp.COMMAND_PALETTE_BINDING, "command_palette", id="app.palette")
COMMANDS = re.compile(r"`facilitator ([a-z]+)\b|^facilitator ([a-z]+)\b", re.MULTILINE)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def bindings_by_key(bindings: list[BindingType]) -> dict[str, Binding]:
    declared = [each for each in bindings if isinstance(each, Binding)]
    return {key: each for each in declared for key in each.key.split(",")}


IN_A_MEETING = bindings_by_key([*FacilitatorApp.BINDINGS, *MEETING_BINDINGS, PALETTE])


def keys_in(cell: str) -> list[str]:
    """Return the keys that a cell of a table names, as Textual calls them."""
    found = re.findall(r"`([^`]+)`", cell)
    if "…" in cell:
        found = [str(each) for each in range(int(found[0]), int(found[-1]) + 1)]
    return [KEY_NAMES.get(each, each.lower() if len(each) > 1 else each) for each in found]


def table_rows(page: Path, head: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the table whose first line starts with `head`."""
    table = text_of(page).partition(f"\n{head}")[2].partition("\n\n")[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]


def meeting_keys() -> list[tuple[list[str], list[str]]]:
    """Return the keys of each row of the recorder's table, and those that work while typing."""
    rows = table_rows(RECORDER, "| Key | Does | While typing |")
    return [(keys_in(cells[0]), keys_in(cells[-1])) for cells in rows]


def test_every_key_of_a_meeting_is_documented() -> None:
    documented = set(chain.from_iterable((*keys, *typing) for keys, typing in meeting_keys()))
    documented |= set(re.findall(r"`(ctrl\+\w)`", text_of(RECORDER)))
    missing = {each.id for each in IN_A_MEETING.values()} - NOT_DOCUMENTED - NOT_IN_A_MEETING
    missing -= {each.id for key, each in IN_A_MEETING.items() if key in documented}

    assert not missing


@pytest.mark.parametrize(("keys", "typing"), meeting_keys(), ids=" ".join)
def test_a_documented_key_is_bound_and_so_is_the_one_for_it_while_typing(
    keys: list[str], typing: list[str]
) -> None:
    actions = {IN_A_MEETING[key].action for key in keys}

    assert {IN_A_MEETING[key].action for key in typing} <= actions


LISTS: dict[str, type[DOMNode]] = {
    "Agenda": AgendaList,
    "KPIs": KpiPanel,
    "Decisions": DecisionList,
    "Actions": ActionList,
    "Notes": NoteList,
    "Parking lot": TopicList,
    "Review": OpenPointList,
}


def list_keys() -> dict[str, set[str]]:
    """Return the keys of each list in the recorder's table of lists."""
    keys: dict[str, set[str]] = {}
    name = ""
    for cells in table_rows(RECORDER, "| List | Key | Does |"):
        name = cells[0] or name
        keys.setdefault(name, set()).update(keys_in(cells[1]))
    return keys


@pytest.mark.parametrize("name", LISTS)
def test_every_key_of_a_list_is_documented(name: str) -> None:
    assert list_keys()[name] == bindings_by_key(LISTS[name].BINDINGS).keys()


@pytest.mark.parametrize(
    ("page", "head", "screen", "elsewhere"),
    [
        ("preparing.md", "| Key in the lobby | Does |", LobbyScreen, {"h", "i", "ctrl+q"}),
        ("minutes.md", "| Key | Does |", HistoryScreen, set()),
        ("recorder.md", "| Key in the risk register | Does |", RiskBoard, set()),
        ("recorder.md", "| Key of an incident | Does |", IncidentBoard, set()),
        ("recorder.md", "| Key in the review | Does |", ReviewScreen, set()),
    ],
)
def test_every_key_of_a_screen_is_documented(
    page: str, head: str, screen: type[DOMNode], elsewhere: set[str]
) -> None:
    documented = {
        key for cells in table_rows(DOCS / "guide" / page, head) for key in keys_in(cells[0])
    }

    assert documented - elsewhere == bindings_by_key(screen.BINDINGS).keys()


def offered_commands(capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit):
        parse_arguments(["--help"])
    return set(re.findall(r"^ {2,6}([a-z]+) {2,}\S", capsys.readouterr().out, re.MULTILINE))


def test_every_command_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    table = text_of(DOCS / "commands.md")

    assert set(re.findall(r"^\| `facilitator ([a-z]+)", table, re.MULTILINE)) == offered_commands(
        capsys
    )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_names_no_command_that_there_is_not(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = {one or other for one, other in COMMANDS.findall(text_of(page))}

    assert named <= offered_commands(capsys)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_names_no_make_target_that_there_is_not(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", text_of(page), re.MULTILINE))

    assert named <= targets


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        path, _, anchor = link.partition("#")
        if not path.startswith("https://"):
            target = page.parent / path if path else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def test_every_page_is_linked_from_the_readme() -> None:
    linked = re.findall(r"\]\(([^)\s#]+\.md)\)", text_of(ROOT / "README.md"))

    assert {name_of(page) for page in PAGES} - set(linked) == {"README.md"}


def test_the_readme_is_short() -> None:
    assert len(text_of(ROOT / "README.md").split()) <= README_WORDS


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_file_of_the_repository_that_a_page_names_exists(page: Path) -> None:
    known = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")}
    known |= {
        path.relative_to(ROOT / "facilitator").as_posix()
        for path in (ROOT / "facilitator").rglob("*.*")
    }
    for name in re.findall(r"`((?:[\w-]+/)+[\w-]+\.(?:py|toml))`", text_of(page)):
        path = name.removeprefix("facilitator/")
        assert path in known or (ROOT / name).exists() or ADDED_BY_EXAMPLE in name, name


def keys_of_toml(text: str) -> set[str]:
    """Return the keys and tables of a TOML file, with those that are commented out."""
    keys = set(re.findall(r"^[# ]*([a-z]\w+) = ", text, re.MULTILINE))
    return keys | set(re.findall(r"^[# ]*\[{1,2}([\w.]+)\]{1,2}$", text, re.MULTILINE))


@pytest.mark.parametrize(
    "file",
    [
        "agendas/weekly/agenda.toml",
        "facilitator/adapters/agenda_template.toml",
        "facilitator/adapters/kpi_definitions.toml",
    ],
)
def test_every_key_of_an_agenda_and_of_a_definition_is_documented(file: str) -> None:
    documented = set(re.findall(r"`\[*([\w.]+)\]*`", text_of(FORMATS)))

    assert keys_of_toml(text_of(ROOT / file)) - documented <= {"GBP", "EUR"}


def code_blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text_of(page), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_toml_of_a_page_can_be_parsed(page: Path) -> None:
    for block in code_blocks(page, "toml"):
        tomllib.loads(block)


def test_the_examples_of_file_formats_are_without_a_fault(tmp_path: Path) -> None:
    kpis, reports = code_blocks(FORMATS, "toml")
    (tmp_path / "kpis.toml").write_text(kpis, encoding="utf-8")
    (tmp_path / CUSTOM_REPORTS_FILE).write_text(reports, encoding="utf-8")

    assert read_definitions(tmp_path, ())[1] == ()
    assert read_custom_reports(tmp_path / CUSTOM_REPORTS_FILE)[1] == ()


def test_the_report_of_the_worked_example_is_a_report_type() -> None:
    (example,) = code_blocks(ROOT / "CONTRIBUTING.md", "toml")
    added = tomllib.loads(example)

    kind = convert(added["kinds"]["coupons"], ReportTypeTable)
    assert {*kind.required, *kind.measures} <= kind.columns.keys()
    assert set(kind.measures) == added["numbers"].keys()


def test_the_journal_line_of_file_formats_can_be_read() -> None:
    (line,) = code_blocks(FORMATS, "json")

    assert decode_line(line.encode()).number == 7


def test_every_key_of_the_front_matter_is_documented() -> None:
    minutes = text_of(ROOT / "tests" / "render" / "minutes.en.md")
    front_matter = minutes.split("---\n")[1]
    documented = {
        key for cells in table_rows(FORMATS, "| Key | Value |") for key in keys_in(cells[0])
    }

    assert set(re.findall(r"^([a-z_]+):", front_matter, re.MULTILINE)) <= documented


def test_the_modules_that_read_reports_are_those_that_the_documentation_names() -> None:
    package = ROOT / "facilitator" / "adapters" / "reports"
    modules = {file.stem for file in package.iterdir()}
    steps = text_of(DOCS / "architecture.md").partition("## The reading of reports")[2]
    table = [line for line in steps.splitlines() if line.startswith("| ")]
    in_table = {name for line in table for name in re.findall("`([a-z_]+)`", line.split("|")[2])}
    in_package = set(re.findall("`([a-z_]+)`", text_of(package / "__init__.py")))

    assert in_table - {"adapters"} <= modules
    assert in_package <= modules
