"""Forms and their parts at the limits of what Slack takes."""


def words(n):
    return {"type": "plain_text", "text": "x" * n}


def option(n, **more):
    return {"text": words(75), "value": str(n), **more}


def text(**more):
    return {"type": "plain_text_input", "action_id": "a", **more}


def select(count, **more):
    return {"type": "static_select", "action_id": "a", "options": [option(n) for n in range(count)], **more}


def field(element, block_id="b", **more):
    return {"type": "input", "block_id": block_id, "label": words(2_000), "element": element, **more}


def view(*blocks, **changed):
    fields = {
        "type": "modal",
        "title": words(24),
        "submit": words(24),
        "close": words(24),
        "private_metadata": "m" * 3_000,
    }
    return {**fields, "callback_id": "c" * 255, "blocks": list(blocks or [{"type": "divider"}]), **changed}


where = {
    "type": "conversations_select",
    "action_id": "a",
    "response_url_enabled": True,
    "default_to_current_conversation": True,
}
