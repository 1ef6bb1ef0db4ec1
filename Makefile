# Needs make and Python 3.11 or newer; everything else goes into .venv, made on first use.
# PYTHON=/path/to/python3 chooses another Python.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run.stamp
DEV := $(VENV)/.dev.stamp
DEMO := demo
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test check fix docs eval bench wheel smoke model clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---------------------------------------------------------------- the environment
$(RUN): pyproject.toml
	@python=$$(PYTHON='$(PYTHON)' sh tools/find-python) && \
	  echo "Making $(VENV) with $$python (a minute or two the first time) …" && \
	  "$$python" -m venv --clear $(VENV) && $(PIP_INSTALL) -e . && touch $@

$(DEV): $(RUN)
	@echo "Installing the tools for tests and checks …"
	@$(PIP_INSTALL) -e '.[dev]' && touch $@

# ---------------------------------------------------------------- to use it
demo: $(RUN) ## read the stories of seeds/ into a graph and ask it
	@rm -rf $(DEMO) && mkdir $(DEMO)
	@PATH="$$PWD/$(BIN):$$PATH" KG_STORE=$(DEMO)/kg.store sh tools/demo

# ---------------------------------------------------------------- to work on it
test: $(DEV) ## run the tests
	@$(BIN)/python -m pytest

check: $(DEV) ## lint, formatting, types, and docs that are out of date
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m docs.generate --check

fix: $(DEV) ## let ruff mend and format what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(DEV) ## write docs/cli.md and docs/ontology.md from the program
	@$(BIN)/python -m docs.generate

# ---------------------------------------------------------------- to measure it
eval: $(DEV) ## accuracy on marked texts, where KG_SHARED or ../shared holds them
	@$(BIN)/python -m bench.accuracy
	@$(BIN)/python -m bench.coreference
	@corpora="$${KG_SHARED:-../shared}/corpora"; [ ! -d "$$corpora" ] || $(BIN)/python -m training.evaluate --corpora "$$corpora"

bench: $(DEV) ## speed and start-up, each beside its peer in the same run
	@$(BIN)/python -m bench.startup
	@$(BIN)/python -m bench.speed
	@$(BIN)/python -m bench.queries --people 20000

# ---------------------------------------------------------------- to ship it
wheel: $(DEV) ## build dist/*.whl and dist/*.tar.gz
	@rm -rf dist && $(BIN)/python -m build --outdir dist .

smoke: $(DEV) ## install the built wheel in an empty environment and run it in an empty folder
	@$(BIN)/python -m pytest --slow tests/test_wheel.py

model: $(DEV) ## train the English model again: make model CORPORA=DIR MINILM=DIR (hours; see training/README.md)
	@$(PIP_INSTALL) -e '.[dev,train]'
	@PATH="$$PWD/$(BIN):$$PATH" CORPORA='$(CORPORA)' MINILM='$(MINILM)' STAGE='$(STAGE)' sh training/run.sh

clean: ## remove what the other targets made, .venv too
	@rm -rf $(VENV) $(DEMO) dist build runs .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
