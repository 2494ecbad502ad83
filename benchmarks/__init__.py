"""How fast and how large: measured beside a bare echo bot, on one server, in one run."""
