# Everything a person does with armswatch. Settings come from the environment or the command line:
#   make run LANDING=folder/with/articles WAREHOUSE=folder/analytics.duckdb
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEER := .venv-bench
STAMP := $(VENV)/.set-up-$(firstword $(shell cat requirements/dev.txt pyproject.toml | cksum))

# Those that are there are kept up to date; `make setup EXTRAS="ray ducklake"` adds them.
EXTRAS ?= $(patsubst $(VENV)/.extra-%,%,$(wildcard $(VENV)/.extra-*))

export LANDING WAREHOUSE LAKE_DATA LAKE_STATE AT CORRECTIONS FEEDS PRUNE WORKERS MEMORY_LIMIT LOCK_WAIT
export EXTRACTOR_ENGINE RAY_ADDRESS RAY_STORAGE PORT ALERT_WEBHOOK
export DO_NOT_TRACK := 1

.PHONY: help setup run brief export ui sql snapshot docs explain doctor backup restore rollback test test-faults test-scale \
	bench bench-scale bench-events bench-idle licences audit lint format lock clean

help:  ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-11s %s\n", $$1, $$2 }'
	@echo '  LANDING=folder and WAREHOUSE=file.duckdb choose other places (see README.md)'

setup: $(STAMP) $(EXTRAS:%=$(VENV)/.extra-%)

$(VENV)/.extra-%: requirements/%.txt $(STAMP)
	@echo '  installing the extra $*'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $< 2>$(VENV)/set-up.log \
		|| { cat $(VENV)/set-up.log; exit 1; }
	@touch $@

$(STAMP):
	@echo 'Setting up $(VENV) (once; about a minute)'
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, here it is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo '  installing the locked packages'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt 2>$(VENV)/set-up.log \
		|| { cat $(VENV)/set-up.log; exit 1; }
	@echo '  installing armswatch itself'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>$(VENV)/set-up.log \
		|| { cat $(VENV)/set-up.log; exit 1; }
	@rm -f $(VENV)/.set-up-*
	@touch $@

run: setup  ## Read the articles, extract, build the marts, publish the warehouse
	@$(BIN)/armswatch run

brief: setup  ## What came in, as a page in your browser
	@$(BIN)/armswatch brief

ui: setup  ## The Dagster UI on the same history (PORT=, else a free one)
	@$(BIN)/armswatch ui

export: setup  ## Parquet, CSV, JSON Lines and (EXTRAS=ftm) FollowTheMoney beside the warehouse
	@$(BIN)/armswatch export

sql: setup  ## A read-only SQL prompt on the warehouse
	@$(BIN)/armswatch sql

snapshot: setup  ## A lake as it is, or was (AT=2026-03-01), as the DuckDB file FILE=
	@$(BIN)/armswatch snapshot "$(FILE)"

docs: setup  ## The dictionary of the warehouse (dbt docs), built and served
	@$(BIN)/armswatch docs

doctor: setup  ## Whether machine, versions, folders, disk and warehouse are in order, and what to do
	@$(BIN)/armswatch doctor

backup: setup  ## Store and warehouse into one file (TO=folder, else beside the warehouse)
	@$(BIN)/armswatch backup $(if $(TO),'$(TO)')

restore: setup  ## Bring back what a backup holds (FROM=file)
	@$(BIN)/armswatch restore '$(FROM)'

rollback: setup  ## Put the warehouse before the present one back in its place
	@$(BIN)/armswatch rollback

explain: export EXPLAINED = $(TEXT)
explain: setup  ## Why a text gives the rows it gives (TEXT="..." or FILE=article.txt)
	@$(if $(TEXT),printenv EXPLAINED |) $(BIN)/armswatch explain $(FILE)

test: setup lint  ## Linters and all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

test-faults: setup  ## Kills, readers, full disks, bad files (KILLS=100 READERS=50 REFRESHES=20 FILES=400)
	@KILLS=$(or $(KILLS),100) READERS=$(or $(READERS),50) REFRESHES=$(or $(REFRESHES),20) FILES=$(or $(FILES),400) HISTORIES=200 \
		EDITS=1000 $(BIN)/python -m pytest -n 0 -s tests/faults tests/loading

test-scale: setup  ## Two Ray nodes, PostgreSQL, S3 (EXTRAS="ray ducklake s3"): the same rows, whatever dies
	@$(BIN)/python -m pytest -n 0 tests/engines/test_ray.py tests/lake

bench: setup $(PEER)/.set-up  ## How fast the kernel is, beside a floor and a peer (WRITE=1 writes docs/performance.md)
	@$(BIN)/python -m tests.benchmarks $(if $(WRITE),--write)

bench-scale: setup $(PEER)/.set-up  ## Whole runs at SIZES=10000,100000 (WORKERS=1,2 RAY=1 WRITE=1)
	@env -u WORKERS -u LANDING -u WAREHOUSE $(BIN)/python -m tests.benchmarks.scale $(if $(SIZES),--sizes $(SIZES)) \
		$(if $(WORKERS),--workers $(WORKERS)) $(if $(RAY),--ray) $(if $(SCRATCH),--scratch $(SCRATCH)) $(if $(WRITE),--write)

bench-events: setup  ## dbt build on generated reports, SIZES=10000,100000 (WRITE=1)
	@$(BIN)/python -m tests.benchmarks.events $(if $(SIZES),--sizes $(SIZES)) $(if $(WRITE),--write)

bench-idle: setup  ## A run over unchanged input beside an empty Dagster and dbt run (ROUNDS=5 WRITE=1)
	@env -u WORKERS -u LANDING -u WAREHOUSE $(BIN)/python -m tests.benchmarks.idle $(if $(ROUNDS),--rounds $(ROUNDS)) \
		$(if $(WRITE),--write)

$(PEER)/.set-up: requirements/bench.txt
	@echo 'Setting up $(PEER) (once)'
	@test -x $(PEER)/bin/python || $(PYTHON) -m venv $(PEER)
	@$(PEER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $< 2>$(PEER)/set-up.log \
		|| { cat $(PEER)/set-up.log; exit 1; }
	@touch $@

lint: setup  ## Style, format, and the boundaries between rooms
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { $(BIN)/ruff format --check --output-format concise; exit 1; }
	@$(BIN)/lint-imports --no-cache >$(VENV)/lint-imports.log || { cat $(VENV)/lint-imports.log; exit 1; }

format: setup  ## Put the code into its form
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

lock: setup  ## Choose the newest versions that fit, and write requirements/*.txt
	@$(BIN)/python -m pip install --quiet uv
	@cd requirements && for name in base dev bench ducklake ftm ray s3; do ../$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
		$$name.in --output-file $$name.txt || exit 1; done
	@echo 'Then: make setup licences, and make audit where the internet can be reached'

licences: setup  ## The licence of each package, into docs/licences.md
	@$(BIN)/python .ci/licences.py

audit: setup  ## Known holes in the locked packages (pip-audit; asks pypi.org, so not on a machine without internet)
	@test -x .venv-audit/bin/pip-audit || { $(PYTHON) -m venv .venv-audit && .venv-audit/bin/pip install --quiet pip-audit; }
	@for name in requirements/*.txt; do .venv-audit/bin/pip-audit --disable-pip --no-deps --progress-spinner off -r $$name || exit 1; done

clean:  ## Remove what runs and set-up made (your own WAREHOUSE= files stay, and what a lake needs)
	@rm -rf $(VENV) $(PEER) .venv-audit build *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache dbt_project/target dbt_project/logs
	@find warehouse -mindepth 1 -maxdepth 1 ! -name README.md ! -name 'lake_*' ! -name registers -exec rm -rf {} +
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
