#!/usr/bin/env bash
# Installs the programs that the tests use, where that is possible: as root on Debian or Ubuntu.
# Elsewhere it uses what is there and names the tests that will be skipped for want of the rest.
set -euo pipefail

has() { command -v "$1" >/dev/null; }
has_postgresql() { has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_venv() { python3 -c 'import ensurepip, venv' 2>/dev/null; }
has_chromium() {
    has chromium-headless-shell || has chromium ||
        compgen -G "$HOME/.cache/ms-playwright/chromium-*" >/dev/null
}

missing() {
    has_venv || echo python3-venv
    has_postgresql || echo postgresql
    has redis-server || echo redis-server
    has node || echo nodejs
    has npm || echo npm
    has_chromium || is_ubuntu || echo chromium-headless-shell
}

# Ubuntu's chromium package is a snap, which does not run in containers.
is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

install() {
    export DEBIAN_FRONTEND=noninteractive
    local apt=(apt-get -o DPkg::Lock::Timeout=300 -y -qq)
    "${apt[@]}" update
    "${apt[@]}" install --no-install-recommends "$@" >/dev/null
}

wanted=$(missing)
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && has apt-get; then
    echo "Installing: ${wanted//$'\n'/ }"
    # shellcheck disable=SC2086 # a list of package names
    install $wanted
    wanted=$(missing)
fi

for name in $wanted; do
    case $name in
        python3-venv) echo "Not here: python3-venv; without it nothing can be tested." ;;
        postgresql) echo "Not here: PostgreSQL; the tests marked postgres are skipped." ;;
        redis-server) echo "Not here: redis-server; the tests marked redis are skipped." ;;
        nodejs | npm) echo "Not here: $name; needed for the browser files (npm ci)." ;;
        chromium-*) echo "Not here: Chromium; the tests marked browser are skipped." ;;
    esac
done
