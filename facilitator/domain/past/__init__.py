"""Looking back: what is remembered of past meetings, found, chained and counted."""
