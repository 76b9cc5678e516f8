// node book.js COUNT: registers trip-booking.yaml, books trips over REST, and waits until each has ended. Every fourth flight is sold out,
// every fifth is answered at the second try, and every third trip has no car.
import { readFile } from 'node:fs/promises';

const { env } = process;
const server = env.SAGAS_SERVER ?? 'http://127.0.0.1:18480';
const count = Number(process.argv[2] ?? 200);
// Without a token the API asks who calls.
const caller = env.SAGAS_TOKEN ? {} : { by: 'samples/trips' };
const AtOnce = 8;

async function call(path, body) {
  const answer = await fetch(`${server}/api/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(env.SAGAS_TOKEN && { authorization: `Bearer ${env.SAGAS_TOKEN}` }) },
    body: body && JSON.stringify(body),
  });
  const read = await answer.json();
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status} ${read.title ?? ''} ${read.detail ?? ''}`);
  }
  return read;
}

const trip = (number) => ({
  tripId: `T-${number}`,
  traveller: 'Ada',
  email: 'ada@example.org',
  flight: { number: number % 4 === 0 ? 'XX0' : number % 5 === 0 ? 'XX1' : 'XX9', seats: 2 },
  hotel: { city: 'Rome', nights: 3 },
  ...(number % 3 !== 0 && { car: { category: 'family' } }),
  price: (199.9 + number).toFixed(2),
  currency: 'EUR',
});

// The same trip again is the same saga.
async function bookAll() {
  const numbers = [...Array(count).keys()];
  const book = async () => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      await call('sagas/trip-booking', trip(number));
    }
  };
  await Promise.all(Array.from({ length: AtOnce }, book));
}

async function ended() {
  const counts = {};
  for (const { type, state, count: sagas } of (await call('sagas/summary')).counts) {
    if (type === 'trip-booking') {
      counts[state] = (counts[state] ?? 0) + sagas;
    }
  }
  return counts;
}

const document = await readFile(new URL('trip-booking.yaml', import.meta.url), 'utf8');
await call('plan-documents', { document, reason: 'Trips are sold from today on.', ...caller });
await bookAll();
let counts = {};
do {
  await new Promise((resolve) => setTimeout(resolve, 500));
  counts = await ended();
  if (counts.Parked) {
    console.error(`${counts.Parked} trips are parked. See ${server}/console.`);
    process.exit(1);
  }
} while ((counts.Completed ?? 0) + (counts.Failed ?? 0) < count);
console.log(`${count} trips: ${counts.Completed ?? 0} completed, ${counts.Failed ?? 0} failed and taken back.`);
