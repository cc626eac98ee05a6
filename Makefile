# dispute-guard: everything a newcomer needs, with nothing but Python, make and git.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
# More than cores: a test of the real command waits for pages as long as it works. With more, two
# cores are no less idle, and each costs ten CPU seconds for itself.
JOBS   ?= 3

# Compiled files are kept: otherwise each of the suite's processes compiles all code again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install browser demo test check picture pictures stories commands facts errors bench cost matrix coverage mutation further torture format lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## make the environment (locked versions, checked hashes)

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "dispute-guard needs Python 3.11 or newer; set PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	$(BIN)/python -m compileall -q automation rules fixtures # the first command is as quick as the next
	$(BIN)/python -c 'from rules.messages import preload; preload()'
	@touch $@

browser: install ## find a browser, or install one (says what first, asks at a terminal)
	$(BIN)/python -m automation.engine.session.launch.install

demo: browser ## watch the whole way on a mimic site (a missing browser is named before it is installed)
	$(BIN)/dispute-guard demo

test: browser ## run the whole test suite
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

further: browser ## the further cases of the suite's grids (minutes)
	$(BIN)/pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder -o timeout=1800 -m further

torture: further ## and every fault at every step, kills at every moment (SEED=, MINUTES=, JOBS=, ONLY=)
	MACHINE_EXAMPLES=1000 $(BIN)/pytest -q -o timeout=1800 tests/faults/test_machine.py
	EXAMPLES=torture $(BIN)/pytest -q -o timeout=1800 tests/rules/test_properties.py
	$(BIN)/python -m tests.torture

check: install ## lint, format, types and import arrows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

picture: install ## draw the architecture again, from the imports
	$(BIN)/python -m tests.architecture

pictures: browser ## take the pictures of the docs again, from real runs on the mimic site (ONLY="list done")
	$(BIN)/python -m tests.pictures $(ONLY)

stories: install ## write the ten stories of the docs again
	$(BIN)/python -m tests.stories.stories

commands: install ## write the page of all commands and options again
	$(BIN)/python -m tests.commands_page

facts: install ## write the page of the facts file again
	$(BIN)/python -m tests.facts_page

errors: install ## write the tables of exit and error codes again
	$(BIN)/python -m tests.error_table

bench: browser ## time the tool beside bare scripts on the same pages
	$(BIN)/python -m tests.benchmarks --write
	$(BIN)/python -m tests.benchmarks.gains --write
	$(BIN)/python -m tests.benchmarks.batch --write
	$(BIN)/python -m tests.benchmarks.growth --write
	$(BIN)/python -m tests.benchmarks.memory --write

cost: browser ## CPU seconds of the tests by file, one at a time (SAMPLE=8, ONLY=tests/cli)
	SAMPLE=$(SAMPLE) $(BIN)/python -m pytest -q -p tests.benchmarks.cost $(ONLY)

matrix: browser ## every way out of a page against every command, as a table (minutes)
	$(BIN)/python -m tests.matrix --write

coverage: browser ## measure the branches of engine and rules that their own tests run (at least 95 %)
	$(BIN)/coverage erase
	COVERAGE_PROCESS_START=$(CURDIR)/pyproject.toml $(BIN)/pytest -q -n $(JOBS) --dist worksteal -k "not quickly" tests/rules tests/engine
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutation: install ## change the code and see which tests notice (TARGETS="rules", SAMPLE=100)
	$(BIN)/python -m tests.mutation $(TARGETS) $(if $(SAMPLE),--sample $(SAMPLE))

format: install ## rewrite the code in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## pin every dependency again, by version and hash
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header -o requirements.lock
	uv pip compile -q pyproject.toml --group dev --extra mcp --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header -o requirements-dev.lock

clean: ## remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
