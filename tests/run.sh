#!/usr/bin/env bash
# Runs everything: formatting, lints, both databases, loadable plugins, browser. Installs what it
# needs (Debian packages, npm and PyPI packages into target/tools) and starts its own servers on
# free loopback ports with their own data directories.
set -euo pipefail
cd "$(dirname "$0")/.."
tools="$PWD/target/tools"
# One build from nothing wants no increments; they were half of what this run left on the disk.
export CARGO_INCREMENTAL=0
mkdir -p "$tools"

step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

step "tools"
. tests/tools.sh

step "MariaDB"
. tests/mariadb.sh
mariadb_start
trap mariadb_stop EXIT

step "format"
cargo fmt --all --check

step "lints"
cargo clippy --workspace --all-targets --quiet -- -D warnings

step "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet

step "licences, bans, sources"
cargo deny --log-level error check licenses bans sources

step "every feature by itself"
cargo hack check --package host --each-feature --quiet

step "programs and libraries"
. tests/programs.sh

step "tests"
cargo nextest run --workspace --no-fail-fast
cargo test --workspace --doc --quiet
step "done"
