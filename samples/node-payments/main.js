// node main.js: payments, until SIGTERM.
import { Gateway } from './gateway.js';
import { payments } from './payments.js';
import { serve } from './serve.js';

const { env } = process;
const file = (path) => new URL(path, import.meta.url);

await serve({
  queue: 'payments',
  // Our own payments has the other name.
  schema: 'node_payments',
  steps: (pool) => payments(new Gateway(pool, Number(env.GATEWAY_PATIENCE ?? 2000)), Number(env.CARD_LIMIT ?? 5000)),
  scripts: [file('../../infra/postgres/fence.sql'), file('schema.sql')],
});
