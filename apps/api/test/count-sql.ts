import type { TestTrainyard } from './trainyard.ts';

/** Counts the statements requests send to PostgreSQL from now on (BEGIN and COMMIT too), until `stop`. */
export function countingSql(trainyard: TestTrainyard): { stop: () => number; statements: string[] } {
  const { source } = trainyard.database;
  const original = source.createQueryRunner.bind(source);
  const statements: string[] = [];
  source.createQueryRunner = (mode) => {
    const runner = original(mode);
    const query = runner.query.bind(runner);
    runner.query = ((sql: string, ...rest: []) => {
      // Waking other processes is sent a moment after a commit, once for many of them: it belongs to no request.
      if (!sql.includes('pg_notify')) statements.push(sql);
      return query(sql, ...rest);
    }) as typeof runner.query;
    return runner;
  };
  return {
    statements,
    stop: () => {
      source.createQueryRunner = original;
      return statements.length;
    },
  };
}
