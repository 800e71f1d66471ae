#!/bin/sh
# Install what package-lock.json pins into node_modules. Only packaging, serving and deploying need it; the bot is Python.
set -eu
exec </dev/null >&2
for program in node npm; do
    if ! command -v "$program" >/dev/null; then
        echo "This needs Node.js 20 or later with npm, and there is no '$program' here (Debian, Ubuntu: apt-get install nodejs npm)."
        echo "The bot itself runs without: make run, make test."
        exit 1
    fi
done
if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)'; then
    echo "This needs Node.js 20 or later; here is $(node --version)."
    exit 1
fi
echo "techname: installing what package-lock.json pins"
npm ci --silent
