"""What must never get lost, leak or let somebody in: a share in `make test`, all of it in `make prove`."""
