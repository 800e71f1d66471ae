"""What `make package` writes for CloudFormation, held against what was promised of it."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.helpers.checkout import ROOT, said_by

pytestmark = pytest.mark.slow


def template(folder: Path, *parameters: str) -> dict:
    """The template that osls makes of serverless.yml, without an account and with a secret lying about."""
    said_by(
        "node_modules/.bin/osls",
        "package",
        "--package",
        str(folder),
        *[f"--param={given}" for given in parameters],
        SLACK_SIGNING_SECRET="lying-about",
    )
    return json.loads((folder / "cloudformation-template-update-stack.json").read_text())


@pytest.fixture(scope="module")
def function_zip(node, built) -> Path:
    """The zip that the template is about, where `make package` puts it."""
    said_by(sys.executable, "tools/bundle.py", "web")
    (ROOT / "build").mkdir(exist_ok=True)
    return Path(shutil.copy(built[0], ROOT / "build/function.zip"))


@pytest.fixture(scope="module")
def plain(function_zip):
    """The template as `make package` leaves it, which cfn-lint has passed."""
    [path] = re.findall(
        r"^(\S+): .*no objection from cfn-lint$", said_by("tools/package.sh", SLACK_SIGNING_SECRET="lying-about"), re.M
    )
    return json.loads((ROOT / path).read_text())


@pytest.fixture(scope="module")
def given(function_zip, tmp_path_factory):
    """The template with every parameter given."""
    return template(
        tmp_path_factory.mktemp("given"),
        "reserved-concurrency=5",
        "alarm-email=ops@example.com",
        "secret=elsewhere",
        "secret-version=EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE",
        "throttle-rate=2",
        "throttle-burst=9",
        "taken=taken.toml",
        "admins=U012ABC U034DEF",
    )


def of_type(template: dict, kind: str) -> list[dict]:
    """The properties of every resource of a type, but for the page's function (see test_web_function)."""
    return [
        resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind and not name.startswith("Web")
    ]


def only(template: dict, kind: str) -> dict:
    [properties] = of_type(template, kind)
    return properties


def test_what_is_deployed_is_what_was_checked(plain, function_zip):
    """The folder that `make deploy` hands to osls holds the template's own zip."""
    state = json.loads((ROOT / "build/package/serverless-state.json").read_text())
    assert (ROOT / "build/package" / state["package"]["artifact"]).read_bytes() == function_zip.read_bytes()


def test_the_function_is_what_the_zip_was_built_for(plain):
    """Python 3.13 on arm64 with a whole vCPU, ending by itself, entered at the bot's handler."""
    function = only(plain, "AWS::Lambda::Function")
    assert function["Runtime"] == "python3.13" and function["Architectures"] == ["arm64"]
    assert function["Handler"] == "bot.slack.lambda_handler.lambda_handler"
    assert function["MemorySize"] == 1769 and function["Timeout"] == 5


def test_the_secret_is_a_reference(plain, given):
    """CloudFormation resolves the secret; neither it nor anything of the builder's environment is written down."""
    said = {"TECHNAME_TAKEN": "taken.toml", "TECHNAME_ADMINS": "U012ABC U034DEF"}
    for made, name, version, more in (
        (plain, "techname", "", dict.fromkeys(said, "")),
        (given, "elsewhere", "EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE", said),
    ):
        variables = only(made, "AWS::Lambda::Function")["Environment"]["Variables"]
        assert variables == {
            "TECHNAME_TABLE": {"Ref": "Remembered"},
            **more,
            **{
                key: f"{{{{resolve:secretsmanager:{name}:SecretString:{key}::{version}}}}}"
                for key in ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN")
            },
        }
        assert "lying-about" not in json.dumps(made)


def test_reserved_concurrency_is_absent_until_given(plain, given):
    """A new AWS account refuses any reservation, so there is none by default."""
    assert "ReservedConcurrentExecutions" not in only(plain, "AWS::Lambda::Function")
    assert only(given, "AWS::Lambda::Function")["ReservedConcurrentExecutions"] == 5


