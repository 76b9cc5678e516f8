"""Whether a message is what the contract says. See: contract --format jsonschema."""

import json
import re

from formats import unwrap

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def text(least, most, optional=False):
    def holds(value):
        if optional and value is None:
            return True
        return isinstance(value, str) and least <= len(value) <= most and "\0" not in value and (least == 0 or value.strip() != "")

    return f"a text of {least} to {most} characters", holds


def marked(rule):
    """A rule for the plain value; the value comes encrypted, and is a string then."""
    expected, holds = rule
    return expected, lambda value: isinstance(value, str) and value.startswith("enc:v1:") or holds(value)


def whole(least, most):
    return f"a whole number from {least} to {most}", lambda value: type(value) is int and least <= value <= most


def word(*words):
    return "one of: " + ", ".join(words), lambda value: value in words


def identity():
    return "a UUID of 36 characters", lambda value: isinstance(value, str) and UUID.fullmatch(value) and value.strip("0-") != ""


def record(**fields):
    return "an object", fields


SAGA = record(
    sagaId=identity(),
    sagaType=text(1, 200),
    businessKey=text(1, 200),
    step=text(1, 200),
    direction=word("do", "undo"),
    attempt=whole(1, 2147483647),
    commandId=identity(),
    replyTo=text(1, 200),
)


def refusal_of(properties, body, fields_of):
    """Why a message is no command of ours, or None. fields_of gives direction and fields of a message type, or None for one we do not know."""
    try:
        parsed = json.loads(body.decode("utf-8"))
    except ValueError:
        return refusal("", "valid JSON", "something else")
    if not isinstance(parsed, dict):
        return refusal("", "an object", kind_of(parsed))
    opened = unwrap(properties, parsed)
    wrong = refuse(opened["id"], identity(), opened["id_at"])
    if wrong:
        return wrong
    kinds, message = opened["kinds"], opened["message"]
    if not isinstance(kinds, list) or not kinds or not isinstance(kinds[0], str):
        return refusal("messageType", "a list of 1 to 50 entries", kind_of(kinds))
    known = fields_of(kinds[0])
    if known is None:
        return {"reason": "unknown-message-type", "message": f"Nobody here handles {kinds[0]}."}
    direction, fields = known
    wrong = refuse(message, record(saga=SAGA, **fields), "")
    if wrong is None and message["saga"]["direction"] != direction:
        return refusal("saga.direction", f"'{direction}' for this message", "another word")
    return wrong


def refuse(value, expected, path):
    """The first value that is not what it should be. Fields that we do not know are passed over."""
    words, rule = expected
    if not isinstance(rule, dict):
        return None if rule(value) else refusal(path, words, kind_of(value))
    if not isinstance(value, dict):
        return refusal(path, words, kind_of(value))
    for name, field in rule.items():
        wrong = refuse(value.get(name), field, f"{path}.{name}" if path else name)
        if wrong:
            return wrong
    return None


def refusal(path, expected, got):
    where = f"{path}: " if path else ""
    sentence = f"{where}Expected {expected}, got {got}. Have its sender correct it and send it anew, under a new messageId."
    return {"reason": "malformed", "path": path, "expected": expected, "got": got, "message": sentence}


def kind_of(value):
    """By kind and size, never the value: it may be a secret."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    return {dict: "an object", list: "a list", str: f"a string of {len(value)} characters"}[type(value)]
