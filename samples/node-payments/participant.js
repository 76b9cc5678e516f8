// A participant: takes commands from its queue, has steps do them once, and answers. Knows nothing of payments.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import amqp from 'amqplib';
import pg from 'pg';
import { refusalOf } from './checks.js';
import { open, write } from './formats.js';

const Protocol = 'urn:message:SagaOrchestrator.Messages:';
const Prefetch = 20;
const SweepEvery = 2000;
// Below the broker's limit of 20, so that a message of which we cannot get rid says why.
const MostReturns = 18;
const BrokerReasons = { delivery_limit: 'delivery-limit', rejected: 'rejected', expired: 'expired', maxlen: 'overflow' };

export class Participant {
  #inFlight = new Set();

  // steps: by message type, { step, undo, fields }. A step has do(database, message, saga, called), undo(...) and, when its effect is outside
  // the database, callDo(message, saga) and callUndo(...).
  constructor({ queue, schema, broker, database, steps, log = console }) {
    Object.assign(this, { queue, schema, broker, steps, log });
    this.pool = new pg.Pool({ ...database, options: `-c search_path=${schema}`, max: Prefetch + 2 });
    this.pool.on('error', (error) => log.error(`Postgres: ${error.message}`));
  }

  async migrate(database, ...scripts) {
    const client = new pg.Client(database);
    await client.connect();
    await client.query(`create schema if not exists ${this.schema}; set search_path to ${this.schema}`);
    for (const script of scripts) {
      await client.query(await readFile(script, 'utf8'));
    }
    await client.query(
      `grant usage on schema ${this.schema} to ${this.queue};
       grant select, insert, update, delete on all tables in schema ${this.schema} to ${this.queue};
       grant usage on all sequences in schema ${this.schema} to ${this.queue}`,
    );
    await client.end();
  }

  async start() {
    this.connection = await amqp.connect(this.broker);
    // Whoever runs the process starts it again: what was in flight is delivered again.
    this.connection.on('close', () => this.ending || process.exit(1));
    this.connection.on('error', (error) => this.log.error(`RabbitMQ: ${error.message}`));
    this.channel = await this.connection.createConfirmChannel();
    await this.channel.prefetch(Prefetch);
    const take = (handle) => (delivery) => delivery && this.#track(handle.call(this, delivery));
    this.consumers = [
      await this.channel.consume(this.queue, take(this.#handle)),
      await this.channel.consume(`${this.queue}.dead-letter.incoming`, take(this.#explain)),
    ];
    this.sweeper = setInterval(() => this.#track(this.sweep().catch((error) => this.log.error(`Sweep: ${error.message}`))), SweepEvery);
  }

  // Takes nothing new, ends what it has begun.
  async stop() {
    this.ending = true;
    clearInterval(this.sweeper);
    for (const { consumerTag } of this.consumers) {
      await this.channel.cancel(consumerTag);
    }
    await Promise.all(this.#inFlight);
    await this.connection.close();
    await this.pool.end();
  }

  #track(work) {
    this.#inFlight.add(work);
    work.finally(() => this.#inFlight.delete(work));
  }

  async #handle(delivery) {
    try {
      const refusal = this.#refuse(delivery);
      if (refusal) {
        await this.#moveToDeadLetters(delivery, refusal);
      } else {
        await this.#answer(open(delivery.properties, JSON.parse(delivery.content)));
      }
      this.channel.ack(delivery);
    } catch (error) {
      // Database or broker are away: the message is not to blame, and waits.
      this.log.error(`A message is requeued: ${error.message}`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      this.channel.nack(delivery, false, true);
    }
  }

  #refuse(delivery) {
    if ((headersOf(delivery)['x-delivery-count'] ?? 0) >= MostReturns) {
      return { reason: 'delivery-limit', message: 'It came back to its queue too often. See the log of the service.' };
    }
    return refusalOf(delivery, (type) => this.#stepOf(type));
  }

  #stepOf(type) {
    return type === `${Protocol}QueryOutcome` ? { query: true, fields: {} } : this.steps[type];
  }

  async #answer({ messageType: [type], message }) {
    const { saga } = message;
    const { query, step, undo } = this.#stepOf(type);
    const call = undo ? step.callUndo : step?.callDo;
    let called;
    if (call && (await this.#transaction((database) => fence(database, 'begin', saga)))) {
      called = await call.call(step, message, saga).then((value) => ({ value }), (error) => ({ error }));
    }
    const sent = await this.#transaction(async (database) => {
      const answer = query
        ? await fence(database, 'query', saga, message.fenceUnfinished ?? false)
        : ((await fence(database, undo ? 'undo' : 'do', saga)) ?? (await run(database, step, undo, message, saga, called)));
      return answer && this.#put(database, saga, answer);
    });
    if (sent) {
      await this.#send(sent);
    }
  }

  async #put(database, { replyTo, replyFormat = 'envelope' }, body) {
    const { rows } = await database.query(
      'insert into outbox (destination, format, body) values ($1, $2, $3) returning id, destination, format, body',
      [replyTo, replyFormat, body],
    );
    return rows[0];
  }

  // What is not sent now stays in the outbox, for the sweeper.
  async #send({ id, destination, format, body }) {
    const written = write(format, body, `/participants/${this.queue}`);
    await this.#publish(destination, JSON.stringify(written.body), { ...written.properties, userId: this.queue });
    await this.pool.query('delete from outbox where id = $1', [id]);
  }

  async sweep() {
    const { rows } = await this.pool.query("select id, destination, format, body from outbox where put_at < now() - interval '5 s' order by id limit 100");
    for (const row of rows) {
      await this.#send(row);
    }
  }

  // Says in the headers why, and leaves bytes and properties as they came; the user id is the sender's, which the broker refuses from us.
  async #moveToDeadLetters(delivery, { reason, message, path, expected, got }) {
    const { userId, expiration, ...properties } = delivery.properties;
    const headers = Object.fromEntries(Object.entries(headersOf(delivery)).filter(([name]) => !name.startsWith('dead-letter-')));
    const why = {
      'dead-letter-id': randomUUID(),
      'dead-letter-reason': reason,
      'dead-letter-from': this.queue,
      'dead-letter-at': new Date().toISOString(),
      'dead-letter-message': message,
      ...(path === undefined ? {} : { 'dead-letter-path': path, 'dead-letter-expected': expected, 'dead-letter-got': got }),
    };
    await this.#publish(`to.${this.queue}.dead-letter`, delivery.content, { ...properties, headers: { ...headers, ...why } });
    this.log.error(`A message is a dead letter (${reason}): ${message}`);
  }

