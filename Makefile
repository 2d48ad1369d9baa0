# The commands of the house. `make help` lists them. Needs make and Python 3.11 (to 3.13), nothing else.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
export PYTHONUTF8 := 1
# Compiled once and kept in our own folders: without it each process compiles all libraries anew, some seconds each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-spark check bench lock reference manual clean setup setup-dev setup-spark setup-bench

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: setup ## install what is missing and serve the demo at port 8000 (PORT=… for another)
	@exec $(VENV)/youju up --demo --port $(PORT)

test: setup-dev ## all tests, the fast tier first, then the rest on all cores
	@$(VENV)/python scripts/run_tests.py

check: setup-dev ## style, types, import contracts, generated pages, no package host
	@$(VENV)/python scripts/check.py

test-spark: setup-spark ## tests of the optional Spark engine on a cluster of its own; needs Java 17
	@$(VENV)/python -m pytest -q tests/analytics/spark

bench: setup-bench ## each benchmark; prints one JSON object a line
	@for file in benchmarks/[a-z]*.py; do $(VENV)/python $$file || exit 1; done

lock: setup-dev ## write the hash-pinned requirements anew from pyproject.toml
	@$(VENV)/python scripts/lock.py

reference: setup-dev ## write docs/reference anew: rules, policies, OpenAPI; the message's XML schema; the Python client
	@$(VENV)/python -m youju.foundation.policies.reference
	@$(VENV)/python -m youju.foundation.metrics.reference
	@$(VENV)/python -m youju.config.openapi
	@$(VENV)/python -m youju.trade.declarations.documents.schema_files
	@$(VENV)/python scripts/make_client.py

manual: setup-dev ## take the pictures of docs/manual and of the README anew from the running product; needs Chromium
	@YOUJU_MANUAL=write $(VENV)/python -m pytest -q tests/e2e/test_manual_journey.py
	@YOUJU_MANUAL=write YOUJU_E2E_SCALE=1 $(VENV)/python -m pytest -q tests/e2e/test_measures_journey.py

clean: ## remove caches and the environment; data in var/ stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build src/*.egg-info
	find src tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@$(PYTHON) scripts/bootstrap.py requirements.lock

setup-dev:
	@$(PYTHON) scripts/bootstrap.py requirements-dev.lock

setup-bench:
	@$(PYTHON) scripts/bootstrap.py requirements-bench.lock

setup-spark:
	@$(PYTHON) scripts/bootstrap.py requirements-dev.lock requirements-spark.lock
