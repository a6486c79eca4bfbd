# The course's commands:
#   make lab              JupyterLab as a learner sees it; LAB_FLAGS is passed on to JupyterLab
#   make lab-instructor   JupyterLab with the instructor's tools
#   make test             what CI runs
#   make site             the course as pages to read, in build/site; SITE_FLAGS is passed on to Sphinx
#   make gate             measure the checks on wrong answers, mutants and right answers; writes docs/checks.md
#   make damage           measure the repair of damaged notebooks; writes docs/damaged-notebooks.md
#   make fuzz             10,000 fuzzed replies and outputs; writes docs/fuzzing.md
#   make attacks          the attacks beside nbgrader's own executor; writes docs/attacks.md
#   make crash            kill a batch at 20 moments; writes docs/crash-and-resume.md
#   make test-postgres    the gradebook on a real PostgreSQL server
#   make course           regenerate what is generated
#   make screenshots      take the README's pictures anew
#   make class-report     a class of 60, made up and graded; writes docs/class-report.html and its picture
#   make formgrader       300 written answers in nbgrader's formgrader; writes docs/formgrader.md
#   make install          the set-up alone
#   make install-all      the set-up with all that tests, site and benchmarks need
#   make clean            remove the environment and all that tools leave behind
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.PHONY: install install-all lab lab-instructor course site test gate damage fuzz attacks crash test-postgres browser clean
.PHONY: screenshots class-report formgrader

PYTHON ?= python3
LAB_FLAGS ?=
SITE_FLAGS ?=
# nbgrader starts alembic by name, and the test suite its tools.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# The course's matrices are small: more threads would only wait for one another.
export OPENBLAS_NUM_THREADS ?= 1

PIP_INSTALL = python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

install: .venv/.installed

.venv/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12")'
	test -x .venv/bin/python || $(PYTHON) -m venv .venv || {
		echo "On Debian and Ubuntu the package python3-venv is needed for this." >&2; exit 1; }
	$(PIP_INSTALL) '.[lab,grader]'
	touch $@

.venv/.installed-test: .venv/.installed
	@$(PIP_INSTALL) '.[lab,grader,dask,postgres,site,test]'
	touch $@

install-all: .venv/.installed-test browser

.venv/.installed-site: .venv/.installed
	@$(PIP_INSTALL) '.[lab,grader,site]'
	touch $@

# JupyterLab reads the course's settings and keeps its own below .make, so that nobody's own JupyterLab changes.
lab lab-instructor: install
	@export JUPYTER_CONFIG_PATH=autograder/lab/$(if $(filter lab,$@),learner,instructor):autograder/lab/shared
	export JUPYTER_CONFIG_DIR=.make/$@ JUPYTERLAB_SETTINGS_DIR=.make/$@/settings JUPYTERLAB_WORKSPACES_DIR=.make/$@/workspaces
	exec jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB_FLAGS)

course: install
	@python -m autograder.build

site: .venv/.installed-site
	@python -m sphinx -W --keep-going -q -d .make/site $(SITE_FLAGS) docs build/site

# nbval starts each notebook's cells afresh and compares text with what is recorded.
test: install-all
	@ruff check .
	ruff format --check .
	mypy
	python -m autograder.build --check
	pytest --numprocesses 2 --dist loadscope
	pytest --numprocesses 2 --dist loadfile --nbval --nbval-cell-timeout 120 --nbval-sanitize-with tests/nbval.ini solutions

gate: install-all
	@python -m tests.gate --write docs/checks.md

damage: install-all
	@python -m tests.damage --count 300 --write docs/damaged-notebooks.md

fuzz: install-all
	@python -m tests.fuzz --count 10000 --write docs/fuzzing.md

attacks: install-all
	@python -m benchmarks.attacks --write docs/attacks.md

crash: install-all
	@python -m tests.crash --moments 20 --write docs/crash-and-resume.md

screenshots: install-all site
	@python -m tests.browser.screenshots

class-report: install-all
	@python -m benchmarks.example_class --write docs

formgrader: install-all
	@python -m benchmarks.formgrader --write docs/formgrader.md

# The server is Debian's package postgresql; without it the test skips and says so.
test-postgres: install-all
	@pytest -rs tests/grader/test_postgres.py

# The browser test and the grader's sandbox need two of Debian's packages. Elsewhere their tests say what is missing.
browser:
	@missing=$$(command -v chromium > /dev/null || echo chromium; command -v bwrap > /dev/null || echo bubblewrap)
	if [[ -n "$$missing" ]] && command -v apt-get > /dev/null; then
		as_root=$$([[ $$(id -u) == 0 ]] || echo sudo)
		$$as_root apt-get update -qq && $$as_root apt-get install -qq --yes --no-install-recommends $$missing > /dev/null || \
			echo "Could not install" $$missing "with apt; the tests that need them will say so." >&2
	fi

clean:
	rm -rf .venv .make .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +
