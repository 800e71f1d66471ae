"""The page's own function: its part of the template, its zip, and its handler under AWS's runtime loop."""

import base64
import gzip
import json
import os
import platform
import subprocess
import sys
import zipfile

import pytest

from bot.web import lambda_handler
from tests.helpers.checkout import ROOT, clean_environment, said_by
from tests.helpers.runtime_api import RuntimeApi
from tools import bundle

HANDLER = "bot.web.lambda_handler.lambda_handler"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="awslambdaric has wheels for Linux only"),
]
ASK = """
import json, sys
sys.path.insert(0, sys.argv[1])
from bot.web.lambda_handler import lambda_handler
print(json.dumps([lambda_handler(event, None) for event in json.load(sys.stdin)]))
"""


def get(path: str, query: str = "", method: str = "GET", **headers: str) -> dict:
    """The httpApi event (payload 2.0) of a request."""
    http = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7", "userAgent": "curl"}
    context = {"http": http, "stage": "$default", "requestId": "r", "domainName": "a.example", "timeEpoch": 0}
    return {
        "version": "2.0",
        "routeKey": "GET /{proxy+}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": "a.example", **headers},
        "requestContext": context,
        "isBase64Encoded": False,
    }


def text(answer: dict) -> str:
    """The body of an answer, unpacked."""
    body = base64.b64decode(answer["body"]) if answer["isBase64Encoded"] else answer["body"].encode()
    return (gzip.decompress(body) if answer["headers"].get("content-encoding") == "gzip" else body).decode()


@pytest.fixture(scope="module")
def runtime(shelf_models):
    """A Runtime API with the page's handler waiting at it."""
    with RuntimeApi() as api:
        api.run(HANDLER, ROOT, clean_environment())
        yield api


def test_the_api_the_page_and_a_refusal_come_through_the_loop(runtime):
    """No secret is set, and none is needed."""
    found = runtime.invoke(get("/api/mix/pokemon/complete", "q=mo***&n=3")).body
    assert found["statusCode"] == 200 and len(json.loads(text(found))["names"]) == 3
    page = runtime.invoke(get("/", "q=mo***", **{"accept-encoding": "gzip"})).body
    assert page["statusCode"] == 200 and "<h1>" in text(page)
    refused = runtime.invoke(get("/api/mix/pokmon")).body
    assert refused["statusCode"] == 404 and json.loads(text(refused))["parameter"] == "corpus"


def test_a_blend_that_trains_for_seconds_is_refused_with_what_to_ask(runtime):
    """On Lambda nothing is trained in the background."""
    refused = runtime.invoke(get("/api/mix/pokemon+ikea")).body
    assert refused["statusCode"] == 422 and "markov" in text(refused)


def test_one_address_is_held_back(runtime):
    """The rate is that of the caller whom API Gateway names."""
    statuses = {runtime.invoke(get("/api")).body["statusCode"] for _ in range(80)}
    assert 429 in statuses


def test_the_log_has_one_line_a_request_and_nothing_that_was_asked(shelf_models):
    """Command, corpus, model, milliseconds, status; no pattern, no address."""
    with RuntimeApi() as api:
        api.run(HANDLER, ROOT, clean_environment())
        api.invoke(get("/api/mix/pokemon/complete", "q=mo***"))
        output = api.stop()
    [line] = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    assert (line["command"], line["corpus"], line["model"], line["outcome"]) == ("complete", "pokemon", "mix", 200)
    assert "mo***" not in output and "192.0.2.7" not in output


def test_the_template_has_a_function_that_knows_no_secret_and_no_table(node, shelf_models):
    """Its routes have a throttle of their own; it may write its own log and nothing else."""
    for zipped in ("function.zip", "web.zip"):  # osls looks whether they are there, no more
        (ROOT / "build" / zipped).parent.mkdir(exist_ok=True)
        (ROOT / "build" / zipped).touch()
    said_by("node_modules/.bin/osls", "package", "--package", "build/package-web")
    made = json.loads((ROOT / "build/package-web/cloudformation-template-update-stack.json").read_text())["Resources"]
    function = made["WebLambdaFunction"]["Properties"]
    assert function["Handler"] == HANDLER and function["Code"]["S3Key"].endswith("/web.zip")
    assert "Environment" not in function and "ReservedConcurrentExecutions" not in function
    [policy] = made["WebRole"]["Properties"]["Policies"]
    assert policy["PolicyDocument"]["Statement"][0]["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    stage = made["HttpApiStage"]
    needed = [made[name] for name in stage["DependsOn"]]  # the routes with settings of their own, and the log
    throttled = {each["Properties"]["RouteKey"] for each in needed if each["Type"] == "AWS::ApiGatewayV2::Route"}
    assert set(stage["Properties"]["RouteSettings"]) == throttled
    routes = [each["Properties"] for each in made.values() if each["Type"] == "AWS::ApiGatewayV2::Route"]
    web = {each["RouteKey"] for each in routes if "HttpApiIntegrationWeb" in json.dumps(each["Target"])}
    assert {"GET /", "GET /{proxy+}", "HEAD /{proxy+}", "OPTIONS /{proxy+}", "POST /mcp"} <= web


@pytest.mark.timeout(600)  # two zips are built
def test_its_zip_is_small_and_answers_from_it_alone(shelf_models, tmp_path):
    """Under 30 MB for Lambda's arm64; built for this machine, it answers with nothing else on the path."""
    python = bundle.target_python()
    if python is None:
        pytest.skip("no Python 3.13 on this machine to run the zip with")
    said = said_by(sys.executable, "tools/bundle.py", "web", "--zip", str(tmp_path / "arm64.zip"))
    assert os.path.getsize(tmp_path / "arm64.zip") < 30_000_000, said
    here = tmp_path / "here.zip"
    said_by(sys.executable, "tools/bundle.py", "web", "--zip", str(here), "--machine", platform.machine())
    with zipfile.ZipFile(here) as archive:
        archive.extractall(tmp_path / "task")
    assert not {"slack_bolt", "mcp", "uvicorn", "boto3"} & {path.name for path in (tmp_path / "task").iterdir()}
    asked = [get("/api/mix/pokemon/complete", "q=mo***&n=2"), get("/", "q=mo***"), get("/docs")]
    answered = subprocess.run(
        [python, "-I", "-S", "-B", "-c", ASK, str(tmp_path / "task")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=clean_environment(AWS_LAMBDA_FUNCTION_NAME="techname"),
    )
    assert answered.returncode == 0, answered.stderr
    assert [answer["statusCode"] for answer in json.loads(answered.stdout.splitlines()[-1])] == [200, 200, 200]


def test_the_module_has_no_other_late_attribute():
    """`lambda_handler` alone is built when it is looked up."""
    with pytest.raises(AttributeError):
        lambda_handler.nothing
