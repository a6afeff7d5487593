# Two commands do all on a machine with Python 3.11, 3.12 or 3.13 and make: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STADATA := .venv-stadata/.ready
OPENXML := .venv-openxml/.ready
PIP_QUIET := --quiet --disable-pip-version-check

# Every command and every run is a process of its own: what is compiled once need not be compiled by each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test slow check bench mutants kills fuzz sweeps clean lock golden pictures

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Diperlukan Python 3.11, 3.12 atau 3.13; jalankan: make PYTHON=/alamat/python3.12 …"; exit 1; }
	@echo "Menyiapkan lingkungan Python di $(VENV) (sekali saja, satu sampai dua menit) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install $(PIP_QUIET) --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install $(PIP_QUIET) --no-deps --no-build-isolation -e .
	@touch $@

# The public BPS client forbids newer versions of our tools, so it lives in a folder of its own.
$(STADATA): tests/stadata/requirements.lock
	@test -x .venv-stadata/bin/python || $(PYTHON) -m venv .venv-stadata
	@.venv-stadata/bin/python -m pip install $(PIP_QUIET) --require-hashes -r tests/stadata/requirements.lock
	@touch $@

# Microsoft's check of Word files and workbooks comes as a package of npm; without it its tests are skipped.
$(OPENXML): tests/openxml/package-lock.json
	@mkdir -p $(@D) && cp tests/openxml/package.json tests/openxml/package-lock.json $(@D)
	@cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --silent && touch $(@F) \
	  || echo "Pemeriksa Open XML tidak terpasang (perlu npm); ujinya dilewati."

demo: $(READY)
	@$(BIN)/lkjip demo

test: $(READY) $(STADATA)
	@$(BIN)/python -m pytest

# The same from further away: the schedule by its scheduler, pages in a browser, files in LibreOffice, the wheel.
slow: $(READY) $(OPENXML)
	@$(BIN)/python -m pytest -m "slow and not sweep"

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(READY) $(STADATA)
	@for name in $(filter-out benchmarks/mutants.py benchmarks/kills.py,$(wildcard benchmarks/*.py)); do \
	  $(BIN)/python -m benchmarks.$$(basename $$name .py) || exit 1; done

# Whether the tests notice what is broken in the product; takes hours, in parts: make mutants COUNT=30 FROM=60
mutants: SEED ?= 1
mutants: FROM ?= 0
mutants: $(READY)
	@$(BIN)/python -m benchmarks.mutants $(or $(COUNT),150) $(SEED) $(FROM)

# Every command killed at 40 and more of its points, and run again; takes half an hour: make kills COUNT=100
kills: COUNT ?= 40
kills: $(READY)
	@$(BIN)/python -m benchmarks.kills $(COUNT)

# What the tests try a sample of, in full and with any seed: make fuzz COUNT=200000 SEED=7
fuzz: COUNT ?= 50000
fuzz: SEED ?= 1
fuzz: $(READY)
	@$(BIN)/python -m tests.fuzz $(COUNT) $(SEED)

# What else the tests try a sample of: every property in full, the worst files, the demo out of a wheel.
sweeps: SEED ?= 1
sweeps: $(READY)
	@$(BIN)/python -m pytest -m "hypothesis or sweep" --hypothesis-profile=full --hypothesis-seed=$(SEED)

# The README's pictures, made anew; needs Chromium and pdftoppm.
pictures: demo
	@$(BIN)/python docs/pictures/make.py
	@LKJIP_PICTURES=docs/pictures $(BIN)/python -m pytest -m "sweep or not sweep" tests/flows/test_deployment.py -n 0
	@mkdir -p out/pictures && LKJIP_PICTURES=out/pictures $(BIN)/python -m pytest -m slow tests/web/test_looks.py -n 0
	@cp out/pictures/layar-keadaan-meja.png docs/pictures/halaman-keadaan.png
	@cp out/pictures/layar-kiriman-anggaran-meja.png docs/pictures/halaman-kiriman.png

golden: $(READY)
	@LKJIP_GOLDEN=write $(BIN)/python -m pytest tests/reports

lock:
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev --extra s3 \
	  --annotation-style line --no-strip-extras --quiet --output-file requirements.lock pyproject.toml

clean:
	@rm -rf out build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +
