"""Running a meeting: ports to the outside world, and the session that writes its journal."""
