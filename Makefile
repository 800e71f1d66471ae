# What a developer types. `make help` lists it.
# stdout belongs to the answers (`make run`, `make console`): make is silent and set-up talks on stderr.
MAKEFLAGS += --silent --no-print-directory
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
# A stamp for what running needs and one for what developing needs: names come sooner on a fresh machine.
READY := .venv/ready
READY_DEV := .venv/ready-dev
# And for the models of the whole shelf.
BUILT := models/.built

.PHONY: help install run console serve test fast lint models manifest picture package checkov deploy offline bench oracles quality rude speed growth worst lock clean

help:  ## this list
	awk -F ':.*  ## ' '/^[a-z]+:.*  ## / { printf "%-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(READY): requirements.txt pyproject.toml tools/install.sh
	tools/install.sh "$(PYTHON)" requirements.txt
	touch $@

$(READY_DEV): requirements-dev.txt $(READY)
	tools/install.sh "$(PYTHON)" requirements-dev.txt
	touch $@

install: $(READY_DEV)  ## make .venv from the locked requirements

run: $(READY)  ## talk to the bot: Slack if its tokens are set, else a console here
	$(BIN)/techname run

console: $(READY)  ## the console, whatever is set
	$(BIN)/techname console

# A file of tests stays in one process, with what its tests share. Alone, to be debugged: make fast ARGS='-n0 -k parse'
PYTEST := $(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile
test: $(READY_DEV) $(BUILT)  ## every test (make test ARGS='-k parse')
	$(PYTEST) $(ARGS)

fast: $(READY_DEV)  ## the tests that take a moment
	$(PYTEST) -m 'not slow' $(ARGS)

lint: $(READY_DEV)  ## hold imports, style and types to what pyproject.toml says
	$(BIN)/lint-imports --no-cache
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --quiet --check
	$(BIN)/mypy

# Built anew only when the engine or a corpus changed (make -B models builds them whatever changed).
$(BUILT): $(READY) $(wildcard generator/*.py generator/*/*.py corpora/*.py corpora/data/*)
	$(BIN)/techname build-models
	touch $@

models: $(BUILT)  ## build the models of the whole shelf

manifest: $(READY)  ## the Slack manifest for HTTP: make manifest URL=https://…
	$(BIN)/techname manifest --url "$(URL)"

picture: $(READY_DEV) $(BUILT)  ## draw the documents' pictures anew, from the payloads of a run and the numbers of a model
	$(BIN)/python -m tools.picture docs/conversation.svg
	$(BIN)/python -m tools.draw_messages 'pi*achu' docs/messages.svg

# npm writes this file last, so it stands for a whole node_modules.
NODE := node_modules/.package-lock.json
$(NODE): package.json package-lock.json .npmrc
	tools/node.sh
	touch $@

READY_WEB := .venv/ready-web
$(READY_WEB): requirements-web.txt $(READY)
	tools/install.sh "$(PYTHON)" requirements-web.txt
	touch $@

serve: $(READY_WEB)  ## the page and the API at http://127.0.0.1:8080 (make serve ARGS='--port 8090')
	$(BIN)/techname serve $(ARGS)

package: $(READY_DEV) $(NODE) $(BUILT)  ## the zip and the CloudFormation template, in build/package; no AWS account needed
	$(BIN)/python tools/bundle.py
	$(BIN)/python tools/bundle.py web $(WEB)
	tools/package.sh $(ARGS)

# In an environment of its own: it has a hundred dependencies, and pins some that are ours.
CHECKOV := 3.3.30
build/checkov/bin/checkov:
	$(PYTHON) -m venv build/checkov && build/checkov/bin/pip --quiet install checkov==$(CHECKOV)

checkov: package build/checkov/bin/checkov  ## hold the CloudFormation template to checkov's rules; tools/checkov.yml has the exceptions
	build/checkov/bin/checkov --config-file tools/checkov.yml

deploy: package  ## create or update the stack on AWS, with exactly what was packaged and checked
	node_modules/.bin/osls deploy --package build/package $(ARGS)

offline: $(READY_DEV) $(NODE) $(BUILT)  ## serve the Lambda function's route on this machine (make offline ARGS='--httpPort 4200')
	tools/offline.sh $(ARGS)

bench: $(READY_DEV) $(BUILT)  ## warm and cold times and the zip's size, as one table
	$(BIN)/python -m benchmarks

READY_BENCH := .venv/ready-bench
$(READY_BENCH): requirements-bench.txt $(READY_DEV)
	tools/install.sh "$(PYTHON)" requirements-bench.txt
	touch $@

oracles: $(READY_DEV)  ## install kenlm and hmmlearn, which two tests compare with; needs a C++ compiler
	tools/install.sh "$(PYTHON)" requirements-oracles.txt

quality: $(READY_BENCH) $(BUILT)  ## the models beside published figures: make quality NAMES=names.txt
	$(BIN)/python -m benchmarks.quality $(NAMES)

rude: $(READY_BENCH)  ## how well rude names are told from innocent ones, beside two well-known filters (needs npm)
	$(BIN)/python -m benchmarks.rude

speed: $(READY_BENCH)  ## completions beside their peers, on the files that make quality kept: make speed NAMES=names.txt
	$(BIN)/python -m benchmarks.speed $(NAMES)

growth: $(READY_BENCH)  ## how cost grows with order, alphabet, holes, states and corpus; draws docs/growth.svg
	$(BIN)/python -m benchmarks.growth docs/growth.svg

worst: $(READY_DEV) $(BUILT)  ## search for the dearest commands (make worst ARGS="300 --seed 2")
	$(BIN)/python -m benchmarks.worst $(ARGS)

# uv resolves once for all Pythons. Its own lock file names the index's hosts, so it stays in build/.
UV := 0.13.9
lock:  ## pin the newest requirements anew
	mkdir -p build/lock
	$(PYTHON) -m venv build/uv && build/uv/bin/pip --quiet install uv==$(UV)
	tools/lock.sh build/uv/bin/uv

clean:  ## remove what was built; .venv, node_modules and models stay
	rm -rf build .serverless .serverless-offline .pytest_cache .hypothesis .import_linter_cache *.egg-info
