"""Validate the rows of a report; each refused row has a reason and a line."""

from typing import TYPE_CHECKING

from facilitator.adapters.reports.cells import shown
from facilitator.adapters.reports.tables import Cells, Chunk
from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_NAMED_ROWS = 20
"""The most rows of a file that get a diagnostic each; the others are counted."""


class Refusals:
    """The refused rows of a whole file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self._problems: list[Diagnostic] = []
        self._untold = {Severity.ERROR: 0, Severity.WARNING: 0}

    @property
    def room(self) -> int:
        """How many more rows get a diagnostic."""
        return MAX_NAMED_ROWS - len(self._problems)

    def take(self, found: list[tuple[int, Diagnostic]], counts: dict[Severity, int]) -> None:
        """Add the refusals of a chunk: diagnostics and counts."""
        found.sort(key=lambda each: each[0])
        told = [problem for _, problem in found[: self.room]]
        self._problems += told
        for severity, count in counts.items():
            self.count += count
            self._untold[severity] += count - sum(1 for each in told if each.severity is severity)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics, and one for the number of further rows."""
        more = sum(self._untold.values())
        if not more:
            return tuple(self._problems)
        severity = Severity.ERROR if self._untold[Severity.ERROR] else Severity.WARNING
        rest = Diagnostic(
            file=self.file,
            message=message(N_("Rejected rows not listed here: {count}."), count=more),
            severity=severity,
        )
        return (*self._problems, rest)


class RowValidator:
    """Collects the refusals of a chunk, check by check."""

    def __init__(self, chunk: Chunk, refusals: Refusals) -> None:
        import numpy as np

        self.chunk = chunk
        self.kept: NDArray[np.bool_] = np.ones(len(chunk), bool)
        self.aside: NDArray[np.bool_] = np.zeros(len(chunk), bool)
        """The rows that are neither counted nor refused."""
        self._refusals = refusals
        self._found: list[tuple[int, Diagnostic]] = []
        self._counts = {Severity.ERROR: 0, Severity.WARNING: 0}

    @property
    def sound(self) -> "NDArray[np.bool_]":
        """A mask of the rows that are not refused."""
        sound: NDArray[np.bool_] = self.kept | self.aside
        return sound

    def refuse(
        self,
        rows: "NDArray[np.bool_]",
        said: str,
        *,
        column: str = "",
        cells: Cells | None = None,
        hint: Message | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Refuse rows for a reason; only the first reason of a row is reported."""
        import numpy as np

        fresh = rows & self.kept
        count = int(np.count_nonzero(fresh))
        if not count:
            return
        self.kept &= ~fresh
        self._counts[severity] += count
        for at in np.flatnonzero(fresh)[: self._refusals.room]:
            row = int(self.chunk.rows[at])
            cell = shown(cells.at(int(at))) if cells else ""
            problem = Diagnostic(
                file=self._refusals.file,
                row=row,
                column=column or "",
                message=message(said, cell=cell),
                hint=hint,
                severity=severity,
            )
            self._found.append((row, problem))

    def set_aside(self, rows: "NDArray[np.bool_]") -> None:
        """Leave out valid rows without refusing them."""
        self.aside |= rows & self.kept
        self.kept &= ~rows

    def refuse_without_diagnostic(self, rows: "NDArray[np.bool_] | None" = None) -> int:
        """Refuse rows, or all, for a reason that is reported for the file; return how many."""
        import numpy as np

        fresh = self.kept.copy() if rows is None else rows & self.kept
        count = int(np.count_nonzero(fresh))
        self._refusals.count += count
        self.kept &= ~fresh
        return count

    def close(self) -> None:
        """Add the refusals of this chunk to those of the file."""
        self._refusals.take(self._found, self._counts)