def test_one_throttled_route(plain, given):
    """The only way in is POST /slack/events, and a flood is stopped before the function."""
    routes = of_type(plain, "AWS::ApiGatewayV2::Route")
    slack = [route["RouteKey"] for route in routes if "IntegrationSlack" in json.dumps(route["Target"])]
    assert slack == ["POST /slack/events"]
    assert not of_type(plain, "AWS::Lambda::Url")
    for made, rate, burst in ((plain, 5, 20), (given, 2, 9)):
        settings = only(made, "AWS::ApiGatewayV2::Stage")["DefaultRouteSettings"]
        assert (int(settings["ThrottlingRateLimit"]), int(settings["ThrottlingBurstLimit"])) == (rate, burst)


def test_the_function_may_write_its_log_and_its_table_and_nothing_else(plain):
    """One role, two policies, no managed one: each action the handler needs, and neither to scan the table nor to
    delete it."""
    role = only(plain, "AWS::IAM::Role")
    assert "ManagedPolicyArns" not in role and not of_type(plain, "AWS::IAM::Policy")
    assert [policy["PolicyDocument"]["Statement"] for policy in role["Policies"]] == [
        [
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": {"Fn::GetAtt": ["SlackLogGroup", "Arn"]},
            }
        ],
        [
            {
                "Effect": "Allow",
                "Action": [
                    f"dynamodb:{action}"
                    for action in ("BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query")
                ],
                "Resource": {"Fn::GetAtt": ["Remembered", "Arn"]},
            }
        ],
    ]


def test_the_table_outlives_the_stack_and_clears_what_expired(plain):
    """On demand, with the attribute that the store writes as its time to live, restorable to any second, named by its
    stack."""
    [table] = [made for made in plain["Resources"].values() if made["Type"] == "AWS::DynamoDB::Table"]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    properties = table["Properties"]
    assert properties["BillingMode"] == "PAY_PER_REQUEST" and "TableName" not in properties
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["DeletionProtectionEnabled"] is True
    assert plain["Outputs"]["RememberedTable"]["Value"] == {"Ref": "Remembered"}


def test_the_log_is_kept_thirty_days(plain):
    """Logs neither vanish at once nor pile up for ever."""
    assert {group["RetentionInDays"] for group in of_type(plain, "AWS::Logs::LogGroup")} == {30}


def test_the_access_log_holds_no_body(plain):
    """Each request leaves a line with its status and its time, and nothing that a person typed."""
    said = only(plain, "AWS::ApiGatewayV2::Stage")["AccessLogSettings"]["Format"]
    assert {"status", "ms", "requestId"} <= json.loads(said).keys()
    assert not re.search("body|header|identity|querystring", said, re.IGNORECASE)


def test_alarms_on_errors_and_on_slow_answers(plain):
    """A function that fails, a bug that a person was told of, a p99 above 2 s, requests that are refused, and a
    function or a table that is throttled each go off."""
    alarms = {alarm.get("MetricName", "the table"): alarm for alarm in of_type(plain, "AWS::CloudWatch::Alarm")}
    assert set(alarms) == {"Errors", "Bugs", "Latency", "4xx", "Throttles", "the table"}
    watched = {
        given["MetricStat"]["Metric"]["MetricName"] for given in alarms["the table"]["Metrics"] if "MetricStat" in given
    }
    assert watched == {"ReadThrottleEvents", "WriteThrottleEvents"} and alarms["Throttles"]["Threshold"] == 1
    assert alarms["Errors"]["Threshold"] == alarms["Bugs"]["Threshold"] == 1
    assert alarms["Latency"]["ExtendedStatistic"] == "p99" and alarms["Latency"]["Threshold"] == 2000


def test_alarms_are_mailed_where_an_address_is_given(plain, given):
    """Each alarm's action hangs on a condition that the parameter decides."""
    decided = {"Fn::Not": [{"Fn::Equals": ["ops@example.com", ""]}]}
    assert given["Conditions"]["HasAlarmEmail"] == decided
    assert only(given, "AWS::SNS::Subscription")["Endpoint"] == "ops@example.com"
    for alarm in of_type(plain, "AWS::CloudWatch::Alarm"):
        assert alarm["AlarmActions"]["Fn::If"][:2] == ["HasAlarmEmail", [{"Ref": "AlarmTopic"}]]
    assert {plain["Resources"][name].get("Condition") for name in ("AlarmTopic", "AlarmEmail")} == {"HasAlarmEmail"}


def test_nothing_deployed_goes_without_encryption_or_open_to_the_public(plain):
    """The bucket with the zips is private, and keeps files that are overwritten."""
    bucket = only(plain, "AWS::S3::Bucket")
    assert all(bucket["PublicAccessBlockConfiguration"].values())
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
