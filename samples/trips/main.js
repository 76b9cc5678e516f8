// node main.js NAME: one of the participants of a trip, until SIGTERM. node main.js NAME migrate: makes its tables.
import { serve } from '../node-payments/serve.js';
import { participants } from './participants.js';

const [queue] = process.argv.slice(2);
if (!participants[queue]) {
  console.error(`Name a participant: ${Object.keys(participants).join(', ')}.`);
  process.exit(2);
}
const file = (path) => new URL(path, import.meta.url);

await serve({
  queue,
  steps: () => Object.fromEntries(participants[queue]),
  scripts: [file('../../infra/postgres/fence.sql'), file('schema.sql')],
});
