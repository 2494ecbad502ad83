# Needs Python 3.11 or newer, make and git. Everything else is fetched into .venv, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Only what goes wrong is printed; every step says itself what it does.
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
# Sentences are t("…"), t.n("…", "…", n), N_("…"), and self("…") within the translator.
POT := $(VENV)/messages.pot
EXTRACT := $(BIN)/pybabel -q extract --no-default-keywords -k t -k self -k n:1,2 -k N_ --add-location=file --sort-by-file \
	--add-comments=Translators: --strip-comments --project=buren-voor-mekaar --width=120 -o $(POT) bot handlers models
UPDATE := $(BIN)/pybabel -q update -i $(POT) --no-fuzzy-matching --ignore-pot-creation-date --width=120

# One more than there are processors: a test that waits for a browser or another program leaves its processor to the next.
WORKERS = $$($(BIN)/python -c 'import os; print(os.cpu_count() + 1)')

# Python keeps what it compiled: without that each start of the bot takes a fifth longer.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test test-postgresql prove simulate lint types catalogues chromium postgresql systemd bench messages screenshots clean

help: ## list what there is
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## play with the bot in the browser: no Telegram, no token
	@exec $(BIN)/python -m bot demo $(ARGS)

test: lint types catalogues chromium postgresql systemd ## everything that must hold: style, imports, types, catalogues, tests
	@echo "Tests …"
	@rm -f .coverage .coverage.*
	@$(BIN)/python -W ignore:Unable -m slipcover --immediate --json --out .coverage -m pytest -q -n $(WORKERS) --dist worksteal
	@$(BIN)/python -m slipcover --merge .coverage --out .coverage.json --fail-under 95

test-postgresql: $(VENV)/.dev chromium postgresql systemd ## the whole suite once more, each test in a PostgreSQL database of its own
	@TEST_DATABASE=postgresql $(BIN)/pytest -q -n $(WORKERS) --dist worksteal $(ROW)

prove: $(VENV)/.dev chromium postgresql systemd ## the long proofs in full, into docs/reliability.md; one of them: make prove ONLY=kill
	@failed=0; \
	for name in $(or $(ONLY),alone together); do case $$name in postgresql) continue;; alone) with="-n 0";; *) with="-n $(WORKERS) --dist worksteal";; esac; \
		$(BIN)/pytest -q $$with --prove $$name --no-header -p no:randomly -o faulthandler_timeout=0 || failed=1; done; \
	case "$(ONLY)" in ""|postgresql) $(MAKE) -s test-postgresql ROW=--write-row || failed=1;; esac; \
	exit $$failed

simulate: $(VENV)/.dev ## play seeds in which everything goes wrong: make simulate SEEDS=10 FIRST=1
	@$(BIN)/python -m tests.simulation --seeds $(or $(SEEDS),10) --first $(or $(FIRST),1)

lint: $(VENV)/.dev ## style, and who may import whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-logo

types: $(VENV)/.dev ## types, strictly
	@$(BIN)/mypy

bench: $(VENV)/.dev ## measure turns a second, the time to an answer, memory
	@$(BIN)/python -m benchmarks $(ARGS)

messages: $(VENV)/.dev ## bring the sentences of the code into the catalogues of locales/
	@$(EXTRACT)
	@for po in $(wildcard locales/*.po); do $(UPDATE) -o $$po -l $$(basename $$po .po) || exit 1; done

catalogues: $(VENV)/.dev
	@$(EXTRACT)
	@for po in $(wildcard locales/*.po); do \
		$(UPDATE) --check -o $$po -l $$(basename $$po .po) 2>/dev/null || \
		{ echo "$$po does not have the sentences of the code: make messages"; exit 1; }; done

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing PostgreSQL …"; \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends \
				postgresql >/dev/null; \
		else \
			echo "Some tests need PostgreSQL's programs, and no 'initdb' was found."; \
			echo "On Debian: apt-get install postgresql. Elsewhere, put its programs in the PATH."; \
			exit 1; \
		fi; }

systemd:
	@command -v systemd-analyze >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing systemd, which checks the unit …"; \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends \
				systemd >/dev/null; \
		else \
			echo "A test checks the unit with systemd, and no 'systemd-analyze' was found."; \
			echo "On Debian: apt-get install systemd."; \
			exit 1; \
		fi; }

screenshots: $(VENV)/.dev chromium ## take the pictures of the README anew
	@$(BIN)/pytest -q -m browser --screenshots=docs/screenshots tests/story

clean: ## remove what make made; your demo's data stay
	@rm -rf $(VENV) build htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A venv whose making was interrupted has no pip, or is none: it is made again.
$(VENV)/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name it: make PYTHON=python3.12"; exit 1; }
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.prefix == sys.base_prefix)' >/dev/null 2>&1 || { \
		echo "Creating $(VENV) …"; \
		$(PYTHON) -m venv --clear $(VENV) || { echo "On Debian: apt-get install python3-venv"; exit 1; }; }
	@echo "Installing what the bot needs (up to two minutes, this once) …"
	@$(PIP) install -c constraints.txt setuptools
	@$(PIP) install -c constraints.txt --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@echo "Installing what the tests need …"
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $@

chromium:
	@command -v chromium >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium …"; \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends \
				chromium fonts-dejavu-core fonts-noto-color-emoji >/dev/null; \
		else \
			echo "The tests play in Chromium, and no command 'chromium' was found."; \
			echo "On Debian: apt-get install chromium. Elsewhere, put it in the PATH under that name."; \
			exit 1; \
		fi; }
