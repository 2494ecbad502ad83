"""`python -m models.migrations "what changes"` writes the next revision from the models."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine

from models import migrations

with TemporaryDirectory() as folder:
    engine = create_engine(f"sqlite:///{Path(folder) / 'newest.db'}")
    with engine.connect() as connection:
        migrations.upgrade(connection)
    with engine.connect() as connection:
        print(migrations.draft(connection, " ".join(sys.argv[1:])))  # noqa: T201 – a command for the terminal
    engine.dispose()
