"""A meeting under way: the ports to the outside world, and the one pen that writes."""
