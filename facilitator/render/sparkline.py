"""Sparklines: a series of numbers as a line of block characters."""

from collections.abc import Sequence

CHART_WIDTH = 24
"""The most months or meetings in a chart."""
BLOCKS = "▁▂▃▄▅▆▇█"
GAP = "⋅"
"""Stands for a week without a value; no dot between words, which a poor console has as a bar."""


def sparkline(values: Sequence[float | None], width: int | None = None) -> str:
    """Return the last `width` values as blocks, scaled from the smallest to the largest."""
    shown = tuple(values[-width:] if width else values)
    known = [value for value in shown if value is not None]
    if not known:
        return GAP * len(shown)
    low, high = min(known), max(known)
    step = (high - low) / (len(BLOCKS) - 1) or 1.0
    middle = BLOCKS[len(BLOCKS) // 2 - 1]
    return "".join(
        GAP if value is None else middle if low == high else BLOCKS[round((value - low) / step)]
        for value in shown
    )
