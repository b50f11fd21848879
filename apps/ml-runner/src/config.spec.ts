import { ConfigError, readConfig } from './config.ts';

const GOOD = {
  TRAINYARD_API_URL: 'http://127.0.0.1:3000/',
  TRAINYARD_RUNNER_TOKEN: 'secret',
  TRAINYARD_QUEUE_URL: 'postgres://runner:pw@127.0.0.1:5432/trainyard',
  TRAINYARD_RUNNER_DIR: '/var/lib/trainyard-runner',
};

describe('readConfig', () => {
  it('fills in what may be left out', () => {
    const config = readConfig(GOOD);
    expect(config).toMatchObject({ apiUrl: 'http://127.0.0.1:3000', concurrency: 1, port: 0, datasetPaths: [] });
    expect(config.childPath).toMatch(/child\.ts$/);
  });

  it('splits the dataset folders and treats an empty variable as one that is not set', () => {
    expect(readConfig({ ...GOOD, TRAINYARD_DATASET_PATHS: '/data:/more', TRAINYARD_RUNNER_CONCURRENCY: '' })).toMatchObject({
      datasetPaths: ['/data', '/more'],
      concurrency: 1,
    });
  });

  it.each([
    [{ TRAINYARD_API_URL: undefined }, 'TRAINYARD_API_URL is not set.'],
    [{ TRAINYARD_API_URL: 'localhost' }, 'TRAINYARD_API_URL must be an address starting with http:// or https://.'],
    [{ TRAINYARD_QUEUE_URL: 'redis://x' }, 'TRAINYARD_QUEUE_URL must be an address starting with postgres:// or postgresql://.'],
    [{ TRAINYARD_RUNNER_DIR: 'here' }, 'TRAINYARD_RUNNER_DIR must be an absolute folder.'],
    [{ TRAINYARD_RUNNER_CONCURRENCY: '0' }, 'TRAINYARD_RUNNER_CONCURRENCY must be at least 1.'],
    [{ TRAINYARD_RUNNER_PORT: 'http' }, 'TRAINYARD_RUNNER_PORT must be a number.'],
    [{ TRAINYARD_DATASET_PATHS: 'data' }, 'TRAINYARD_DATASET_PATHS must be absolute folders separated by ":".'],
  ])('refuses %j in one sentence', (change, sentence) => {
    expect(() => readConfig({ ...GOOD, ...change })).toThrow(new ConfigError([sentence]));
  });

  it('names every wrong variable at once', () => {
    expect(() => readConfig({})).toThrow(/TRAINYARD_API_URL is not set\.\nTRAINYARD_RUNNER_TOKEN is not set\./);
  });
});
