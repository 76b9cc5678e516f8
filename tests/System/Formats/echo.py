"""Reads a message as the sample does, and writes the same message in a format."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "samples/python-shipping"))
from formats import unwrap, write  # noqa: E402

came = json.load(sys.stdin)
properties = SimpleNamespace(
    content_type=came["contentType"], type=came["type"], message_id=came["messageId"], headers=came["headers"]
)
opened = unwrap(properties, json.loads(came["body"]))
envelope = {"messageId": opened["id"], "correlationId": came["sagaId"], "messageType": opened["kinds"], "message": opened["message"]}
body, sent = write(sys.argv[1], envelope, "/echo")
answer = {"contentType": sent.content_type, "type": sent.type, "messageId": sent.message_id, "headers": sent.headers or {}}
print(json.dumps({**answer, "body": json.dumps(body)}))
