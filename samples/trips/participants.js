// The five participants of trip-booking.yaml: what each does, and what it undoes. A line in the table entry is the effect.
import { text, whole, decimal, word } from '../node-payments/checks.js';

const Messages = 'urn:message:SagaOrchestrator.Samples.Trips:';

const note = (database, { sagaId }, what, detail) =>
  database.query('insert into entry (saga_id, what, detail) values ($1, $2, $3)', [sagaId, what, detail]);

// resultOf gives the result; refuse, which may be left out, the outcome of a command that is not done.
const effect = (detailOf, resultOf = () => undefined, refuse = () => undefined) => ({
  async do(database, command, saga) {
    const refused = refuse(command, saga);
    if (refused) {
      return refused;
    }
    await note(database, saga, 'done', detailOf(command));
    return { outcome: 'completed', result: resultOf(saga.sagaId.slice(0, 8)) };
  },

  async undo(database, _, saga) {
    await note(database, saga, 'undone');
  },
});

// A flight XX0 is sold out. A flight XX1 is not answered the first time.
const noSeat = ({ number }, { attempt }) =>
  number === 'XX0' ? { outcome: 'rejected', code: 'sold_out', reason: 'There is no seat left.' }
  : number === 'XX1' && attempt === 1 ? { outcome: 'faulted', code: 'busy', reason: 'The airline does not answer.' }
  : undefined;

const flight = effect(({ number, seats }) => `${number} ${seats}`, (id) => ({ reference: `F-${id}` }), noSeat);
const hotel = effect(({ city, nights }) => `${city} ${nights}`, (id) => ({ room: `R-${id}` }));
const car = effect(({ category, days }) => `${category} ${days}`);
const payment = effect(({ amount, currency, booked }) => `${amount} ${currency} for ${booked}`, (id) => ({ receipt: `P-${id}` }));
const ticket = effect(({ to, subject, receipt }) => `${to}: ${subject}, ${receipt}`);

const number = text(2, 10);
const seats = whole(1, 9);
const city = text(1, 100);
const category = word('small', 'family', 'van');

const command = (name, step, fields) => [Messages + name, { step, fields }];
const compensation = (name, step, fields) => [Messages + name, { step, fields, undo: true }];

// The steps of each, by message type.
export const participants = {
  flights: [
    command('BookFlight', flight, { number, seats, traveller: text(1, 200) }),
    compensation('CancelFlight', flight, { number, seats }),
  ],
  hotels: [command('BookHotel', hotel, { city, nights: whole(1, 90) }), compensation('CancelHotel', hotel, { city })],
  cars: [command('BookCar', car, { category, days: whole(1, 91) }), compensation('CancelCar', car, { category })],
  cards: [command('TakePayment', payment, { amount: decimal(1e6), currency: text(3, 3), booked: text(1, 200) })],
  tickets: [
    command('SendTicket', ticket, { to: text(3, 200), receipt: text(1, 50), subject: text(1, 200), amount: text(1, 100) }),
  ],
};
