"""The benchmarks run, and give a figure and its floor for everything that they measure."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = (
    "start to first useful paint",
    "a key to the screen",
    "idle with the clock running",
    "a step, the first",
    "minutes of",
    "a library of",
    "the first key of the review",
    "the focus of every week",
    "a report of",
    "a workbook of",
    "a heavy week of 30 files",
)


@pytest.mark.skipif(sys.platform != "linux", reason="processor and memory are read from /proc")
def test_a_quick_run_gives_a_figure_and_a_ratio_on_every_line():
    words = [sys.executable, "-m", "tests.bench", "--quick", "--json"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    lines = printed["figures"]
    for name in NAMED:
        assert any(line["what"].startswith(name) for line in lines), name
    for line in lines:
        assert line["figure"] > 0, line
        assert line["floor"] > 0, line
        assert line["ratio"] == pytest.approx(line["figure"] / line["floor"]), line
    assert "Python" in printed["machine"]
