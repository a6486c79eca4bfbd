# The course's commands. The first three are all that most people need:
#   make lab    make lab-instructor    make test
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
# nbgrader starts alembic, and JupyterLab its kernels, by name.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: install course
install: .make/installed

.make/installed: pyproject.toml constraints.txt
	@mkdir -p .make
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[lab,grader,test]'
	touch $@

course: install
	@python -m autograder.build
