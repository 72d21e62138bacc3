"""Fixtures of the cases: commands run in this process, on a fixed day."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from facilitator.adapters import scorecard_loader
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.main import main
from facilitator.render.language import Language, set_language
from tests.cases.workbench import NOW, Printed, Workbench


@pytest.fixture
def bench(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workbench]:
    """A workspace to put an agenda and exports in."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(SystemClock, "now", lambda _clock: NOW)
    monkeypatch.setattr(scorecard_loader, "_run_in_subprocess", _run_here)

    def run(*words: object, at: Path) -> Printed:
        monkeypatch.chdir(at)
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return Printed(code, *capsys.readouterr())

    yield Workbench(tmp_path, run)
    set_language(Language())


def _run_here(
    task: Callable[[Callable[[object], None] | None], object],
    progress: Callable[[object], None] | None = None,
) -> object:
    """Read the reports in this process, which is quicker than to start another."""
    return task(progress)
