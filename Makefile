# make run    install what is missing, load the demonstration reports, open the chat in the browser
# make test   install what is missing, check style and types, run the tests
# make check  style and types alone

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# The demonstration has a store of its own: its figures must never mix with real ones.
DEMO_STORE = $(or $(CONSTA_ALMACEN),$(shell $(BIN)/python -c 'import platformdirs as p; print(p.user_data_path("consta", False) / "demostracion")'))

.PHONY: run test check clean

run: $(VENV)/.installed
	$(BIN)/consta --almacen "$(DEMO_STORE)" cargar corpus/informes
	$(BIN)/consta --almacen "$(DEMO_STORE)" chat --bancos corpus/golden

test: check
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Stamps: a second run installs nothing unless pyproject.toml changed.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/.installed

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache
