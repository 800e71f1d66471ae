#!/bin/sh
# Pin the requirements for every supported Python at once. Usage: tools/lock.sh UV
# Takes the newest of everything that pyproject.toml admits.
set -eu
exec </dev/null >&2
uv=$1
work=build/lock  # uv.lock stays here: it names the hosts of whoever made it
mkdir -p "$work"
cp pyproject.toml "$work/"
"$uv" lock --quiet --project "$work" --upgrade

# write GROUPS FILE: hashes and markers, no addresses.
write() {
    {
        echo "# Made by 'make lock' from pyproject.toml: every version, for every Python from 3.11, with its hashes."
        "$uv" export --quiet --project "$work" --frozen --no-header --no-annotate --no-emit-project \
            --no-emit-index-url $1
    } >"$work/$2"
    if grep -q '://' "$work/$2"; then
        echo "An address got into $2; it was left as it was."
        exit 1
    fi
    mv "$work/$2" "$2"
}
write "--no-default-groups --group build" requirements.txt
write "--no-default-groups --group build --extra web --extra mcp" requirements-web.txt
write "--no-default-groups --group build --group dev --extra web --extra mcp" requirements-dev.txt
write "--no-default-groups --only-group bench" requirements-bench.txt
write "--no-default-groups --only-group oracles" requirements-oracles.txt
