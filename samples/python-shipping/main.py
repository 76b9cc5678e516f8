"""python3 main.py: shipping, until SIGTERM."""

from pathlib import Path

from serve import serve, setting
from shipping import STEPS, Carrier

HERE = Path(__file__).resolve().parent

serve(
    "shipping",
    STEPS,
    [HERE.parent.parent / "infra/postgres/fence.sql", HERE / "schema.sql"],
    # Our own shipping has the other name.
    schema="python_shipping",
    work=Carrier(float(setting("CARRIER_TAKES", "3"))).work,
)
