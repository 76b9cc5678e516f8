// Serves one participant until SIGTERM; with the argument migrate, applies its scripts and ends. Settings are environment variables; the
// defaults are those of infra/run. Knows no business.
import { Participant } from './participant.js';

const { env } = process;

// steps gives the steps by message type (see participant.js), from a pool on the schema. scripts are the files that make its tables.
export async function serve({ queue, schema = queue, steps, scripts }) {
  const postgres = { host: env.PGHOST ?? '127.0.0.1', port: Number(env.PGPORT ?? 18432), database: env.PGDATABASE ?? 'saga' };
  const participant = new Participant({
    queue,
    schema,
    database: { ...postgres, user: queue, password: env.DATABASE_PASSWORD ?? `${queue}-dev` },
    broker: {
      hostname: env.RABBITMQ_HOST ?? '127.0.0.1',
      port: Number(env.RABBITMQ_PORT ?? 18472),
      vhost: env.RABBITMQ_VHOST ?? 'saga',
      username: queue,
      password: env.RABBITMQ_PASSWORD ?? `${queue}-dev`,
      heartbeat: 10,
    },
  });
  participant.steps = steps(participant.pool);
  if (env.MIGRATOR_PASSWORD) {
    await participant.migrate({ ...postgres, user: env.MIGRATOR_USER ?? 'postgres', password: env.MIGRATOR_PASSWORD }, ...scripts);
  }
  if (process.argv.includes('migrate')) {
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
}
