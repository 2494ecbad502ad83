"""What somebody who looks for help can do."""
