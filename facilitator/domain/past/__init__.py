"""Past meetings: what is remembered of them, search, chains, statistics."""
