"""What people can do: one file per thing, in a folder per kind of person."""
