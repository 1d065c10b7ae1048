# `make run` and `make test` set up all they need; nothing else has to be typed first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
DEV    := $(VENV)/.ready-dev

.PHONY: run test check format bench bench-large torture pictures words lock clean help

help:            ## say what can be made
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; say which one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }

$(STAMP): requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(STAMP)

run: $(STAMP)    ## the visitor's touch screen (without a terminal: one visit, end to end)
	@$(BIN)/kiosk run

test: $(DEV)     ## all tests
	$(BIN)/python -m pytest

check: $(DEV)    ## formatting, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)   ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV)    ## measure, as ratios in one run
	$(BIN)/python -m bench

torture: $(DEV)  ## kill, cut, fill, garble and misdate, and count (SECONDS=20 a story, SEED=…)
	$(BIN)/python -m torture $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED))

bench-large: $(DEV) ## beside ten million tickets: 20 GB in .large/ on both engines, half an hour the first time
	$(BIN)/python -m bench.large

pictures: $(DEV) ## redraw the README's pictures from the running screens
	$(BIN)/python -m docs.draw

words: $(DEV)    ## compile the catalogues of words
	$(BIN)/pybabel compile --directory kiosk/locales --domain kiosk --statistics

lock: $(DEV)     ## choose versions anew and write their hashes
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.txt requirements.in pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra dev --constraint requirements.txt --output-file requirements-dev.txt requirements.in pyproject.toml

clean:           ## forget everything that was made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
