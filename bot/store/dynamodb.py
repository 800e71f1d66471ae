"""The store in one DynamoDB table, for AWS.

`team` is the partition key, `key` the sort key, and `expires` the time to live.
"""

import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from bot.store import Change, Item, check_changes, check_key, check_keys, check_team, item, kind, next_version
from bot.store.dynamodb_calls import Calls

_BATCH = 25  # DynamoDB's limit of deletions in a batch
_NAMES = {"#team": "team", "#key": "key", "#version": "version", "#expires": "expires"}
_LIVES = "(attribute_not_exists(#expires) OR #expires > :now)"
_PARTS = {"put": "Put", "delete": "Delete", "check": "ConditionCheck"}
_ALONE = {"Put": "put_item", "Delete": "delete_item"}


class DynamoStore:
    """A Store in the table of `calls`, which connects when it is first used. `clock` gives unix seconds."""

    def __init__(self, calls: Calls, clock: Callable[[], float] = time.time):
        self._calls, self._clock = calls, clock

    def get(self, team: str, key: str) -> Item | None:
        check_team(team)
        check_key(key)
        found = self._calls("get_item", TableName=self._calls.table, Key=_place(team, key), ConsistentRead=True).get(
            "Item"
        )
        return _item(found) if found and self._lives(found) else None

    def read(self, team: str, *keys: str) -> list[Item | None]:
        check_team(team)
        check_keys(keys)
        if not keys:
            return []
        asked = {
            self._calls.table: {"Keys": [_place(team, key) for key in dict.fromkeys(keys)], "ConsistentRead": True}
        }
        items: dict[str, Item] = {}
        for answer in self._calls.batches("batch_get_item", "UnprocessedKeys", asked):
            items |= {
                found["key"]["S"]: _item(found)
                for found in answer["Responses"][self._calls.table]
                if self._lives(found)
            }
        return [items.get(key) for key in keys]

    def find(self, team: str, prefix: str) -> list[Item]:
        return [_item(found) for page in self._pages(team, prefix) for found in page if self._lives(found)]

    def write(self, team: str, *changes: Change) -> None:
        check_team(team)
        check_changes(changes)
        parts = [(_PARTS[change.kind], self._part(team, change)) for change in changes]
        [(part, given), *more] = parts
        if part in _ALONE and not more:  # half the price of a transaction
            self._calls(_ALONE[part], **given)
        else:
            # By the token DynamoDB knows a repeated attempt, and does not carry it out twice.
            self._calls(
                "transact_write_items",
                TransactItems=[{part: given} for part, given in parts],
                ClientRequestToken=uuid.uuid4().hex,
            )

    def forget(self, team: str) -> Counter[str]:
        counts: Counter[str] = Counter()
        for page in self._pages(team, ""):
            keys = [found["key"]["S"] for found in page]
            counts.update(map(kind, keys))
            for start in range(0, len(keys), _BATCH):
                self._delete([_place(team, key) for key in keys[start : start + _BATCH]])
        return counts

    def _delete(self, places: list[dict]) -> None:
        asked = {self._calls.table: [{"DeleteRequest": {"Key": place}} for place in places]}
        for _ in self._calls.batches("batch_write_item", "UnprocessedItems", asked):
            pass

    def _pages(self, team: str, prefix: str) -> Iterator[list[dict]]:
        """Give the items with that prefix, expired or not, by pages of at most a megabyte."""
        check_team(team)
        wanted, values = "#team = :team", {":team": {"S": team}}
        if prefix:
            wanted, values = f"{wanted} AND begins_with(#key, :prefix)", values | {":prefix": {"S": prefix}}
        place: dict[str, Any] = {}
        while place is not None:
            page = self._calls(
                "query",
                TableName=self._calls.table,
                ConsistentRead=True,
                KeyConditionExpression=wanted,
                ExpressionAttributeValues=values,
                ExpressionAttributeNames=_named(wanted),
                **place,
            )
            yield page["Items"]
            place = {"ExclusiveStartKey": page["LastEvaluatedKey"]} if page.get("LastEvaluatedKey") else None

    def _part(self, team: str, change: Change) -> dict[str, Any]:
        """Write a change as DynamoDB takes it, alone or in a transaction."""
        condition, values = self._condition(change)
        place = _place(team, change.key)
        said = {
            "ConditionExpression": condition,
            "ExpressionAttributeValues": values,
            "ExpressionAttributeNames": _named(condition),
        }
        return {
            "TableName": self._calls.table,
            **({"Item": place | _written(change)} if change.kind == "put" else {"Key": place}),
            **{name: value for name, value in said.items() if value},
        }

    def _condition(self, change: Change) -> tuple[str, dict]:
        """Give the condition of a change, and its values. An expired item counts as absent, cleared or not."""
        now = {":now": _number(self._clock())}
        if change.version is None:
            return "", {}
        if change.version == 0:
            return "attribute_not_exists(#version) OR #expires <= :now", now
        return f"#version = :version AND {_LIVES}", now | {":version": _number(change.version)}

    def _lives(self, found: dict) -> bool:
        return "expires" not in found or float(found["expires"]["N"]) > self._clock()


def _written(change: Change) -> dict:
    ends = {} if change.expires is None else {"expires": _number(change.expires)}
    return {"value": {"S": change.text}, "version": _number(next_version(change.version)), **ends}


def _place(team: str, key: str) -> dict:
    return {"team": {"S": team}, "key": {"S": key}}


def _item(found: dict) -> Item:
    return item(found["key"]["S"], found.get("value", {}).get("S"), found.get("version", {}).get("N"))


def _number(number: float) -> dict:
    return {"N": str(number)}


def _named(expression: str) -> dict[str, str]:
    """Give the names that an expression uses. Some are reserved words, and DynamoDB refuses unused names."""
    return {short: name for short, name in _NAMES.items() if short in expression}
