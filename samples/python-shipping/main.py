"""python3 main.py: serves until SIGTERM. Settings are environment variables; the defaults are those of infra/run."""

import os
import sys
from pathlib import Path

import pika

from participant import Participant, migrate
from shipping import STEPS, Carrier

QUEUE = "shipping"
# Our own shipping has the other name.
SCHEMA = "python_shipping"
HERE = Path(__file__).resolve().parent


def setting(name, default):
    return os.environ.get(name, default)


postgres = {
    "host": setting("PGHOST", "127.0.0.1"),
    "port": int(setting("PGPORT", "18432")),
    "dbname": setting("PGDATABASE", "saga"),
}
if "MIGRATOR_PASSWORD" in os.environ:
    migrate(
        {**postgres, "user": "postgres", "password": os.environ["MIGRATOR_PASSWORD"]},
        SCHEMA,
        QUEUE,
        HERE.parent.parent / "infra/postgres/fence.sql",
        HERE / "schema.sql",
    )
if sys.argv[1:] == ["migrate"]:
    if "MIGRATOR_PASSWORD" not in os.environ:
        sys.exit("MIGRATOR_PASSWORD is missing, so no schema was applied. Set it to the migrator's password.")
    sys.exit()
participant = Participant(
    QUEUE,
    SCHEMA,
    pika.ConnectionParameters(
        setting("RABBITMQ_HOST", "127.0.0.1"),
        int(setting("RABBITMQ_PORT", "18472")),
        setting("RABBITMQ_VHOST", "saga"),
        pika.PlainCredentials(QUEUE, setting("RABBITMQ_PASSWORD", QUEUE + "-dev")),
        heartbeat=10,
    ),
    {**postgres, "user": QUEUE, "password": setting("PGPASSWORD", QUEUE + "-dev")},
    STEPS,
    work=Carrier(float(setting("CARRIER_TAKES", "3"))).work,
)
print(f"Takes commands from '{QUEUE}'.", flush=True)
participant.run()
print("Ended.", flush=True)
