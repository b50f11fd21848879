import { DEFAULT_LIMITS, DEFAULT_PARAMETERS, type ClaimReply, type RunLimits } from '@trainyard/domain';

/** What the test's child does when told to train; it travels in the spec's dataset id. */
export interface Behaviour {
  steps: number;
  /** Time between steps, in milliseconds. */
  everyMs: number;
  /** A checkpoint every this many steps; 0 means none. */
  checkpointEvery: number;
  end: 'DONE' | 'DONE_THEN_CRASH' | 'FAILED' | 'CRASH' | 'BURY_ITS_REASON' | 'HANG' | 'EAT_MEMORY' | 'EAT_HEAP' | 'SILENT' | 'DEAF';
  /** Lines written to standard output at the start. */
  lines: number;
}

const QUICK: Behaviour = { steps: 5, everyMs: 1, checkpointEvery: 0, end: 'DONE', lines: 0 };

/** A claim of a synthetic run that behaves as told. */
export function buildClaim(behaviour: Partial<Behaviour> = {}, limits: Partial<RunLimits> = {}): Omit<ClaimReply, 'claim'> {
  return {
    leaseSeconds: 15,
    runId: 'run-1',
    title: 'TEST-1 run 1',
    spec: {
      kind: 'TEMPLATE',
      template: 'NET_2_3_1',
      datasetId: JSON.stringify({ ...QUICK, ...behaviour }),
      datasetDigest: '0'.repeat(64),
      engine: 'AUTO',
      parameters: { ...DEFAULT_PARAMETERS.NET_2_3_1, epochs: 1 },
    },
    limits: { ...DEFAULT_LIMITS, ...limits },
    dataset: { kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 100, seed: 1 },
    checkpoint: null,
  };
}

export const behaviourOf = (datasetId: string): Behaviour => JSON.parse(datasetId) as Behaviour;
