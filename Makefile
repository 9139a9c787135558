# make demo, make test, make check: each sets up .venv where it is missing.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# Two processes: each loads the models (0.8 GB), and two cores are what one can count on.
TESTS := $(BIN)/python -m pytest -q --cov --numprocesses 2 --dist worksteal
CASE := demo-case

# Files that say what was installed; the development one has everything that the plain one has.
PLAIN := $(VENV)/installed
DEV := $(VENV)/installed-dev
INSTALLED := $(if $(wildcard $(DEV)),$(DEV),$(PLAIN))

.PHONY: help demo test check format clean

help:
	@echo "make demo    build a case from the sample reports, ask it, draw it"
	@echo "make test    run the tests"
	@echo "make check   run the linters, the type checker and the tests"
	@echo "make format  put the code into its form"
	@echo "make clean   remove everything that was made, .venv too"

$(BIN)/python:
	@python=$$(PYTHON='$(PYTHON)' .ci/find-python) && "$$python" -m venv --clear $(VENV)

# The interpreter is older than the files: all that counts is whether it is there.
$(PLAIN): pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing into $(VENV); the first time takes some minutes" >&2
	@$(INSTALL) -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing into $(VENV); the first time takes some minutes" >&2
	@$(INSTALL) -e '.[dev]'
	@touch $@

# Wide enough to read well, the same in every terminal.
demo: export COLUMNS := 110
demo: $(INSTALLED)
	$(BIN)/kg build data/reports --case $(CASE)
	@echo
	$(BIN)/kg ask said about=snipers --case $(CASE)
	@echo
	$(BIN)/kg ask hearsay about=hostel --case $(CASE)
	@echo
	$(BIN)/kg view --case $(CASE)
	$(BIN)/kg view --timeline --case $(CASE)
	@echo
	@echo "Open $(CASE)/view.html or $(CASE)/timeline.html in a browser: click what you see for the words and the document."
	@echo "More questions: $(BIN)/kg ask --list; then $(BIN)/kg ask roles --case $(CASE)"

test: $(DEV)
	$(TESTS)

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(TESTS)

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(CASE) dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