  // What the broker has taken off the queue itself.
  async #explain(delivery) {
    try {
      const death = headersOf(delivery)['x-death']?.[0]?.reason;
      await this.#moveToDeadLetters(delivery, {
        reason: BrokerReasons[death] ?? 'rejected',
        message: `The broker moved it: ${death}. See the log of the service, then move it back to '${this.queue}'.`,
      });
      this.channel.ack(delivery);
    } catch {
      this.channel.nack(delivery, false, true);
    }
  }

  #publish(exchange, body, properties) {
    return new Promise((resolve, reject) =>
      this.channel.publish(exchange, '', Buffer.from(body), { ...properties, persistent: true }, (error) => (error ? reject(error) : resolve())),
    );
  }

  async #transaction(work) {
    const client = await this.pool.connect();
    let broken = true;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      broken = false;
      return result;
    } finally {
      // One that failed in the middle may still be in its transaction.
      client.release(broken);
    }
  }
}

const headersOf = (delivery) => delivery.properties.headers ?? {};

// One of the functions of infra/postgres/fence.sql.
export async function fence(database, name, saga, ...more) {
  const parameters = [JSON.stringify(saga), ...more];
  const { rows } = await database.query(`select fence_${name}(${parameters.map((_, index) => `$${index + 1}`)}) as answer`, parameters);
  return rows[0].answer;
}

// The step's own code. What it wrote is gone when it throws, and it is answered all the same.
async function run(database, step, undo, message, saga, called) {
  await database.query('savepoint step');
  try {
    if (undo) {
      const failed = await step.undo(database, message, saga, called);
      return await fence(database, 'undid', saga, !failed, failed?.code, failed?.reason);
    }
    const { outcome, result, code, reason } = await step.do(database, message, saga, called);
    return await fence(database, 'did', saga, outcome, result && JSON.stringify(result), code, reason);
  } catch (error) {
    if (error.code?.startsWith('08') || error.code?.startsWith('57')) {
      throw error;
    }
    await database.query('rollback to savepoint step');
    return undo
      ? fence(database, 'undid', saga, false, 'handler_error', error.message)
      : fence(database, 'did', saga, 'faulted', null, 'handler_error', error.message);
  }
}
