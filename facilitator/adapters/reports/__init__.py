"""Amazon's reports and the team's own: recognised by their header, summed to daily facts.

A file goes through these modules: `opening` finds its encoding and header, `headers` the kind of
report that it is (`kinds`), `hints` what its name says of all rows; `text_rows` or `workbooks`
read its rows in pieces (`tables`), and `open_quotes` misses none. `tally` adds them up: `sieve`
refuses what is wrong, `booking` finds day, shop, ad product (`products`) and money, `figures` the
numbers, `measures` what is counted, `ledger` the sums; `reading` holds these steps together.
 For a whole `folder`, `shelf` keeps what was read,
`overlaps` counts each row once (`identity`), `voices` makes one voice of several reports, and
`differences` says where they do not agree.

pandas and calamine are imported where a file is read, never with this package.
"""

from facilitator.adapters.reports.breakdown import read_breakdown
from facilitator.adapters.reports.file_reading import FileReading, Total
from facilitator.adapters.reports.folder import read_folder
from facilitator.adapters.reports.own_kinds import OWN_FILE, read_own
from facilitator.adapters.reports.reading import read_tables

__all__ = [
    "OWN_FILE",
    "FileReading",
    "Total",
    "read_breakdown",
    "read_folder",
    "read_own",
    "read_tables",
]
