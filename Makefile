# Everything a fresh clone needs: python3 (3.11 or newer, with venv), make, git.
# `make demo` and `make test` fetch the rest into .venv/ and touch nothing else.

PYTHON ?= python3
TOOLS := .venv/tools/bin
RUN := .venv/run/bin
DEV := .venv/dev/bin
UV := UV_PYTHON_DOWNLOADS=never $(TOOLS)/uv
PYTEST := python -m pytest -n 2 --dist worksteal

# The other versions of Python that Prework promises to run on, as far as this machine has them (pyenv's count, too).
interpreter = $(firstword $(shell python$(1) -c "import sys; print(sys.executable)" 2>/dev/null) \
	$(wildcard $(HOME)/.pyenv/versions/$(1).*/bin/python3))
OURS = $(shell $(PYTHON) -c "import sys; print('%d.%d' % sys.version_info[:2])")
OTHERS = $(foreach version,$(filter-out $(OURS),3.11 3.12 3.13),$(if $(call interpreter,$(version)),$(version)))

.PHONY: help demo run test check lint others bench format catalogues lock schema clean
.NOTPARALLEL:
.PRECIOUS: .venv/py%/.ready
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: .venv/run/.ready ## a local Telegram in the browser, with the bot in it
	$(RUN)/prework demo

run: .venv/run/.ready ## the bot on the real Telegram; settings in .env
	$(RUN)/prework run

test: .venv/dev/.ready lint others ## everything: lint, types, all tests on SQLite and PostgreSQL, and in a browser
	$(DEV)/$(PYTEST)

check: .venv/dev/.ready lint ## what a change must pass before others see it: lint, types, tests without the slow ones
	$(DEV)/$(PYTEST) -m "not slow"

lint: .venv/dev/.ready
	$(DEV)/ruff format --check .
	$(DEV)/ruff check .
	$(DEV)/mypy

others: # the tests of decisions and of conversations on the other versions of Python
	@echo "Python: everything on $(OURS); domain and chat also on: $(or $(OTHERS),none, no other one is here)"
	@for version in $(OTHERS); do $(MAKE) --no-print-directory on-$$version || exit 1; done

on-%: .venv/py%/.ready
	.venv/py$*/bin/$(PYTEST) tests/domain tests/chat

bench: .venv/dev/.ready ## the two doors beside stock python-telegram-bot and aiogram; a webinar with 100,000 subscribers; the page
	$(DEV)/python -m benchmarks
	$(DEV)/python -m benchmarks.subscribers
	$(DEV)/python -m benchmarks.pages

format: .venv/dev/.ready
	$(DEV)/ruff format .
	$(DEV)/ruff check --fix .

catalogues: .venv/dev/.ready ## take new texts over into the German and French catalogues
	$(DEV)/python -m messages.locales.update

lock: $(TOOLS)/uv ## resolve the dependencies anew; the locks name hashes and no index
	$(UV) pip compile -q --universal --generate-hashes --no-header -o locks/run.txt pyproject.toml
	$(UV) pip compile -q --universal --generate-hashes --no-header --group dev -o locks/dev.txt pyproject.toml

schema: ## generate the Bot API schema of the sandbox anew (needs node and npm)
	sandbox/schema/generate.sh

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(TOOLS)/uv:
	$(PYTHON) -m venv .venv/tools
	$(TOOLS)/pip install --quiet --disable-pip-version-check uv

.venv/run/.ready: $(TOOLS)/uv locks/run.txt pyproject.toml
	$(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" .venv/run
	$(UV) pip sync --quiet --python $(RUN)/python locks/run.txt
	$(UV) pip install --quiet --python $(RUN)/python --no-deps --editable .
	touch $@

.venv/dev/.ready: $(TOOLS)/uv locks/dev.txt pyproject.toml
	$(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" .venv/dev
	$(UV) pip sync --quiet --python $(DEV)/python locks/dev.txt
	$(UV) pip install --quiet --python $(DEV)/python --no-deps --editable .
	touch $@

.venv/py%/.ready: $(TOOLS)/uv locks/dev.txt pyproject.toml
	$(UV) venv --quiet --clear --python "$(call interpreter,$*)" .venv/py$*
	$(UV) pip sync --quiet --python .venv/py$*/bin/python locks/dev.txt
	$(UV) pip install --quiet --python .venv/py$*/bin/python --no-deps --editable .
	touch $@
