# make demo · make test · make bench · make check — see README.md

SHELL := bash
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SPARK := $(VENV)/.spark
ON_POSTGRESQL := $(addprefix tests/,postgresql integration/web integration/surveys integration/api integration/directory \
  integration/dashboards integration/releases integration/sharing unit/collective)
SPARED_IN_CI := $(addprefix --deselect=tests/integration/,web/test_every_address.py dashboards/test_screens_by_address.py \
  dashboards/test_user_jobs.py dashboards/test_surfaces_agree.py dashboards/test_segment_buyers.py \
  sharing/test_grants_after_releases.py sharing/test_jobs_from_the_sign_in.py surveys/test_inviting.py) # long there, on SQLite in CI
export PUBLICC_PORT ?= 8000
unexport PYTHONDONTWRITEBYTECODE # hundreds of processes begin in tests: what they read is compiled once

.PHONY: api office attack coverage fuzz fuzz-tenancy oracle postgres demo screenshots test bench check format lock places system clean help

help: ## what each command does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $(READY)

$(SPARK): $(READY) requirements-spark.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --requirements requirements-spark.lock
	touch $(SPARK)

demo: $(READY) ## build the demonstration collective and serve it
	@tools/demo $(BIN)

system: ## what tests need beyond Python: a browser, Java
	@tools/system

test: $(READY) $(SPARK) ## every check and every test
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target system check
	@PUBLICC_TENANCY=200 $(MAKE) --no-print-directory postgres SPARED='$(SPARED_IN_CI)'; told=$$?; $(BIN)/python -m pytest -n 2 && exit $$told

postgres: $(READY) system ## the tests of what the control database holds, on PostgreSQL
	tools/postgres $(BIN)/python -m pytest -q -n 2 $(ON_POSTGRESQL) $(SPARED)

check: $(READY) ## format, lint, types, rooms: under a minute
	@tools/check $(BIN)

format: $(READY) ## let the tools mend what they can
	$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format --quiet .

bench: $(READY) ## benchmarks: a table, and bench/results/*.json
	$(BIN)/python -m bench

screenshots: $(READY) system ## pictures of every screen and state of the demonstration, and sheets to look at
	@tools/demo $(BIN) build
	@PYTHONPATH=.:tools $(BIN)/python tools/screenshots

office: $(READY) ## slides and workbooks of the demonstration, opened by LibreOffice, as pictures to look at
	@tools/demo $(BIN) build
	@tools/office $(BIN)

lighthouse: $(READY) ## Lighthouse on every screen of a demonstration: performance and accessibility, 95 each
	@tools/demo $(BIN) build
	@PYTHONPATH=.:tools $(BIN)/python tools/lighthouse

places: $(READY) ## build again the tables of places that are shipped (same input, same bytes)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[build]'
	PYTHONPATH=. $(BIN)/python tools/build_places.py

api: $(READY) ## send the API tens of thousands of calls made from its own OpenAPI file
	PUBLICC_API_EXAMPLES=$${PUBLICC_API_EXAMPLES:-900} $(BIN)/python -m pytest -q --timeout 36000 tests/integration/api/test_openapi.py

fuzz: $(READY) ## search long for a file that reading cannot bear
	PUBLICC_FUZZ=20000 $(BIN)/python -m pytest -q --timeout 7200 tests/properties/test_reading.py

fuzz-tenancy: $(READY) ## 50,000 requests as everyone, at everything: what is another organization's is nowhere
	seq $$(nproc) | xargs -P $$(nproc) -I% env PUBLICC_TENANCY=$$(( $${PUBLICC_TENANCY:-50000} / $$(nproc) )) PUBLICC_TENANCY_SEED=% \
	  PUBLICC_TENANCY_REPORT=bench/results/tenancy $(BIN)/python -m pytest -q --timeout 7200 tests/integration/web/test_fuzzed_tenancy.py

coverage: $(READY) $(SPARK) system ## branch coverage of each room by its own tests, against its bar
	@tools/coverage $(BIN)

attack: $(READY) ## attack generated collectives for long: 100 organizations, 8 quarterly releases
	$(BIN)/python -m bench.attacks

oracle: $(READY) ## count thousands of random worlds again in plain Python
	PUBLICC_ORACLE=$${PUBLICC_ORACLE:-1500} $(BIN)/python -m pytest -q --timeout 36000 tests/properties/test_figures_agree.py

lock: ## write requirements.lock from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --no-header --generate-hashes --extra demo --extra postgres --extra dev pyproject.toml --output-file requirements.lock
	$(BIN)/python tools/extra spark | $(BIN)/uv pip compile --quiet --universal --no-emit-index-url --no-header --generate-hashes --constraints requirements.lock - --output-file requirements-spark.lock

clean: ## remove what these commands made, keep data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
