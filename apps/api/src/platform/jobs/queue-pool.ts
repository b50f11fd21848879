import type { Logger } from '@nestjs/common';
import { DEFAULT_SCHEMA } from 'bullmq';
import { Pool } from 'pg';

/** Connections to BullMQ's schema. A connection that breaks is told to `log`, and ends nothing. */
export function openQueuePool(databaseUrl: string, max: number, log: Logger): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    keepAlive: true,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    application_name: 'trainyard-queue',
  });
  const note = (error: Error): void => log.warn(`The queue's connection broke: ${error.message}`);
  pool.on('error', note);
  // Cut while BullMQ has it checked out, a connection emits its error on itself, where nobody listens: that would end the process.
  pool.on('connect', (client) => client.on('error', note));
  return pool;
}
