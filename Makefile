# Everything a fresh clone needs: python3 (3.11 or newer, with venv), make, git.
# `make demo` and `make test` fetch the rest into .venv/ and touch nothing else.

PYTHON ?= python3
TOOLS := .venv/tools/bin
RUN := .venv/run/bin
DEV := .venv/dev/bin
UV := UV_PYTHON_DOWNLOADS=never $(TOOLS)/uv

.PHONY: demo run test check bench format catalogues lock schema clean

demo: .venv/run/.ready ## a local Telegram in the browser, with the bot in it
	$(RUN)/prework demo

run: .venv/run/.ready ## the bot on the real Telegram; settings in .env
	$(RUN)/prework run

test: .venv/dev/.ready ## everything, on SQLite and PostgreSQL
	$(DEV)/python -m pytest -n 2 --dist worksteal

check: .venv/dev/.ready ## what a reviewer asks first: format, lint, types, contracts, fast tests
	$(DEV)/ruff format --check .
	$(DEV)/ruff check .
	$(DEV)/mypy
	$(DEV)/lint-imports
	$(DEV)/python -m pytest -n 2 --dist worksteal -m "not slow"

bench: .venv/dev/.ready ## the two doors beside stock python-telegram-bot and aiogram
	$(DEV)/python -m benchmarks

format: .venv/dev/.ready
	$(DEV)/ruff format .
	$(DEV)/ruff check --fix .

catalogues: .venv/dev/.ready ## take new texts over into the German and French catalogues
	$(DEV)/python -m messages.catalogues

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
