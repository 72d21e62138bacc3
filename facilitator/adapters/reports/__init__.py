"""Amazon's reports and the team's own: recognised by their header, summed to daily facts.

pandas and calamine are imported where a file is read, never with this package.
"""

from facilitator.adapters.reports.breakdown import read_breakdown
from facilitator.adapters.reports.folder import read_folder
from facilitator.adapters.reports.own_kinds import OWN_FILE, read_own
from facilitator.adapters.reports.reading import FileReading, Total, inspect_file

__all__ = [
    "OWN_FILE",
    "FileReading",
    "Total",
    "inspect_file",
    "read_breakdown",
    "read_folder",
    "read_own",
]
