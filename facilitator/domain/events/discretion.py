"""The fact of a meeting about what only its recorder's file tells."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityMarked:
    """An entry of the meeting was marked as sensitive, or no longer is."""

    at: datetime
    id: str
    is_sensitive: bool
