"""The steps of shipping: the business of this service."""

import json
import time

from checks import marked, record, text, whole
from participant import fence

MESSAGES = "urn:message:SagaOrchestrator.Messages.Orders.Shipping:"
CAPACITY = 120
# A large shipment is booked with the carrier, who answers later.
LARGE = 60
HEARTBEAT_EVERY = 2.0

ADDRESS = record(
    name=marked(text(0, 200, optional=True)),
    **{name: text(0, 200, optional=True) for name in ("street", "city", "region")},
    postalCode=text(0, 50, optional=True),
    country=text(0, 100, optional=True),
)


class CreateShipment:
    direction = "do"
    fields = {"orderId": text(1, 100), "units": whole(1, 2147483647), "address": ADDRESS}

    def run(self, database, command, saga):
        """How it turns out: outcome, result, code and reason."""
        units, address = command["units"], command["address"]
        if units > CAPACITY:
            return "rejected", None, "over_capacity", f"The carrier takes 1 to {CAPACITY} units in one shipment; this order has {units}."
        missing = [field for field in ("street", "city", "country") if not (address.get(field) or "").strip()]
        if missing:
            return "rejected", None, "incomplete_address", f"The address lacks {', '.join(missing)}."
        if units > LARGE:
            database.execute(
                "insert into booking (saga_id, command, saga) values (%s, %s, %s) on conflict do nothing",
                (saga["sagaId"], json.dumps(command), json.dumps(saga)),
            )
            return "deferred", None, None, None
        return "completed", ship(database, command, saga), None, None


class CancelShipment:
    direction = "undo"
    fields = {"orderId": text(1, 100)}

    def run(self, database, command, saga):
        database.execute("delete from booking where saga_id = %s", (saga["sagaId"],))
        database.execute("update shipment set cancelled_at = now() where saga_id = %s and cancelled_at is null", (saga["sagaId"],))


def ship(database, command, saga):
    number = saga["sagaId"].replace("-", "")
    result = {"shipmentId": "S-" + number, "trackingNumber": "TRK" + number.upper()}
    address = command["address"]
    database.execute(
        "insert into shipment (shipment_id, saga_id, order_id, units, tracking_number, street, city, country)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s)",
        (
            result["shipmentId"],
            saga["sagaId"],
            command["orderId"],
            command["units"],
            result["trackingNumber"],
            address["street"],
            address["city"],
            address["country"],
        ),
    )
    return result


class Carrier:
    """Ends bookings after a while, and says meanwhile that the work goes on."""

    def __init__(self, takes):
        self.takes, self.beaten = takes, 0.0

    def work(self, participant):
        with participant.database, participant.database.cursor() as database:
            database.execute("select command, saga, booked_at < now() - make_interval(secs => %s) from booking", (self.takes,))
            bookings = database.fetchall()
        beats = time.monotonic() - self.beaten > HEARTBEAT_EVERY
        for command, saga, is_over in bookings:
            if is_over:
                self._end(participant, command, saga)
            elif beats:
                participant.answer(saga, lambda database, saga=saga: fence(database, "heartbeat", saga, "The carrier has not confirmed yet."))
        if beats:
            self.beaten = time.monotonic()

    # Undone in the meantime: then there is no answer, and no booking either.
    def _end(self, participant, command, saga):
        def finish(database):
            database.execute("delete from booking where saga_id = %s returning saga_id", (saga["sagaId"],))
            if database.fetchone() is None:
                return None
            number = saga["sagaId"].replace("-", "")
            answer = fence(
                database, "finish", saga, "completed", {"shipmentId": "S-" + number, "trackingNumber": "TRK" + number.upper()}
            )
            if answer:
                ship(database, command, saga)
            return answer

        participant.answer(saga, finish)


STEPS = {MESSAGES + "CreateShipment": CreateShipment(), MESSAGES + "CancelShipment": CancelShipment()}
