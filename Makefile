# make run: serve the playground.   make test: install what tests need and run them.   make check: lint and types.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
# The fetched model is kept here between test runs; everything else that tests make is temporary.
export PLAYGROUND_TEST_HOME ?= $(HOME)/.cache/assembly-playground-tests

.PHONY: run test check format bench conformance system-packages model test-model clean

# The page is served while the model is still being fetched; both say how far it is.
run: $(VENV)/app
	$(BIN)/python -m playground.models.weights & $(BIN)/python app.py

test: $(VENV)/dev system-packages test-model
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Ratios against the peer that a user would pick instead; prints, never asserts.
bench: $(VENV)/dev system-packages model
	for file in benchmarks/*_speed.py; do PYTHONPATH=. $(BIN)/python $$file || exit 1; done

# Longer differential runs against the native toolchain (hundreds of csmith programs).
conformance: $(VENV)/dev system-packages
	for file in tests/*/conformance_*.py tests/*/*/conformance_*.py; do PYTHONPATH=. $(BIN)/python $$file || exit 1; done

model: $(VENV)/app
	$(BIN)/python -m playground.models.weights

test-model: $(VENV)/dev
	PLAYGROUND_HOME=$(PLAYGROUND_TEST_HOME) $(BIN)/python -m playground.models.weights

system-packages:
	sh tools/system_packages.sh

$(VENV)/app: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/app
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
