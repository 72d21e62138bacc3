"""Experiments: what is tried out before it is believed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A proposal that is tried out before it is believed."""

    variant: str
    """What is done otherwise."""
    metric: str = ""
    """What it is measured by."""
    until: date | None = None
    """When it stops."""
