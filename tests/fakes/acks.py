"""What an acknowledgement may carry, over HTTP and over a WebSocket alike."""

from tests.fakes.rules import Problems
from tests.fakes.slack_limits import problems
from tests.fakes.view_limits import inputs, view_problems

ACTIONS = {"clear": set(), "errors": {"errors"}, "update": {"view"}, "push": {"view"}}


def carries(kind: str, payload: dict) -> bool:
    """Whether Slack reads an answer in the acknowledgement: of a command, and of a form that was sent."""
    return kind == "slash_commands" or payload.get("type") == "view_submission"


def ack_problems(kind: str, payload: dict, answer: object) -> list[str]:
    """Every reason for which Slack would refuse this answer to that payload; `kind` is the envelope's."""
    if not answer:
        return []
    if not carries(kind, payload):
        return ["it cannot carry a message"]
    if not isinstance(answer, dict):
        return [f"it carries no JSON object but {type(answer).__name__}"]
    if kind == "slash_commands":
        return [*problems(answer), *([] if "response_type" in answer else ["response_type not stated"])]
    return list(_form(payload["view"], answer))


def _form(view: dict, answer: dict) -> Problems:
    action = answer.get("response_action")
    if action not in ACTIONS or set(answer) != {"response_action"} | ACTIONS[action]:
        yield f"response_action {action!r} with {sorted(set(answer) - {'response_action'})}"
    elif action == "errors":
        yield from _errors(view, answer["errors"])
    elif "view" in answer:
        yield from view_problems(answer["view"])


def _errors(view: dict, errors: object) -> Problems:
    """Errors stand beside inputs, under the block_ids of the view."""
    if not isinstance(errors, dict) or not errors:
        yield f"errors: what is wrong with which block is needed, not {errors!r}"
        return
    there = {found["block_id"] for found in inputs(view)}
    for block_id, sentence in errors.items():
        if block_id not in there:
            yield f"errors: there is no input {block_id!r}"
        if not isinstance(sentence, str) or not sentence:
            yield f"errors: {block_id}: a sentence is needed, not {sentence!r}"
