"""Rules of the architecture that ruff, mypy and the import contracts cannot express.

A rule is a function that yields the offences in one source file. One test for each rule walks all
modules and reports every offence with its file and line; further tests show that each rule finds
what it is there to find, and nothing else.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "facilitator"
MODULES = sorted(PACKAGE.rglob("*.py"))
WIDGETS = sorted((PACKAGE / "tui" / "widgets").rglob("*.py"))
CLOCK = PACKAGE / "adapters" / "system_clock.py"
LONGEST_FILE = 500
LONGEST_FUNCTION = 45


class Offence(NamedTuple):
    """A place that breaks a rule."""

    line: int
    what: str


Rule = Callable[[str], Iterator[Offence]]


def missing_docstring(source: str) -> Iterator[Offence]:
    """Yield an offence for a module that does not say what it is for."""
    if not ast.get_docstring(ast.parse(source)):
        yield Offence(1, "the module has no docstring")


def long_file(source: str) -> Iterator[Offence]:
    """Yield an offence for a file of too many lines."""
    lines = len(source.splitlines())
    if lines > LONGEST_FILE:
        yield Offence(lines, f"the file has {lines} lines, {LONGEST_FILE} are allowed")


def nodes(source: str) -> Iterator[ast.expr | ast.stmt | ast.ExceptHandler]:
    """Yield each node that has a line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.expr | ast.stmt | ast.ExceptHandler):
            yield node


def long_functions(source: str) -> Iterator[Offence]:
    """Yield each function of too many lines."""
    for node in nodes(source):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                what = f"{node.name} has {lines} lines, {LONGEST_FUNCTION} are allowed"
                yield Offence(node.lineno, what)


CATCH_ALL = re.compile(r"\b(Base)?Exception(Group)?$")


def catch_alls(source: str) -> Iterator[Offence]:
    """Yield each `except` and `suppress` that would hide a bug."""
    for node in nodes(source):
        caught: Iterable[ast.expr] = ()
        if isinstance(node, ast.ExceptHandler):
            if node.type is None:
                yield Offence(node.lineno, "except without a class")
            else:
                caught = [node.type]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            caught = node.args
        for each in caught:
            classes = each.elts if isinstance(each, ast.Tuple) else [each]
            if any(CATCH_ALL.search(ast.unparse(one)) for one in classes):
                yield Offence(node.lineno, f"{ast.unparse(each)} is caught")


CLOCK_READING = re.compile(
    r"\b(datetime|date)\.(now|today|utcnow)$"
    r"|\btime\.(time|monotonic|perf_counter|process_time|localtime|gmtime|ctime|strftime)(_ns)?$"
)
"""What asks the computer for the time, called or handed on."""


def clock_readings(source: str) -> Iterator[Offence]:
    """Yield each place that asks the computer for the time, or could under another name."""
    for node in nodes(source):
        is_reading = isinstance(node, ast.Attribute) and CLOCK_READING.search(ast.unparse(node))
        if is_reading or (isinstance(node, ast.ImportFrom) and node.module == "time"):
            yield Offence(node.lineno, ast.unparse(node))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            renamed = {each.name for each in node.names if each.asname}
            if renamed & {"time", "datetime", "date"}:
                yield Offence(node.lineno, ast.unparse(node))


IMPORTERS = {
    "__import__",
    "exec",
    "eval",
    "import_module",
    "resolve_name",
    "run_module",
    "run_path",
}
HARMLESS_IMPORTLIB = {"importlib.metadata", "importlib.resources"}


def imports_by_string(source: str) -> Iterator[Offence]:
    """Yield each way to run a module that no import statement names."""
    for node in nodes(source):
        modules: Iterable[str] = ()
        if isinstance(node, ast.Import):
            modules = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        used = getattr(node, "id", None) or getattr(node, "attr", None)
        if used in IMPORTERS or any(
            each.split(".")[0] in ("importlib", "runpy") and each not in HARMLESS_IMPORTLIB
            for each in modules
        ):
            yield Offence(node.lineno, ast.unparse(node))


def callbacks(source: str) -> Iterator[Offence]:
    """Yield each function that a widget takes, instead of posting a message."""
    for node in nodes(source):
        if isinstance(node, ast.Name) and node.id == "Callable":
            yield Offence(node.lineno, "Callable")


def offences(rule: Rule, modules: Iterable[Path] = MODULES, root: Path = ROOT) -> str:
    """Return all offences against a rule, a line each; empty where there is none."""
    return "\n".join(
        f"{path.relative_to(root).as_posix()}:{offence.line}: {offence.what}"
        for path in modules
        for offence in rule(path.read_text(encoding="utf-8"))
    )


def test_modules_are_found() -> None:
    assert CLOCK in MODULES
    assert WIDGETS


def test_every_module_has_a_docstring() -> None:
    assert not offences(missing_docstring)


def test_no_file_is_too_long() -> None:
    assert not offences(long_file)


def test_no_function_is_too_long() -> None:
    assert not offences(long_functions)


def test_no_exception_handler_catches_everything() -> None:
    assert not offences(catch_alls)


def test_only_the_system_clock_reads_the_time() -> None:
    assert not offences(clock_readings, [each for each in MODULES if each != CLOCK])


def test_nothing_is_imported_by_string() -> None:
    assert not offences(imports_by_string)


def test_widgets_take_no_callbacks() -> None:
    assert not offences(callbacks, WIDGETS)


