"""A participant: takes commands from its queue, has steps do them once, and answers. Knows nothing of shipping."""

import json
import signal
import sys
import time
import uuid
from datetime import datetime, timezone

import pika
import psycopg2
import psycopg2.extras

from checks import refusal_of
from formats import unwrap, write

QUERY = "urn:message:SagaOrchestrator.Messages:QueryOutcome"
PREFETCH = 20
SWEEP_EVERY = 2
# Below the broker's limit of 20, so that a message of which we cannot get rid says why.
MOST_RETURNS = 18
BROKER_REASONS = {"delivery_limit": "delivery-limit", "rejected": "rejected", "expired": "expired", "maxlen": "overflow"}


class Participant:
    """steps: by message type, an object with do(database, message, saga), undo(...), the direction and the fields that it needs."""

    def __init__(self, queue, schema, broker, database, steps, work=None):
        self.queue, self.steps, self.work = queue, steps, work
        self.database = psycopg2.connect(options=f"-c search_path={schema}", **database)
        self.connection = pika.BlockingConnection(broker)
        self.channel = self.connection.channel()
        self.channel.confirm_delivery()
        self.channel.basic_qos(prefetch_count=PREFETCH)
        self.ending = False

    def run(self):
        """Serves until it is asked to end; what it has begun, it ends. A lost connection ends the process: it is to be started again."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "ending", True))
        self.channel.basic_consume(self.queue, self._handle)
        self.channel.basic_consume(self.queue + ".dead-letter.incoming", self._explain)
        swept = 0.0
        while not self.ending:
            self.connection.process_data_events(time_limit=0.2)
            if time.monotonic() - swept > SWEEP_EVERY:
                self._sweep()
                swept = time.monotonic()
            if self.work is not None:
                self.work(self)
        self.connection.close()
        self.database.close()

    def answer(self, saga, make):
        """Answers in one transaction with what make(cursor) writes; returns whether there was an answer."""
        with self.database, self.database.cursor() as database:
            body = make(database)
            row = body and put(database, saga, body)
        if row:
            self._send(*row)
        return bool(row)

    def _handle(self, channel, method, properties, body):
        refusal = self._refuse(properties, body)
        if refusal:
            self._move_to_dead_letters(properties, body, refusal)
        else:
            opened = unwrap(properties, json.loads(body))
            kind, message = opened["kinds"][0], opened["message"]
            saga = message["saga"]
            self.answer(saga, lambda database: self._decide(database, kind, message, saga))
        channel.basic_ack(method.delivery_tag)

    def _decide(self, database, kind, message, saga):
        if kind == QUERY:
            return fence(database, "query", saga, message.get("fenceUnfinished", False))
        step = self.steps[kind]
        if step.direction == "undo":
            return fence(database, "undo", saga) or self._undo(database, step, message, saga)
        return fence(database, "do", saga) or self._do(database, step, message, saga)

    # What a step wrote is gone when it fails, and it is answered all the same.
    def _do(self, database, step, message, saga):
        database.execute("savepoint step")
        try:
            outcome = step.run(database, message, saga)
        except (ArithmeticError, LookupError, TypeError, ValueError, psycopg2.DataError, psycopg2.IntegrityError) as error:
            database.execute("rollback to savepoint step")
            outcome = ("faulted", None, "handler_error", str(error))
        return fence(database, "did", saga, *outcome)

    def _undo(self, database, step, message, saga):
        step.run(database, message, saga)
        return fence(database, "undid", saga, True)

    def _refuse(self, properties, body):
        if (properties.headers or {}).get("x-delivery-count", 0) >= MOST_RETURNS:
            return {"reason": "delivery-limit", "message": "It came back to its queue too often. See the log of the service."}
        return refusal_of(properties, body, self._fields_of)

    def _fields_of(self, kind):
        if kind == QUERY:
            return "do", {}
        return (self.steps[kind].direction, self.steps[kind].fields) if kind in self.steps else None

    # The user id is the sender's, which the broker refuses from us.
    def _move_to_dead_letters(self, properties, body, refusal):
        kept = {name: value for name, value in (properties.headers or {}).items() if not name.startswith("dead-letter-")}
        why = {
            "dead-letter-id": str(uuid.uuid4()),
            "dead-letter-reason": refusal["reason"],
            "dead-letter-from": self.queue,
            "dead-letter-at": datetime.now(timezone.utc).isoformat(),
            "dead-letter-message": refusal["message"],
        }
        why.update({"dead-letter-" + name: refusal[name] for name in ("path", "expected", "got") if name in refusal})
        properties.headers = {**kept, **why}
        properties.user_id = properties.expiration = None
        properties.delivery_mode = 2
        self.channel.basic_publish("to." + self.queue + ".dead-letter", "", body, properties)
        print(f"A message is a dead letter ({refusal['reason']}): {refusal['message']}", file=sys.stderr, flush=True)

    # What the broker has taken off the queue itself.
    def _explain(self, channel, method, properties, body):
        death = ((properties.headers or {}).get("x-death") or [{}])[0].get("reason")
        message = f"The broker moved it: {death}. See the log of the service, then move it back to '{self.queue}'."
        self._move_to_dead_letters(properties, body, {"reason": BROKER_REASONS.get(death, "rejected"), "message": message})
        channel.basic_ack(method.delivery_tag)

    # What a crash left.
    def _sweep(self):
        with self.database, self.database.cursor() as database:
            database.execute("select id, destination, format, body::text from outbox where put_at < now() - interval '5 s' order by id limit 100")
            rows = database.fetchall()
        for row in rows:
            self._send(*row)

    def _send(self, number, destination, form, body):
        written, properties = write(form, json.loads(body), "/participants/" + self.queue)
        properties.delivery_mode, properties.user_id = 2, self.queue
        self.channel.basic_publish(destination, "", json.dumps(written).encode(), properties)
        with self.database, self.database.cursor() as database:
            database.execute("delete from outbox where id = %s", (number,))


def fence(database, name, saga, *more):
    """One of the functions of infra/postgres/fence.sql: the body of an answer, or None."""
    values = [psycopg2.extras.Json(saga), *(psycopg2.extras.Json(value) if isinstance(value, dict) else value for value in more)]
    database.execute(f"select fence_{name}({', '.join(['%s'] * len(values))})", values)
    return database.fetchone()[0]


def put(database, saga, body):
    database.execute(
        "insert into outbox (destination, format, body) values (%s, %s, %s) returning id, destination, format, body::text",
        (saga["replyTo"], saga.get("replyFormat") or "envelope", psycopg2.extras.Json(body)),
    )
    return database.fetchone()


def migrate(database, schema, role, *scripts):
    """Applies the scripts in the participant's schema, as a role that may."""
    connection = psycopg2.connect(**database)
    with connection, connection.cursor() as cursor:
        cursor.execute(f"create schema if not exists {schema}; set search_path to {schema}")
        for script in scripts:
            cursor.execute(script.read_text())
        cursor.execute(
            f"grant usage on schema {schema} to {role};"
            f"grant select, insert, update, delete on all tables in schema {schema} to {role};"
            f"grant usage on all sequences in schema {schema} to {role}"
        )
    connection.close()
