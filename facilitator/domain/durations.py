"""Durations that are used throughout."""

from datetime import timedelta

NO_TIME = timedelta()
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
