#!/usr/bin/env bash
# Writes the pinned lists from what requirements.in, requirements-dev.in and package.json ask for.
set -euo pipefail

pin() {
    uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command "make lock" "$1" -o "$2"
}

command -v uv >/dev/null || { echo "make lock needs uv on the PATH" >&2; exit 1; }
pin requirements.in requirements.txt
pin requirements-dev.in requirements-dev.txt
npm install --package-lock-only
