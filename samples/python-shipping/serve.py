"""Serves one participant until SIGTERM; with the argument migrate, applies its scripts and ends.

Settings are environment variables; the defaults are those of infra/run. Knows no business.
"""

import os
import sys

import pika

from participant import Participant, migrate


def setting(name, default):
    return os.environ.get(name, default)


def serve(queue, steps, scripts, schema=None, work=None):
    """steps by message type (see participant.py); scripts are the files that make its tables."""
    schema = schema or queue
    postgres = {
        "host": setting("PGHOST", "127.0.0.1"),
        "port": int(setting("PGPORT", "18432")),
        "dbname": setting("PGDATABASE", "saga"),
    }
    migrator = os.environ.get("MIGRATOR_PASSWORD")
    if migrator:
        migrate({**postgres, "user": setting("MIGRATOR_USER", "postgres"), "password": migrator}, schema, queue, *scripts)
    if "migrate" in sys.argv[1:]:
        if not migrator:
            sys.exit("MIGRATOR_PASSWORD is missing, so no schema was applied. Set it to the migrator's password.")
        sys.exit()
    participant = Participant(
        queue,
        schema,
        pika.ConnectionParameters(
            setting("RABBITMQ_HOST", "127.0.0.1"),
            int(setting("RABBITMQ_PORT", "18472")),
            setting("RABBITMQ_VHOST", "saga"),
            pika.PlainCredentials(queue, setting("RABBITMQ_PASSWORD", queue + "-dev")),
            heartbeat=10,
        ),
        {**postgres, "user": queue, "password": setting("DATABASE_PASSWORD", queue + "-dev")},
        steps,
        work=work,
    )
    print(f"Takes commands from '{queue}'.", flush=True)
    participant.run()
    print("Ended.", flush=True)
