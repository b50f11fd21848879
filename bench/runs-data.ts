import { withClient } from '../infra/local/connection.ts';

/** Fills a project with `count` runs that have ended, over its tickets and all datasets: results, parameters and times differ, as they do after a year. */
export async function seedRuns(databaseUrl: string, projectId: string, count: number): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query('BEGIN');
    // a run and its attempt name each other
    await client.query('SET CONSTRAINTS ALL DEFERRED');
    await client.query(
      /* sql */ `
      WITH chosen AS (
        SELECT n, gen_random_uuid() AS run_id, gen_random_uuid() AS attempt_id,
          (SELECT array_agg(id ORDER BY number) FROM ticket WHERE project_id = $1) AS tickets,
          (SELECT array_agg(id ORDER BY id) FROM dataset) AS datasets,
          (SELECT array_agg(id ORDER BY id) FROM app_user) AS people,
          (SELECT COALESCE(max(number), 0) FROM run WHERE project_id = $1) AS last,
          ('0x' || left(md5(n::text), 6))::int / 16777215.0 AS chance
        FROM generate_series(1, $2) n),
      made AS (
        INSERT INTO run (id, project_id, ticket_id, number, template, engine, spec, limits, dataset_id, dataset_digest, attempt_id, state, created_by, queued_at, started_at, ended_at)
        SELECT run_id, $1, tickets[1 + n % array_length(tickets, 1)], last + n, (ARRAY['MLP_784_128_10', 'CNN_28X28', 'MLP_784_64_64_10'])[1 + n % 3], 'AUTO',
          jsonb_build_object('kind', 'TEMPLATE', 'template', (ARRAY['MLP_784_128_10', 'CNN_28X28', 'MLP_784_64_64_10'])[1 + n % 3], 'engine', 'AUTO',
            'datasetId', datasets[1 + n % array_length(datasets, 1)], 'datasetDigest', repeat('d', 64),
            'parameters', jsonb_build_object('epochs', 5 + n % 20, 'batchSize', 2 ^ (4 + n % 5), 'learningRate', (n % 97 + 1) * 0.0003, 'schedule', (ARRAY['CONSTANT', 'COSINE'])[1 + n % 2],
              'warmupSteps', 0, 'optimizer', (ARRAY['ADAM', 'SGD', 'RMSPROP'])[1 + n % 3], 'l2', 0, 'dropout', (n % 5) / 10.0, 'seed', n, 'validationSplit', 0.1,
              'targetColumn', null, 'hiddenUnits', '[]'::jsonb, 'checkpointEveryEpochs', 1)),
          '{"wallSeconds": 21600, "memoryMiB": 4096}', datasets[1 + n % array_length(datasets, 1)], repeat('d', 64), attempt_id,
          CASE WHEN n % 17 = 0 THEN 'FAILED' WHEN n % 23 = 0 THEN 'CANCELLED' ELSE 'SUCCEEDED' END, people[1 + n % array_length(people, 1)],
          now() - n * interval '97 minutes', now() - n * interval '97 minutes' + interval '5 seconds', now() - n * interval '97 minutes' + interval '1 minute'
        FROM chosen RETURNING id)
      INSERT INTO attempt (id, run_id, number, state, phase, step, total_steps, training_epoch, total_epochs, samples_per_second, elapsed_ms, headline, result, engine, device, is_gpu, started_at, ended_at)
      SELECT attempt_id, run_id, 1, CASE WHEN n % 17 = 0 THEN 'FAILED' WHEN n % 23 = 0 THEN 'CANCELLED' ELSE 'SUCCEEDED' END, 'SAVING', 1000, 1000, 5, 5,
        1000 + 9000 * chance, 1000 + 90000 * chance, jsonb_build_object('split', 'VALIDATION', 'name', 'accuracy', 'value', 0.5 + chance / 2),
        CASE WHEN n % 17 > 0 AND n % 23 > 0 THEN jsonb_build_object('metrics', (
            SELECT jsonb_agg(jsonb_build_object('split', split, 'name', name, 'value', CASE name WHEN 'loss' THEN 2 - chance * 1.9 ELSE 0.5 + chance / 2 END))
            FROM unnest(ARRAY['TRAIN', 'VALIDATION', 'TEST']) split, unnest(ARRAY['accuracy', 'loss', 'f1']) name),
          'confusion', null, 'sampleCounts', '{"train": 5400, "validation": 600, "test": 0}'::jsonb, 'steps', 1000, 'samplesPerSecond', 1000 + 9000 * chance,
          'flopsPerSecond', 1e9, 'trainMs', 1000 + 90000 * chance, 'datasetDigest', repeat('d', 64), 'parameterCount', 101770) END,
        'WASM', '2 cores', false, now() - n * interval '97 minutes', now() - n * interval '97 minutes' + interval '1 minute'
      FROM chosen`,
      [projectId, count],
    );
    await client.query('COMMIT');
    await client.query('VACUUM ANALYZE run, attempt');
  });
}
