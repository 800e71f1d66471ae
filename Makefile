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

.PHONY: help install run console test lint models manifest package offline bench lock clean

help:  ## this list
	sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 11

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

test: $(READY_DEV)  ## every test (make test ARGS='-k parse')
	$(BIN)/python -m pytest $(ARGS)

lint: $(READY_DEV)  ## hold the imports against the floors
	$(BIN)/lint-imports --no-cache

models: $(READY)  ## build the models of the shipped corpora
	$(BIN)/techname build-models

manifest: $(READY)  ## the Slack manifest for HTTP: make manifest URL=https://…
	$(BIN)/techname manifest --url "$(URL)"

package: $(READY_DEV)  ## the zip and the CloudFormation template, in build/; no AWS account needed
	$(BIN)/python tools/package.py

offline: $(READY_DEV)  ## serve the Lambda function's HTTP shape on this machine
	tools/offline.sh

bench: $(READY_DEV)  ## warm and cold times and the zip's size, as one table
	$(BIN)/python -m benchmarks

# uv resolves once for all Pythons. Its own lock file names the index's hosts, so it stays in build/.
UV := 0.13.9
lock:  ## pin the newest requirements anew
	mkdir -p build/lock
	$(PYTHON) -m venv build/uv && build/uv/bin/pip --quiet install uv==$(UV)
	tools/lock.sh build/uv/bin/uv

clean:  ## remove what was built; .venv, node_modules and models stay
	rm -rf build .serverless .serverless-offline .pytest_cache .hypothesis .import_linter_cache *.egg-info
