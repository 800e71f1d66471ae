#!/bin/sh
# Make .venv, or bring it up to date, from a locked requirements file.
# Usage: tools/install.sh PYTHON REQUIREMENTS. Everything said goes to stderr; nothing is read from stdin.
set -eu
exec </dev/null >&2
python=$1
lock=$2

if ! command -v "$python" >/dev/null; then
    echo "techname needs Python 3.11 or later, and there is no '$python' here."
    echo "Install it, or name another one: make install PYTHON=/path/to/python3.12"
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "techname needs Python 3.11 or later; '$python' is $("$python" --version 2>&1)."
    echo "Name a later one: make install PYTHON=python3.12"
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "'$python' cannot make virtual environments: its venv module is not installed."
    echo "On Debian and Ubuntu: sudo apt-get install python3-venv"
    exit 1
fi

# An environment that was left half made, moved, or whose Python is gone is made anew.
if ! .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "techname: making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi
echo "techname: installing what $lock pins"
pip() { .venv/bin/python -m pip --disable-pip-version-check --quiet "$@"; }
pip install --require-hashes -r "$lock"
# The lock brought setuptools, so the package itself needs no index and no build environment.
pip install --no-deps --no-build-isolation --no-index --editable .
