"""Who may import whom: the contracts stand in pyproject.toml."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.structure.tree import PRODUCT, ROOT, read

CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads(read(Path("pyproject.toml")))["tool"]["importlinter"]["contracts"]
}

# For each contract, imports of which every single one breaks it.
FORBIDDEN = {
    "models knows the rules, and neither Telegram nor asyncio": {
        "models/rule.py": ["bot", "handlers", "simulator", "telegram", "aiohttp", "apscheduler", "asyncio"],
    },
    "bot.app alone imports handlers, to register them": {"bot/intake.py": ["handlers.task"]},
    "handlers say what happens; how it reaches people is bot's": {
        "handlers/task.py": ["telegram", "aiohttp", "apscheduler", "asyncio"],
    },
    "the simulator knows nothing of the project": {"simulator/server.py": ["bot", "handlers", "models", "telegram"]},
    "the project knows the simulator by its address only": {
        "bot/demo.py": ["simulator.server"],
        "handlers/task.py": ["simulator.server"],
    },
}


def house(folder: Path) -> None:
    """A small house of the same shape, where everything is allowed, under the contracts of the real one."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PRODUCT:
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    (folder / "models/rule.py").write_text("import sqlalchemy\n")
    (folder / "bot/app.py").write_text("import aiohttp\nimport apscheduler\nimport telegram\nimport handlers.task\n")
    (folder / "bot/intake.py").write_text("import bot.app\nimport models.rule\n")
    (folder / "bot/demo.py").write_text("import asyncio\n")
    (folder / "handlers/task.py").write_text("import bot.demo\nimport models.rule\n")
    (folder / "simulator/server.py").write_text("import aiohttp\n")


def verdict(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def test_the_project_keeps_its_contracts():
    code, report = verdict(ROOT)
    assert code == 0, report


def test_a_house_that_imports_what_it_may_keeps_them_too(tmp_path):
    house(tmp_path)
    code, report = verdict(tmp_path)
    assert code == 0, report


def test_every_forbidden_import_is_noticed(tmp_path):
    assert FORBIDDEN.keys() == CONTRACTS.keys()
    house(tmp_path)
    for modules in FORBIDDEN.values():
        for module, imported in modules.items():
            with (tmp_path / module).open("a") as file:
                file.writelines(f"import {name}\n" for name in imported)
    code, report = verdict(tmp_path)
    assert code == 1, report
    for contract, modules in FORBIDDEN.items():
        assert f"{contract} BROKEN" in report
        for module, imported in modules.items():
            importer = module.removesuffix(".py").replace("/", ".")
            for name in imported:
                assert f"{importer} -> {name}" in report, f"{importer} may import {name} unnoticed"
