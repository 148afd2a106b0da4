# Needs Python 3.11 or newer and make. Everything else goes into .venv, from the locks in requirements/.

PYTHON ?= python3
JOBS   ?= 2
VENV   := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY  := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check

# A person's own settings for Python and pip must not bend this environment.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONOPTIMIZE PYTHONWARNINGS
unexport PIP_TARGET PIP_PREFIX PIP_CONSTRAINT PIP_REQUIREMENT PIP_NO_DEPS PIP_EDITABLE
export PIP_USER := 0
export PIP_NO_COMPILE := 0

.DEFAULT_GOAL := help
.PHONY: help setup demo check lint test pictures bench lock wheel wheel-check clean

help:
	@echo "'make demo' sets everything up and opens the workbench on the worked example; 'make check' sets everything up and runs every check."
	@echo "Also: 'make setup lint test pictures bench lock wheel wheel-check clean', each explained in CONTRIBUTING.md."

# --- set-up: each stamp is written last, so an interrupted set-up starts again ----------------------

$(VENV)/venv.stamp:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null || { \
	  echo "gapbench needs Python 3.11 or newer, and '$(PYTHON)' is not that: install one and name it, as in 'make demo PYTHON=python3.12'." >&2; exit 1; }
	@echo "Setting up $(VENV); this takes about a minute, once."
	@$(PYTHON) -m venv --clear $(VENV) || { \
	  echo "Python could not make a virtual environment: on Debian and Ubuntu 'apt-get install python3-venv' adds what is missing." >&2; exit 1; }
	@touch $@

$(VENV)/run.stamp: requirements/run.txt requirements/build.txt pyproject.toml $(VENV)/venv.stamp
	@$(PIP) install -qq --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@$(PIP) install -qq --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/dev.stamp

# --- the two commands of the README -----------------------------------------------------------------

demo: $(VENV)/run.stamp
	@$(PY) -m compileall -q src
	@$(PY) -m gapbench demo

check: lint test

lint: $(VENV)/dev.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(BIN)/lint-imports --no-logo

test: $(VENV)/dev.stamp
	@$(PY) -m compileall -q src
	$(PY) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

# --- by hand ----------------------------------------------------------------------------------------

pictures: $(VENV)/dev.stamp
	$(PY) tools/pictures.py

bench: $(VENV)/dev.stamp
	@$(PY) -m compileall -q src
	$(PY) -m tests.bench

wheel: $(VENV)/dev.stamp
	$(PY) -m build --wheel --no-isolation --outdir dist .

# The wheel on its own: an empty environment, a folder that is not this one.
wheel-check: $(VENV)/dev.stamp
	$(PY) tools/wheel_check.py

# Resolves again, for every system and every Python from 3.11, with the hash of every file.
COMPILE = .venv-lock/$(notdir $(BIN))/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(LOCK)
lock:
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/$(notdir $(BIN))/python -m pip install -qq "uv>=0.9"
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --group pyproject.toml:build -c requirements/run.txt -o requirements/build.txt
	$(COMPILE) pyproject.toml --group dev -c requirements/run.txt -c requirements/build.txt -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group build --group test --resolution lowest-direct -o requirements/oldest.txt

clean:
	rm -rf $(VENV) .venv-lock dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
