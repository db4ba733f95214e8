# `make run` and `make test` do all the set-up that they need; the second time it takes no time.

PYTHON ?= python3
BIN := .venv/bin
PO := $(wildcard app/translations/*/LC_MESSAGES/*.po)
NEEDS_BROWSER := Chromium or what drives it is missing: the browser tests will fail and say so. \
	Install it with: sudo apt-get install chromium libatomic1

export PYTHONUTF8 := 1
# Compiled once, started often; empty means that Python may keep what it compiled.
export PYTHONDONTWRITEBYTECODE :=
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never

.PHONY: run test lint fmt texts migration pictures bench clean setup chromium
.NOTPARALLEL:

run: setup
	@$(BIN)/python launch.py

# make test            everything
# make test T="-k a07_"  these tests only, without the linters
test: setup chromium $(if $(T),,lint)
	$(BIN)/pytest -n auto --dist loadgroup $(T)

lint: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: setup
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# make texts           brings new texts of the program into the English catalogue
texts: setup
	$(BIN)/pybabel --quiet extract -F babel.cfg -k _l -k N_ --no-location --sort-output -o var/texts.pot .
	$(BIN)/pybabel --quiet update -N --no-wrap --ignore-obsolete -i var/texts.pot -d app/translations -l en

# make migration M="why it changes"
migration: setup
	$(BIN)/python launch.py flask db migrate -m "$(M)"

# make pictures        makes the pictures of the README anew
pictures: setup chromium
	$(BIN)/pytest -q -p no:randomly tests/e2e/test_way_to_the_card.py --pictures docs/pictures

bench: setup
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf var .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f $(PO:.po=.mo)
	find . -name __pycache__ -prune -exec rm -r {} +

setup: .venv/.synced $(PO:.po=.mo)

.venv/.synced: pyproject.toml uv.lock | $(BIN)/uv
	$(BIN)/uv sync --frozen --quiet
	@touch $@

$(BIN)/uv: | $(BIN)/pip
	$(BIN)/pip install --quiet --disable-pip-version-check uv

# Debian keeps pip in a package of its own. Where it is missing, its wheel is taken out of that
# package, beside the system and without a password.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv && $(WITHOUT_PIP); }

WITHOUT_PIP = state=$$(mktemp -d) && trap 'rm -rf "$$state"' EXIT && here=$$(pwd) && \
	mkdir -p "$$state/lists/partial" "$$state/archives/partial" && cd "$$state" && \
	apt="apt-get -qq -o APT::Sandbox::User=root -o Dir::State::Lists=$$state/lists -o Dir::Cache=$$state" && \
	$$apt update && $$apt download python3-pip-whl && dpkg-deb -x python3-pip-whl_*.deb . && \
	cd "$$here" && $(PYTHON) -m venv --without-pip .venv && \
	$(BIN)/python "$$(echo "$$state"/usr/share/python-wheels/pip-*.whl)/pip" install --quiet pip || \
	{ rm -rf .venv; echo "No pip here: please install python3-venv (Debian) or pip." >&2; exit 1; }

%.mo: %.po | .venv/.synced
	@$(BIN)/pybabel --quiet compile -i $< -o $@

chromium:
	@{ command -v chromium && /sbin/ldconfig -p | grep libatomic.so.1; } >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then as=env; else as="sudo -n"; fi; \
	  $$as true 2>/dev/null && $$as apt-get -qq update && \
	  $$as apt-get -qq install -y --no-install-recommends chromium fonts-liberation libatomic1; \
	} || echo "$(NEEDS_BROWSER)"
