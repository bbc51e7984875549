# `make help` says what there is. Everything is installed into .venv, at the versions in constraints.txt.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.PHONY: help demo test check lint fast format soak readme constraints browser dev train test-training clean

VENV := .venv
PY := $(VENV)/bin/python
DELTOID := $(VENV)/bin/deltoid
WORKERS ?= 2

# The newest Python here that the pinned versions were made for; a name on the path may be a shim that only complains.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
  "$$name" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
  >/dev/null 2>&1 && echo "$$name" && break; done)

# An environment is good for these files in this folder: a moved or updated clone installs anew, any other not.
KEY := $(shell { cat pyproject.toml constraints.txt; pwd -P; } | cksum | tr -d ' ')
USED := $(VENV)/.ready-$(KEY)
DEVELOPED := $(VENV)/.ready-dev-$(KEY)
PIP := $(PY) -m pip -qq --disable-pip-version-check install --constraint constraints.txt

$(PY):
	@test -n "$(PYTHON)" || { echo "Deltoid needs Python 3.11, 3.12 or 3.13 with its venv module" \
	  "(on Debian: apt-get install python3 python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

define install
@echo "Installing into $(VENV) (a minute or two the first time) …" >&2
@$(PIP) setuptools
@$(PIP) --no-build-isolation --editable '$(1)'
@find $(VENV) -maxdepth 1 -name '.ready-*' ! -name '*-$(KEY)' -delete
@touch $@
endef

$(USED): | $(PY)
	$(call install,.)

$(DEVELOPED): | $(PY)
	$(call install,.[dev])

dev: $(DEVELOPED) ## make .venv with everything that developing needs

DEMO_NOTES ?= $(wordlist 1,4,$(sort $(wildcard service/samples/*.txt)))
DEMO_SERVE ?= 1
PORT ?= 8765

demo: $(if $(wildcard $(DEVELOPED)),$(DEVELOPED),$(USED)) ## review sample notes in the terminal, then serve the page (DEMO_SERVE=0: do not)
	@test -n "$(DEMO_NOTES)" || { echo "No sample notes: name some in DEMO_NOTES." >&2; exit 1; }
	@$(DELTOID) review $(DEMO_NOTES)
ifneq ($(DEMO_SERVE),0)
	@echo; echo "The same notes in the page: http://127.0.0.1:$(PORT)/   (Ctrl-C ends it)"
	@$(DELTOID) serve --port $(PORT) || test $$? -eq 130
endif

PYTEST := $(PY) -m pytest --numprocesses $(WORKERS) --dist loadfile --doctest-modules
EVERYTHING := tests .imports/deltoid

test: lint browser ## everything: checks, unit, property, doc, browser and wheel tests
	@$(PYTEST) -m "not soak" $(EVERYTHING)

check: lint fast ## what to run before a commit: format, lint, types, layers and the fast tests

lint: $(DEVELOPED)
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy -p deltoid
	@$(VENV)/bin/lint-imports

fast: $(DEVELOPED)
	@$(PYTEST) -m "not soak and not browser and not wheel" $(EVERYTHING)

soak: $(DEVELOPED) ## the long forms of the tests, for as long as it takes
	@$(PYTEST) -m soak $(EVERYTHING)

format: $(DEVELOPED) ## let ruff mend what it can
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

readme: $(DEVELOPED) ## print the README's examples anew, from what the program says now
	@README=write $(PY) -m pytest -q tests/house/test_readme.py

TRAINED := .venv-train/.ready-$(KEY)

$(TRAINED):
	@$(PYTHON) -m venv --clear .venv-train
	@.venv-train/bin/python -m pip -qq --disable-pip-version-check install --upgrade 'setuptools>=77'
	@.venv-train/bin/python -m pip -qq --disable-pip-version-check install --no-build-isolation --editable '.[train,dev]'
	@touch $@

train: $(TRAINED) ## learn the second look anew: make train ENCODER=FOLDER OUT=models/store/NAME-VERSION
	@.venv-train/bin/deltoid train extraction "$(OUT)" --encoder "$(ENCODER)"

test-training: $(TRAINED) ## the tests of training, which need torch
	@.venv-train/bin/python -m pytest --override-ini addopts= --import-mode=importlib -q tests/training

constraints: ## take the newest versions that pyproject.toml admits, and write them down
	@rm -rf .make/newest && $(PYTHON) -m venv .make/newest
	@.make/newest/bin/python -m pip --quiet --disable-pip-version-check install 'setuptools>=77' '.[dev]'
	@.make/newest/bin/python -m pip --disable-pip-version-check freeze --all | grep -v -E '^(deltoid|pip)[ =]' > constraints.txt
	@rm -rf .make/newest

browser: ## get Chromium for the browser tests, where that can be done
	@command -v "$${DELTOID_CHROMIUM:-chromium}" >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the browser tests …" >&2; \
	    export DEBIAN_FRONTEND=noninteractive; \
	    apt-get -qq update && apt-get -qq install --no-install-recommends chromium fonts-liberation >/dev/null; \
	  else \
	    echo "The browser tests drive Chromium, which is not here: install it (on Debian: apt-get install chromium)" \
	      "or name it in DELTOID_CHROMIUM. 'make check' does without." >&2; exit 1; \
	  fi; }

clean: ## throw away everything that was built or installed
	rm -rf $(VENV) .make build dist .imports/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find pipeline models annotations service tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## say what there is
	@grep -E '^[a-z]+:.* ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.* ## (.*)/\1\t\2/' | sort | \
	  while IFS=$$'\t' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done
