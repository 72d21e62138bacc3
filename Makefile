# `make demo` and `make check` need Python 3.11 or newer and set everything else up themselves.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PO := $(wildcard facilitator/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
JOBS ?= auto
FUZZ ?= 3000
FAULTS ?=

.DEFAULT_GOAL := help
.PHONY: help demo check lint types contracts test bench fuzz faults typing messages catalogs sample screenshot snapshots clean

help: ## list what make can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: $(READY) $(MO) ## run the sample meeting in this terminal
	@$(BIN)/facilitator demo

check: lint types contracts test ## everything that must hold before a commit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell facilitator tests agendas docs *.md

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports --no-cache

test: $(READY) $(MO)
	$(BIN)/pytest -n $(JOBS) --dist worksteal

bench: $(READY) $(MO) ## measure speed and memory, as ratios to a floor of the same run
	$(BIN)/python -m tests.bench

fuzz: $(READY) $(MO) ## read FUZZ mutated reports (3000): 20 s and 400 MB each, no traceback, no figure changed in silence
	$(BIN)/python -m tests.fuzz --count $(FUZZ)

faults: $(READY) $(MO) ## kill the program, refuse its system calls, change and damage its files (FAULTS: options)
	$(BIN)/python -m tests.faults $(FAULTS)

typing: $(READY) $(MO) ## type 200 sentences at eight speeds in a real terminal; compare the journal
	$(BIN)/python -m tests.keyboard

messages: $(READY) ## take new sentences into the catalogs
	@mkdir -p build
	$(BIN)/pybabel -q extract --no-default-keywords -k _ -k N_ -k gettext -k ngettext:1,2 --no-location \
		--sort-output --project facilitator -o build/facilitator.pot facilitator
	$(BIN)/pybabel -q update -D facilitator -d facilitator/locale -l zh_CN \
		-i build/facilitator.pot --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date --no-wrap

catalogs: $(READY) $(MO) ## compile the catalogs

%.mo: %.po | $(READY)
	$(BIN)/python hatch_build.py

sample: $(READY) ## write the sample's reports anew
	$(BIN)/python tests/make_sample.py

screenshot: $(READY) $(MO) ## draw the picture of the README anew
	$(BIN)/python -m tests.make_screenshot

snapshots: $(READY) $(MO) ## accept the screens as they are now; look at them first
	$(BIN)/pytest tests/tui/test_snapshots.py --snapshot-update

clean: ## remove what make made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis
	find facilitator tests -name __pycache__ -type d -exec rm -rf {} +

# uv where it exists, the standard library's venv where not; exact versions either way
$(READY): pyproject.toml constraints.txt hatch_build.py
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python '>=3.11' $(VENV) && \
		uv pip install --quiet --python $(BIN)/python \
			--constraints constraints.txt --build-constraints constraints.txt -e '.[dev]'; \
	elif $(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		$(PYTHON) -m venv $(VENV) && \
		PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
			$(BIN)/python -m pip install --quiet -e '.[dev]'; \
	else \
		echo "Facilitator needs Python 3.11 or newer with its venv module, or uv."; \
		echo "Debian, Ubuntu: apt install python3 python3-venv · macOS: brew install python"; \
		echo "Windows: winget install Python.Python.3.13 · anywhere: https://docs.astral.sh/uv"; \
		echo "Another Python can be named: make PYTHON=python3.12 demo"; \
		exit 1; \
	fi
	@touch $@
