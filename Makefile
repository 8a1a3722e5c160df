# make map    draw the map of the sample articles into outputs/
# make test   run the tests
# make rules  install what the tests of accessibility and HTML need (from npm; without it they skip)
# make check  everything that has to pass before a push
# make fix    repair what tools can repair
# make bench  measure time and memory (never part of the tests)

.DEFAULT_GOAL := help
.PHONY: help map test rules check lint fix bench clean

# The newest Python on the path that is new enough; `make map PYTHON=/path/to/python3.12` chooses another.
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c '$(IS_NEW_ENOUGH)' 2>/dev/null && { echo "$$p"; break; }; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SAMPLE := tests/articles/idlib

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

map: .venv/.geomap
	@echo "Drawing the map of $(SAMPLE) (the first time, an index of the world's names is built: half a minute) ..."
	@$(BIN)/geomap map $(SAMPLE) --articles $(SAMPLE)/articles.yml -o outputs/idlib.html > /dev/null
	@echo "The map is there: $(CURDIR)/outputs/idlib.html (open it in a browser; it needs no network)"

test: .venv/.dev
	@$(BIN)/python -m pytest

rules: tests/browser/node_modules/.package-lock.json

check: lint
	@$(BIN)/python -m pytest

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/geomap gazetteer check

fix: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/geomap gazetteer format

bench: .venv/.dev
	$(BIN)/python benchmarks/map.py

clean:
	rm -rf .venv tests/browser/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Stamps: a second run installs nothing unless pyproject.toml changed.
.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "geomap needs Python 3.11 or newer, and none is on the path ($$(python3 --version 2>&1)):" \
		"install one, or name it: make map PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c '$(IS_NEW_ENOUGH)' || { echo "geomap needs Python 3.11 or newer; $(PYTHON) is" \
		"$$("$(PYTHON)" --version 2>&1): name another with PYTHON=" >&2; exit 1; }
	@echo "Making .venv with $$("$(PYTHON)" --version) ..."
	@"$(PYTHON)" -m venv .venv || { rm -rf .venv; echo "Python's venv module does not work here (on Debian:" \
		"apt install python3-venv)" >&2; exit 1; }

.venv/.geomap: .venv/bin/python pyproject.toml
	@echo "Installing geomap and what it needs into .venv (once, a minute or two) ..."
	@$(PIP) install --editable .
	@echo "Building the index of the world's place names in the user's cache folder (once, half a minute) ..."
	@$(BIN)/geomap gazetteer lookup Idlib > /dev/null
	@touch $@

.venv/.dev: .venv/.geomap
	@echo "Installing what the tests need into .venv (once) ..."
	@$(PIP) install --editable '.[dev,cluster]'
	@touch $@

# No lock file: it would name the registry it was made with. The list npm keeps in the folder is the stamp.
tests/browser/node_modules/.package-lock.json: tests/browser/package.json
	@echo "Installing axe-core and html-validate into tests/browser/node_modules (once) ..."
	@cd tests/browser && npm install --no-save --no-package-lock --engine-strict --ignore-scripts --no-audit --no-fund \
		--fetch-retries=1 --fetch-timeout=60000 --loglevel=error > /dev/null
	@touch $@
