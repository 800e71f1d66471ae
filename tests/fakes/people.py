"""What people do in the fake Slack: type, press, fill forms in; and what each of them sees.

A person is a name, and so is a channel: "ana" has the id U0ANA, "names" has C0NAMES.
"""

from tests.fakes.acks import carries
from tests.fakes.channels import Post
from tests.fakes.modals import View, described
from tests.fakes.payloads import entered, message_shortcut, pressed_at, shortcut, slash_command, submitted
from tests.fakes.view_limits import inputs


def person_id(name: str) -> str:
    return f"U0{name.upper()}"


def channel_id(name: str) -> str:
    return f"C0{name.upper().replace('-', '')}"


class Talking:
    """The part of FakeSlack that people use. Each method delivers over the door and does what the answer says."""

    def types(self, person: str, channel: str, text: str, **fields: str) -> list[Post]:
        """Type `/techname text`: the message that came in the acknowledgement, if one did."""
        who, where = person_id(person), channel_id(channel)
        fields = {"user_id": who, "user_name": person, "channel_id": where, "channel_name": channel, **fields}
        trigger = self.modals.trigger(who, where)
        answer = self._send(
            "slash_commands", slash_command(text, self.address(where, who), trigger_id=trigger, **fields)
        )
        return [self.channels.put(where, answer, who)] if answer else []

    def clicks(self, person: str, post: Post, button: dict | str, **fields: object) -> list[Post]:
        """Press a button, or the one with that label: the new messages that its response_url brought."""
        button = post.button(button) if isinstance(button, str) else button
        who = person_id(person)
        assert post in self.channels.seen_by(who, post.channel), f"{person} does not see that message"
        url = self.address(post.channel, who, post)
        self._send("interactive", pressed_at(post, button, who, url, self.modals.trigger(who, post.channel), **fields))
        return self._posts(url)

    def again(self) -> list[Post]:
        """Slack delivers the last thing once more, as it was."""
        kind, payload = self.last
        self.door.send(kind, payload)
        return self._posts(payload["response_url"])

    def opens(self, person: str, callback_id: str, channel: str | None = "names") -> View | None:
        """Use a global shortcut while looking at a channel: the form in front of the person afterwards."""
        who, where = person_id(person), channel and channel_id(channel)
        self._send("interactive", shortcut(callback_id, who, self.modals.trigger(who, where)))
        return self.view(person)

    def opens_on(self, person: str, callback_id: str, post: Post, **fields: object) -> View | None:
        """Use a message shortcut: the form in front of the person afterwards."""
        who = person_id(person)
        url = self.address(post.channel, who)
        payload = message_shortcut(callback_id, who, post, url, self.modals.trigger(who, post.channel), **fields)
        self._send("interactive", payload)
        return self.view(person)

    def fills(self, person: str, values: dict[str, str | None]) -> View | None:
        """Fill in inputs of the form in front of a person, by block_id; those that report a change do so, one by
        one."""
        for block_id, value in values.items():
            view = self.view(person)
            state = _entered(view, block_id, value)
            element = view.element(block_id)
            view.typed[block_id][element["action_id"]] = state
            block = next(block for block in inputs(view.payload) if block["block_id"] == block_id)
            if block.get("dispatch_action"):
                action = {**state, "block_id": block_id, "action_id": element["action_id"]}
                trigger = self.modals.trigger(view.person, view.channel, view)
                self._send("interactive", entered(described(view), action, view.person, trigger))
        return self.view(person)

    def submits(self, person: str, values: dict[str, str | None] | None = None) -> list[Post]:
        """Fill in and send the form in front of a person: the new messages that its response_urls brought. Errors stand
        in the view."""
        view = self.fills(person, values or {})
        _check(view)
        urls = self._response_urls(view)
        payload = submitted(described(view), view.person, self.modals.trigger(view.person, view.channel, view), urls)
        before = len(self.channels.posts)
        self._obey(view, self._send("interactive", payload))
        return self.channels.posts[before:]

    def leaves(self, person: str) -> None:
        """Close the form in front of a person."""
        self.modals.close(self.view(person))

    def view(self, person: str) -> View | None:
        """The form in front of a person."""
        return self.modals.top(person_id(person))

    def sees(self, person: str, channel: str) -> list[Post]:
        """The messages that a person sees in a channel, the oldest first."""
        return self.channels.seen_by(person_id(person), channel_id(channel))

    def _send(self, kind: str, payload: dict) -> dict | None:
        self.last = kind, payload
        answer = self.door.send(kind, payload).answer
        return answer if carries(kind, payload) and isinstance(answer, dict) else None

    def _posts(self, url: str) -> list[Post]:
        return self.urls.given[url.removeprefix(self.http.url)].posts

    def _response_urls(self, view: View) -> list[dict]:
        """For each menu of conversations that asks for it, an address in the conversation that was chosen."""
        urls = []
        for block in inputs(view.payload):
            element = block["element"]
            where = view.typed[block["block_id"]][element["action_id"]].get("selected_conversation")
            if element.get("response_url_enabled") and where:
                ids = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": where}
                urls.append({**ids, "response_url": self.address(where, view.person)})
        return urls

    def _obey(self, view: View, answer: dict | None) -> None:
        """Do what the acknowledgement of a form says: nothing closes it."""
        match (answer or {}).get("response_action"):
            case None:
                self.modals.close(view)
            case "clear":
                self.modals.close(view, all_of_them=True)
            case "errors":
                view.errors = answer["errors"]
            case "update":
                view.show(answer["view"])
            case "push":
                self.modals.push(view.person, view.channel, answer["view"])


def _entered(view: View, block_id: str, value: str | None) -> dict:
    """The state of an input with that value: what was typed, an option's value or a conversation's name."""
    element = view.element(block_id)
    kind = element["type"]
    if kind == "conversations_select":
        return {"type": kind, "selected_conversation": value and channel_id(value)}
    if kind in ("static_select", "radio_buttons"):
        [option] = [option for option in element["options"] if option["value"] == value]
        return {"type": kind, "selected_option": option}
    if kind == "checkboxes":
        return {
            "type": kind,
            "selected_options": [option for option in element["options"] if option["value"] in (value or "").split()],
        }
    assert len(value or "") <= element.get("max_length", 3_000), "Slack lets nobody type more"
    return {"type": kind, "value": value or None}


def _check(view: View) -> None:
    """Slack itself sends no form before every input that is not optional holds something."""
    for block in inputs(view.payload):
        assert block.get("optional") or view.value(block["block_id"]), f"{block['block_id']} is empty"
