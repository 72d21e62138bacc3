"""A measured figure beside its floor, and how both are printed."""

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

LIBRARIES = ("textual", "pandas", "polars", "msgspec", "tinydb")
_SCALES = {
    "s": ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")),
    "MiB": ((1.0, "MiB"),),
    "%": ((1.0, "%"),),
}


class Scale(Struct, frozen=True):
    """The amount of what is measured."""

    rounds: int
    keys: int
    idle: float
    """Seconds."""
    steps: int
    items: int
    meetings: int
    rows: int
    notes: int
    past: int
    """Meetings of a very long history."""


FULL = Scale(
    rounds=15, keys=200, idle=15, steps=10_000, items=200, meetings=1_000, rows=1_000_000,
    notes=5_000, past=2_000,
)  # fmt: skip
QUICK = Scale(
    rounds=1, keys=8, idle=1, steps=40, items=10, meetings=10, rows=5_000, notes=50, past=20
)


class Figure(Struct, frozen=True, kw_only=True):
    """A figure of the program, and its floor: the least that anything of its kind takes."""

    what: str
    figure: float
    floor: float
    unit: str = "s"
    floor_is: str
    most_ratio: float | None = None
    most: float | None = None
    """In the unit of the figure."""
    is_sound: bool = True
    """Whether all other conditions hold."""
    note: str = ""

    @property
    def ratio(self) -> float:
        """The ratio to the floor."""
        return self.figure / self.floor

    @property
    def aim(self) -> str:
        """The targets as text."""
        ratio = [] if self.most_ratio is None else [f"≤ {self.most_ratio:g} ×"]
        most = [] if self.most is None else [f"≤ {_told(self.most, self.unit)}"]
        return ", ".join([*ratio, *most])

    @property
    def is_met(self) -> bool | None:
        """Whether all targets are met; None without a target."""
        if self.most_ratio is None and self.most is None:
            return None
        is_near = self.most_ratio is None or self.ratio <= self.most_ratio
        is_small = self.most is None or self.figure <= self.most
        return self.is_sound and is_near and is_small

    def fields(self) -> dict[str, object]:
        """Return the figure as JSON."""
        return {
            "what": self.what,
            "figure": self.figure,
            "floor": self.floor,
            "unit": self.unit,
            "floor_is": self.floor_is,
            "ratio": self.ratio,
            "aim": self.aim,
            "met": self.is_met,
            "note": self.note,
        }


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table, for `docs/benchmarks.md`."""
    head = ("| What | Figure | Floor | Ratio | Aim | |", "|---|---:|---:|---:|---:|---|")
    return "\n".join([*head, *map(_row, figures)])


def machine() -> str:
    """Return a line about the machine, without which a figure means nothing."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {libraries}{load}"
    )


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def percentile_95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _row(figure: Figure) -> str:
    what = f"{figure.what} ({figure.note})" if figure.note else figure.what
    met = {True: "met", False: "**missed**", None: ""}[figure.is_met]
    cells = (
        what,
        _told(figure.figure, figure.unit),
        f"{_told(figure.floor, figure.unit)} {figure.floor_is}",
        f"{figure.ratio:.2f} ×" if figure.ratio < 100 else f"{figure.ratio:,.0f} ×",
        figure.aim,
        met,
    )
    return f"| {' | '.join(cells)} |"


def _told(amount: float, unit: str) -> str:
    scale, name = next(
        ((each, name) for each, name in _SCALES[unit] if amount >= each), _SCALES[unit][-1]
    )
    return (
        f"{amount / scale:.3g} {name}" if amount / scale < 1000 else f"{amount / scale:.0f} {name}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())
