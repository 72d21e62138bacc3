"""Rules of the architecture that the import contracts cannot express."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "facilitator"
MODULES = sorted(PACKAGE.rglob("*.py"))
CLOCK = PACKAGE / "adapters" / "system_clock.py"
LONGEST_FILE = 500
LONGEST_FUNCTION = 45
CLOCK_READING = re.compile(
    r"\b(datetime|date)\.(now|today|utcnow)$"
    r"|\btime\.(time|monotonic|perf_counter|localtime|gmtime|strftime)(_ns)?$"
)
"""Calls that ask the computer what time it is."""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for_and_fits_on_a_few_pages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= LONGEST_FILE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    too_long = {
        function.name: function.end_lineno - function.lineno + 1
        for function in functions(tree_of(path))
        if function.end_lineno and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    }

    assert not too_long


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nobody_catches_everything(path: Path) -> None:
    caught = [
        handler.lineno
        for handler in ast.walk(tree_of(path))
        if isinstance(handler, ast.ExceptHandler)
        and (
            handler.type is None
            or (
                isinstance(handler.type, ast.Name)
                and handler.type.id in ("Exception", "BaseException")
            )
        )
    ]

    assert not caught


@pytest.mark.parametrize("path", [each for each in MODULES if each != CLOCK], ids=name_of)
def test_only_the_clock_tells_the_time(path: Path) -> None:
    tree = tree_of(path)
    readings = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and CLOCK_READING.search(ast.unparse(node.func))
    ]
    readings += [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
    ]

    assert not readings


def loaded_by(statement: str, *packages: str) -> set[str]:
    """Which of these packages a fresh interpreter holds after `statement`."""
    probe = f"{statement}\nimport sys\nprint(*(p for p in {packages!r} if p in sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_way_to_the_first_screen_loads_nothing_heavy() -> None:
    statement = (
        "import facilitator.__main__, facilitator.tui.app\n"
        "from pathlib import Path\n"
        "from facilitator.cli import bootstrap, workspace\n"
        "bootstrap.build_services(workspace.Workspace(Path()))"
    )

    assert not loaded_by(statement, "pandas", "numpy", "plotext", "python_calamine", "holidays")


def test_the_way_to_the_first_screen_leaves_what_a_meeting_needs_for_later() -> None:
    statement = "import facilitator.__main__, facilitator.cli.interactive, facilitator.tui.app"
    later = ("meeting", "carry_over", "usual_times", "kpis.scorecard", "kpis.signals")

    assert not loaded_by(statement, *(f"facilitator.domain.{each}" for each in later))


def test_the_core_loads_no_library_but_msgspec() -> None:
    modules = ("domain.event_history", "render.minutes", "session.services")
    statement = "import " + ", ".join(f"facilitator.{each}" for each in modules)

    heavy = ("textual", "rich", "pandas", "tinydb", "dateutil", "holidays")
    assert not loaded_by(statement, *heavy)
