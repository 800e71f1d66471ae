#!/bin/sh
# Turn serverless.yml and the zips in build/ into build/package/, check the template, and say where things are.
set -eu
template=build/package/cloudformation-template-update-stack.json
rm -rf build/package
node_modules/.bin/osls package --package build/package "$@" </dev/null >&2
cp build/function.zip build/web.zip build/package/  # `osls deploy --package` takes template and zip from one folder
# W3005: osls writes some DependsOn that a reference already implies. W8003: whether alarms have an address is known by now.
.venv/bin/cfn-lint --ignore-checks W3005 W8003 --template "$template" >&2
echo "$template: the CloudFormation template, and no objection from cfn-lint"
