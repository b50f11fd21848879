/** A PostgreSQL for one spec file, in a process of its own: it sends its URL, and ends with its parent. */
import { startTestPostgres } from '../../../infra/local/test-postgres.ts';

const server = await startTestPostgres();
process.once('disconnect', () => void server.stop().finally(() => process.exit(0)));
process.send?.(server.url);
