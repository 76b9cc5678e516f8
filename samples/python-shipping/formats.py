"""How a message is written: MassTransit's envelope, the message alone (json), or a CloudEvent, structured or binary.

A command is read by its content type. Its saga.replyFormat says how it is answered; an envelope when that is left out.
"""

from datetime import datetime, timezone

import pika

ENVELOPE = "application/vnd.masstransit+json"
CLOUD_EVENT = "application/cloudevents+json"
JSON = "application/json"
PREFIX = "cloudEvents:"


def unwrap(properties, body):
    """The same members whatever the format: id and where it stands, type, message."""
    media = (properties.content_type or "").split(";")[0].strip().lower()
    headers = properties.headers or {}
    if media == CLOUD_EVENT:
        return {"id": body.get("id"), "id_at": "id", "kinds": [body.get("type")], "message": body.get("data")}
    if media == JSON and PREFIX + "specversion" in headers:
        kind = headers.get(PREFIX + "type")
        return {"id": headers.get(PREFIX + "id"), "id_at": f"headers.{PREFIX}id", "kinds": [kind], "message": body}
    if media == JSON and properties.type:
        return {"id": properties.message_id, "id_at": "properties.message-id", "kinds": [properties.type], "message": body}
    return {"id": body.get("messageId"), "id_at": "messageId", "kinds": body.get("messageType"), "message": body.get("message")}


def write(form, envelope, source):
    """Body and properties of an answer, which the fence gives as an envelope."""
    identity, saga, message = envelope["messageId"], envelope["correlationId"], envelope["message"]
    kind = envelope["messageType"][0]
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event = {"specversion": "1.0", "id": identity, "source": source, "type": kind, "time": now, "subject": saga}
    if form == "json":
        return message, pika.BasicProperties(content_type=JSON, type=kind, message_id=identity, correlation_id=saga)
    if form == "cloudevents":
        return {**event, "datacontenttype": JSON, "data": message}, pika.BasicProperties(content_type=CLOUD_EVENT, message_id=identity)
    if form == "cloudevents-binary":
        headers = {PREFIX + name: value for name, value in event.items()}
        return message, pika.BasicProperties(content_type=JSON, message_id=identity, headers=headers)
    return envelope, pika.BasicProperties(content_type=ENVELOPE, message_id=identity)
