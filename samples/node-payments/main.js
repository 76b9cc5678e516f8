// node main.js: serves until SIGTERM. Settings are environment variables; the defaults are those of infra/run.
import { fileURLToPath } from 'node:url';
import { Gateway } from './gateway.js';
import { Participant } from './participant.js';
import { payments } from './payments.js';

const { env } = process;
const queue = 'payments';
const postgres = { host: env.PGHOST ?? '127.0.0.1', port: Number(env.PGPORT ?? 18432), database: env.PGDATABASE ?? 'saga' };
const steps = {};
const participant = new Participant({
  queue,
  // Our own payments has the other name.
  schema: 'node_payments',
  steps,
  database: { ...postgres, user: queue, password: env.PGPASSWORD ?? `${queue}-dev` },
  broker: {
    hostname: env.RABBITMQ_HOST ?? '127.0.0.1',
    port: Number(env.RABBITMQ_PORT ?? 18472),
    vhost: env.RABBITMQ_VHOST ?? 'saga',
    username: queue,
    password: env.RABBITMQ_PASSWORD ?? `${queue}-dev`,
    heartbeat: 10,
  },
});
const gateway = new Gateway(participant.pool, Number(env.GATEWAY_PATIENCE ?? 2000));
Object.assign(steps, payments(gateway, Number(env.CARD_LIMIT ?? 5000)));

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
if (env.MIGRATOR_PASSWORD) {
  await participant.migrate(
    { ...postgres, user: 'postgres', password: env.MIGRATOR_PASSWORD },
    file('../../infra/postgres/fence.sql'),
    file('schema.sql'),
  );
}
if (process.argv[2] === 'migrate') {
  if (!env.MIGRATOR_PASSWORD) {
    console.error("MIGRATOR_PASSWORD is missing, so no schema was applied. Set it to the migrator's password.");
    process.exit(1);
  }
  process.exit(0);
}
await participant.start();
console.log(`Takes commands from '${queue}'.`);
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    await participant.stop();
    console.log('Ended.');
  });
}
