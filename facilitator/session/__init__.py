"""Running a meeting: the ports to the outside world, the session, and the use cases."""
