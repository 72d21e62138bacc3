"""The command line: arguments, bootstrap of all parts, and the commands in groups."""
