# Each target makes .venv from the pinned requirements first, once: a stamp in it says which pins it was made from.

PYTHON ?= python3
VENV := .venv
LOWEST := .venv-lowest
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO_ARGUMENTS ?=
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url

.PHONY: help demo test check bench lowest audit format intents transcripts requirements upgrade

help:
	@echo "make demo          the bot against simulators, with a chat page for the browser"
	@echo "make test          everything: style, types, imports, tests, words"
	@echo "make check         style, types and imports only"
	@echo "make bench         measure speed and cost, and write benchmarks/RESULTS.md (under 20 minutes)"
	@echo "make lowest        the tests, on the lowest versions that pyproject.toml allows"
	@echo "make audit         ask whether anything is known against the pinned packages"
	@echo "make format        put the code into its form"
	@echo "make intents       learn what people want from the examples anew (one to three minutes)"
	@echo "make transcripts   print all that shoppers read to docs/transcripts, in the order of an order's life"
	@echo "make requirements  pin what pyproject.toml asks for (needs uv)"
	@echo "make upgrade       pin the newest versions of everything (needs uv)"

# 130 is the end by Ctrl-C, as it is meant to be
demo: $(VENV)/run.stamp
	$(BIN)/python -m bot demo $(DEMO_ARGUMENTS) || [ $$? = 130 ]

test: check
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m bot locales

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# what is measured against and is no dependency gets an environment of its own, .venv-peers
bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.all

# what can't be asked for lack of a network is skipped, and says so
audit: $(BIN)/python
	$(BIN)/python scripts/audit.py

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# after a change of locales/*/intents.txt, of bot/understanding/languages or of how messages are read
intents: $(VENV)/dev.stamp
	$(BIN)/python -m scripts.train_intents

# after a change of words: what reviewers and native readers are given
transcripts: $(VENV)/run.stamp
	for language in en es pt-BR; do \
		$(BIN)/python -m bot.demo.specimens $$language --shopper > docs/transcripts/$$language.txt || exit 1; \
	done
	$(BIN)/python -m bot.demo.specimens es-AR --shopper --differing > docs/transcripts/es-AR.txt

# keeps the pins that still fit pyproject.toml; `make upgrade` takes the newest of everything
requirements upgrade:
	@command -v uv > /dev/null || { echo "make $@ needs uv on the path." >&2; exit 1; }
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --group dev -o requirements-dev.txt
	$(COMPILE) --group audit -o requirements-audit.txt
	$(COMPILE) benchmarks/peers/requirements.in -o benchmarks/peers/requirements.txt

upgrade: COMPILE += --upgrade

# Are the lower bounds of pyproject.toml true? The slowest tests, and those that need a browser, are left to `make test`.
lowest: $(LOWEST)/stamp
	$(LOWEST)/bin/python -m scripts.import_everything
	$(LOWEST)/bin/python -m pytest -n 2 --dist loadfile \
		--ignore tests/demo --ignore tests/end_to_end --ignore tests/model

define find-python
@command -v $(PYTHON) > /dev/null || \
	{ echo "There is no $(PYTHON). Install Python 3.11 or newer, or say: make PYTHON=/path/to/python3" >&2; exit 1; }
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "$(PYTHON) is $$($(PYTHON) -V 2>&1); 3.11 or newer is needed. Say: make PYTHON=python3.11" >&2; exit 1; }
@$(PYTHON) -c 'import venv, ensurepip' 2> /dev/null || \
	{ echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
endef

$(BIN)/python:
	$(find-python)
	$(PYTHON) -m venv $(VENV)

# by no hashes: nothing runs from it but the tests
$(LOWEST)/stamp: pyproject.toml scripts/lowest_versions.py
	$(find-python)
	$(PYTHON) -m venv --clear $(LOWEST)
	$(LOWEST)/bin/python scripts/lowest_versions.py > $(LOWEST)/versions.txt
	$(LOWEST)/bin/python -m pip --disable-pip-version-check --quiet install -r $(LOWEST)/versions.txt
	@touch $@

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.txt
	@touch $@

# what tests need holds what the bot needs, at the same versions
$(VENV)/dev.stamp: requirements-dev.txt requirements.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $(VENV)/run.stamp $@
