"""The program that reads one file within limits: it takes a request and answers with readings."""

import pickle
import sys

from facilitator.adapters.reports.bounded_process import limit_memory
from facilitator.adapters.reports.reading import read_all_reports

if __name__ == "__main__":
    limit_memory()
    file, context, seen = pickle.load(sys.stdin.buffer)  # noqa: S301  (our own program wrote it)
    pickle.dump(read_all_reports(file, context, seen), sys.stdout.buffer)
