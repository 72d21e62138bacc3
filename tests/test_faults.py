"""Killed, refused, changed, damaged: nothing is lost. A sample of `make faults`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and LD_PRELOAD")


def test_nothing_is_lost_in_a_sample_of_faults():
    sample = ("--kills=3", "--meetings=6", "--commands=8", "--replacements=9", "--mutations=44")
    command = [sys.executable, "-m", "tests.faults", *sample]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "tried" in done.stdout