TRY = "try:\n    f()\n"
ACCEPTED = [
    (missing_docstring, '"""What it is."""\n'),
    (long_file, "x = 1\n" * LONGEST_FILE),
    (long_functions, "def f():\n" + "    x = 1\n" * (LONGEST_FUNCTION - 1)),
    (catch_alls, TRY + "except (ValueError, OSError):\n    pass\n"),
    (catch_alls, "with suppress(OSError, csv.Error):\n    f()\n"),
    (catch_alls, "raise Exception\n"),
    (clock_readings, "now = clock.now()\n"),
    (clock_readings, "from datetime import date\nlater = date.fromisoformat(text)\n"),
    (clock_readings, "import time\ntime.sleep(1)\n"),
    (imports_by_string, "from importlib.metadata import version\n"),
    (imports_by_string, "import pandas\nframe.evaluate('x')\n"),
    (callbacks, "def __init__(self, lines: Sequence[str]) -> None: ...\n"),
]
OFFENDING = [
    (missing_docstring, "x = 1\n", 1),
    (missing_docstring, "", 1),
    (long_file, "x = 1\n" * (LONGEST_FILE + 1), LONGEST_FILE + 1),
    (long_functions, "x = 1\ndef f():\n" + "    x = 1\n" * LONGEST_FUNCTION, 2),
    (long_functions, "class A:\n  async def f():\n" + "    x = 1\n" * LONGEST_FUNCTION, 2),
    (catch_alls, TRY + "except:\n    pass\n", 3),
    (catch_alls, TRY + "except Exception:\n    pass\n", 3),
    (catch_alls, TRY + "except builtins.BaseException as e:\n    pass\n", 3),
    (catch_alls, TRY + "except (OSError, Exception):\n    pass\n", 3),
    (catch_alls, TRY + "except* ExceptionGroup:\n    pass\n", 3),
    (catch_alls, "with suppress(Exception):\n    f()\n", 1),
    (catch_alls, "with contextlib.suppress(OSError, BaseException):\n    f()\n", 1),
    (clock_readings, "x = 1\nnow = datetime.now(UTC)\n", 2),
    (clock_readings, "now = datetime.datetime.utcnow()\n", 1),
    (clock_readings, "today = date.today()\n", 1),
    (clock_readings, "field(default_factory=datetime.now)\n", 1),
    (clock_readings, "start = time.perf_counter_ns()\n", 1),
    (clock_readings, "from time import monotonic\n", 1),
    (clock_readings, "import time as t\n", 1),
    (clock_readings, "from datetime import datetime as dt\n", 1),
    (imports_by_string, "x = 1\nimportlib.import_module('facilitator.cli')\n", 2),
    (imports_by_string, "import importlib\n", 1),
    (imports_by_string, "from importlib import import_module as load\n", 1),
    (imports_by_string, "from importlib.util import spec_from_file_location\n", 1),
    (imports_by_string, "__import__('pandas')\n", 1),
    (imports_by_string, "import runpy\n", 1),
    (imports_by_string, "from runpy import run_module\n", 1),
    (imports_by_string, "exec('import pandas')\n", 1),
    (imports_by_string, "load = eval\n", 1),
    (callbacks, "def __init__(self, done: Callable[[str], None]) -> None: ...\n", 1),
]


@pytest.mark.parametrize(("rule", "source"), ACCEPTED)
def test_a_rule_accepts_what_keeps_to_it(rule: Rule, source: str) -> None:
    assert not list(rule(source))


@pytest.mark.parametrize(("rule", "source", "line"), OFFENDING)
def test_a_rule_finds_the_line_that_breaks_it(rule: Rule, source: str, line: int) -> None:
    assert {each.line for each in rule(source)} == {line}


def test_an_offence_is_reported_with_its_file_and_line(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("x = 1\nimport runpy\n", encoding="utf-8")

    assert offences(imports_by_string, [module], root=tmp_path) == "module.py:2: import runpy"


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a statement loads in a fresh interpreter."""
    probe = f"import sys\nbefore = set(sys.modules)\n{statement}\nprint(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_what_a_statement_loads_is_noticed() -> None:
    loaded = loaded_by("import csv, tomllib._parser")

    assert loaded >= {"csv", "tomllib", "tomllib._parser"}
    assert not loaded & {"pandas", "wave"}


def test_the_way_to_the_first_screen_loads_nothing_heavy() -> None:
    loaded = loaded_by(
        "import facilitator.__main__, facilitator.tui.app\n"
        "from pathlib import Path\n"
        "from facilitator.cli import bootstrap, workspace\n"
        "bootstrap.build_services(workspace.Workspace(Path()))"
    )

    assert "facilitator.cli.bootstrap" in loaded
    assert not loaded & {"pandas", "numpy", "plotext", "python_calamine", "holidays"}


def test_the_way_to_the_first_screen_leaves_what_a_meeting_needs_for_later() -> None:
    loaded = loaded_by(
        "import facilitator.__main__, facilitator.cli.interactive, facilitator.tui.app"
    )
    later = ("meeting", "carry_over", "usual_times", "kpis.scorecard", "kpis.signals")

    assert "facilitator.cli.interactive" in loaded
    assert not loaded & {f"facilitator.domain.{each}" for each in later}


def test_the_core_loads_no_library_but_msgspec() -> None:
    core = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for layer in ("domain", "render", "session")
        for path in sorted((PACKAGE / layer).rglob("*.py"))
    ]
    loaded = loaded_by(f"import {', '.join(core)}")
    packages = {each.split(".")[0] for each in loaded - loaded_by("import msgspec, zoneinfo")}

    assert set(core) <= loaded
    assert packages - sys.stdlib_module_names <= {"facilitator"}
