# The commands of Lectern. `make help` lists them.
#
# Everything lives in the working folder: .venv (Python), node_modules (browser files), instance
# (database, uploads). Deleting those three puts a clone back to where it began.

PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
PYTEST := $(BIN)/pytest
UNIT := not (browser or postgres or redis or load or soak or faults or slow)
PORT ?= 8000
export PORT
# Tests wait for browsers, servers and locks about half of their time.
TESTERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) * 2 )))
# Many processes start here; each would compile the whole application for itself.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help run test check fix static unit bench soak migration matrix translations lock \
	format lint types contracts templates habits system clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: .venv/runtime  ## start Lectern here, ready to use (PORT, DATABASE_URL, REDIS_URL are honoured)
	@$(FLASK) serve

test: system .venv/dev node_modules/ready  ## set up and run every check and test
	@$(MAKE) --no-print-directory -j2 --output-sync=target static
	$(PYTEST) -n $(TESTERS) --dist worksteal -m "not soak"

check: .venv/dev node_modules/ready  ## the fast half: format, lint, types, contracts, unit tests
	@$(MAKE) --no-print-directory -j2 --output-sync=target static unit

fix: .venv/dev  ## format the code and mend what can be mended without thinking
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

soak: system .venv/dev node_modules/ready  ## the long race, kill, load and fuzz tests
	$(PYTEST) -n $(TESTERS) -m "soak or load or faults" --soak

bench: .venv/dev node_modules/ready  ## measure pages under load, beside the bare floor
	$(BIN)/python -m tests.load.bench

migration: .venv/dev  ## write a migration for the changed models: make migration name="add colours"
	$(BIN)/python -m scripts.migration $(name)

matrix: .venv/dev  ## rewrite the reviewed table of routes and roles
	$(BIN)/python -m tests.architecture.write_matrix

translations: .venv/dev  ## collect the texts of the interface into app/translations/messages.pot
	$(BIN)/pybabel extract -F babel.cfg -k _l -o app/translations/messages.pot app

lock: .venv/dev  ## pin the newest versions that the .in files and package.json allow
	scripts/lock.sh

clean:  ## remove what the checks leave behind (not the database)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The parts of `check`, each runnable alone.

static: format lint types contracts templates habits

format: .venv/dev
	$(BIN)/ruff format --check --quiet .

lint: .venv/dev
	$(BIN)/ruff check --quiet .

types: .venv/dev
	$(BIN)/mypy

contracts: .venv/dev
	$(BIN)/lint-imports --no-logo --no-cache

templates: .venv/dev
	$(BIN)/djlint --quiet --lint app/templates

habits: .venv/dev node_modules/ready
	$(BIN)/python node_modules/htmx.org/dist/scripts/upgrade-check.py app/templates

unit: .venv/dev
	$(PYTEST) -q -n $(TESTERS) -m "$(UNIT)"

# What they stand on: made once, made again when its list changes.

system:
	@scripts/system-packages.sh

.venv/runtime: requirements.txt
	@scripts/environment.sh "$(PYTHON)" requirements.txt && touch $@

.venv/dev: requirements-dev.txt
	@scripts/environment.sh "$(PYTHON)" requirements-dev.txt && touch .venv/runtime $@

node_modules/ready: package-lock.json
	@npm ci --no-progress && touch $@
