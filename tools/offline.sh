#!/bin/sh
# Serve serverless.yml's HTTP shape on this machine. Usage: tools/offline.sh [serverless-offline's options]
set -eu
# Nobody's secret: it signs what a developer sends to this machine, unless the environment names another.
: "${SLACK_SIGNING_SECRET:=techname-offline-secret}"
# VIRTUAL_ENV is how serverless-offline finds the Python that it starts for each function.
export SLACK_SIGNING_SECRET VIRTUAL_ENV="$PWD/.venv"
echo "techname: POST /slack/events, signed with $SLACK_SIGNING_SECRET; Ctrl-C ends it" >&2
exec node_modules/.bin/osls offline start "$@"
