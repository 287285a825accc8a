# Every target sets up what it needs, and is quick when that is there already. «make help» lists them.
SHELL := /bin/bash
PORT ?= 8000
KILLS ?= 50
PY := .venv/bin/python
# One process more than cores: a browser test spends much of its time waiting (docs/decisions/091).
PYTEST := $(PY) -m pytest -n $(shell expr $$(nproc) + 1) --dist loadgroup
.DEFAULT_GOAL := help
# A machine's wish to keep no compiled code makes every command compile all of it again.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test test-offline test-engines test-quick lint fix bench words shots vendor pictures lock trust \
	setup-run setup-dev setup-test

help: ## what can be made
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: setup-run ## the site with its demo edition on http://127.0.0.1:8000 (PORT=…)
	@exec $(PY) -m khabarayn serve --demo --port $(PORT)

test: setup-test ## the tests: SQLite, PostgreSQL, Redis, a live server, Chromium, the core of offline reading (ARGS=… goes to pytest)
	@$(PYTEST) -m "core or (not offline and not engines)" $(ARGS)

test-offline: setup-test ## all of reading with the server killed, behind a proxy that breaks things: slow
	@$(PYTEST) -m offline $(ARGS)

test-engines: setup-test ## the core of it on Debian's Firefox and WebKitGTK; e-books through epubcheck
	@.ci/setup-engines
	@$(PY) -m pytest -m engines $(ARGS)

test-quick: setup-dev ## the tests that need no browser and no service
	@$(PYTEST) -m "not browser and not postgres and not redis and not live and not engines" $(ARGS)

lint: setup-dev ## style, types, templates, scripts, catalogues
	@.ci/lint

fix: setup-dev ## let ruff put right what it can
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

bench: setup-test ## what a first visit weighs; cost of a page as the archive grows (others: python -m bench.search|related)
	@$(PY) -m bench.weight
	@$(PY) -m bench.archive $(ARGS)

words: setup-dev ## gather the words of code and templates into translations/, and compile them
	@$(PY) .ci/words

shots: setup-test ## pictures of the main pages and of a bad day, phone to desk, light, dark, sepia, in build/shots/
	@$(PY) .ci/shots $(ARGS)

vendor: setup-dev ## fetch the browser files that others wrote (htmx, the editor, typefaces) anew
	@$(PY) .ci/vendor

pictures: setup-dev ## draw the demo edition's pictures anew
	@PYTHONPATH=.ci $(PY) -m pictures khabarayn/demo/pictures $(ARGS)

lock: ## write both lock files from pyproject.toml
	@.ci/lock

trust: setup-test ## the tests of what must never happen, then tables of what pressure costs readers and what faults lose (KILLS=1000)
	@$(PYTEST) -m trust $(ARGS)
	@$(PY) -m bench.trust
	@$(PY) -m bench.faults --kills $(KILLS)

setup-run:
	@.ci/setup-python requirements.lock

setup-dev:
	@.ci/setup-python requirements-dev.lock

setup-test: setup-dev
	@.ci/setup-browser
	@.ci/setup-services
	@$(PY) .ci/setup-node >/dev/null
