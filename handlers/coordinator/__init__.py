"""What a coordinator can do: see what is open, help it on, and approve volunteers."""
