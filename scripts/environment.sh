#!/usr/bin/env bash
# Makes .venv and installs a pinned list into it: environment.sh PYTHON REQUIREMENTS
set -euo pipefail

python=$1
list=$2

say() { printf '%s\n' "$*" >&2; }

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Lectern needs Python 3.11 or newer; \"$python\" is not. Name one: make PYTHON=python3.12 …"
    exit 1
fi

if [ ! -x .venv/bin/python ]; then
    say "Making .venv …"
    if command -v uv >/dev/null; then
        uv venv --quiet --python "$("$python" -c 'import sys; print(sys.executable)')" .venv
    elif ! "$python" -m venv .venv 2>/dev/null; then
        rm -rf .venv
        say "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"
        exit 1
    fi
fi

say "Installing $list …"
if command -v uv >/dev/null; then
    uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r "$list"
else
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$list"
fi
