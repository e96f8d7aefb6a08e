#!/usr/bin/env bash
# All checks in order, each with a heading and its time; goes on after a failure and fails at the end.
# `tests/run.sh lint` runs the static checks only. The last line is `N passed, N failed`: a test counts as one,
# and so does each other stage.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

only="${1:-all}"
bin="$PWD/.venv/bin"
results="$(mktemp -d)"
passed=0 failed=0 skipped=0
summary=()

# Servers and data of its own: a demo that runs from this checkout is neither disturbed nor relied on.
export KOLEKTOR_HOME="${KOLEKTOR_HOME:-$PWD/.kolektor/test}"
export PATH="$bin:$PATH"

finish() {
    "$bin/python" -m kolektor.embedded stop >/dev/null
    rm -rf "$results"
}
trap finish EXIT
trap 'exit 130' INT TERM

# stage NAME COMMAND...: one check, which passes or fails as a whole
stage() {
    run "$@"
    if [ "$status" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# tests NAME ARGUMENTS...: one run of pytest, whose tests are counted one by one
tests() {
    local name="$1" report="$results/$1.xml" counts
    shift
    run "pytest: $name" "$bin/pytest" "$@" --durations=12 --durations-min=5 --junitxml="$report"
    counts="$("$bin/python" - "$report" <<'PYTHON'
import sys
from xml.etree import ElementTree

try:
    suites = ElementTree.parse(sys.argv[1]).getroot().iter("testsuite")
    total = {"tests": 0, "bad": 0, "skipped": 0}
    for suite in suites:
        total["tests"] += int(suite.get("tests", 0))
        total["bad"] += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total["skipped"] += int(suite.get("skipped", 0))
    print(total["tests"] - total["bad"] - total["skipped"], total["bad"], total["skipped"])
except (OSError, ElementTree.ParseError):
    print(0, 0, 0)
PYTHON
)"
    read -r good bad left <<<"$counts"
    # a crash, or a run that found no tests, fails though no test did
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
}

run() {
    local name="$1" began="$SECONDS" verdict
    shift
    printf '\n=== %s\n' "$name"
    "$@"
    status=$?
    verdict=ok
    [ "$status" -eq 0 ] || verdict="FAILED ($status)"
    summary+=("$(printf '%5d s  %-12s %s' "$((SECONDS - began))" "$verdict" "$name")")
}

npm() { (cd frontend && "$bin/python" -m kolektor.embedded npm "$@" --loglevel=error); }

ruff() { "$bin/ruff" check . && "$bin/ruff" format --check .; }

migrations() {
    PYTHONPATH="platform:." DJANGO_SETTINGS_MODULE=kolektor.config.settings \
        "$bin/python" -m django makemigrations --check --dry-run
}

# Debian's Chromium drives the browser tests.
ensure_chromium() {
    type -P chromium >/dev/null && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            echo 'The browser tests need Chromium: ask an administrator for `apt-get install chromium`.' >&2
            return 1
        fi
        as_root=(sudo -n)
    fi
    echo 'Installing Chromium'
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
}

stage 'ruff' ruff
stage 'mypy' "$bin/mypy"
stage 'import contracts' "$bin/lint-imports"
stage 'front end: lint' npm run lint
stage 'front end: types' npm run typecheck
stage 'container file' "$bin/hadolint" infra/Containerfile
stage 'compose file' "$bin/check-jsonschema" --builtin-schema vendor.compose-spec infra/compose.yaml
if [ "$only" = all ]; then
    stage 'migrations are complete' migrations
    stage 'front end: unit tests' npm run test
    stage 'front end: build' npm run build
    stage 'front end: bundle size' npm run size
    tests all-but-browser -n "${PYTEST_WORKERS:-2}" tests --ignore=tests/e2e
    if ensure_chromium; then
        tests browser tests/e2e
    elif [ "${CI:-}" = true ]; then
        stage 'browser tests' false
    else
        summary+=("$(printf '%5d s  %-12s %s' 0 'NOT RUN' 'browser tests: no Chromium')")
    fi
fi

printf '\n=== summary\n'
printf '%s\n' "${summary[@]}"
[ "$skipped" -eq 0 ] || printf '%d skipped\n' "$skipped"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
