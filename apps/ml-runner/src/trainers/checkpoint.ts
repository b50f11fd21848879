import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemplateSpec } from '@trainyard/domain';
import type { RandomState } from '../random/seeded-random.ts';
import type { Tally } from './score.ts';

/** Everything that decides how training goes on, besides the spec and the data. */
export interface CheckpointState {
  /** Optimiser steps done. */
  step: number;
  /** Training epoch under way, from 0, and batches of it done. */
  epoch: number;
  batch: number;
  /** The generator now, and as it was before this epoch's order was drawn. */
  random: RandomState;
  randomAtEpoch: RandomState;
  /** This epoch's training scores so far. */
  tally: Tally;
  /** Over all attempts: milliseconds since the start, milliseconds spent in training steps, samples trained in them. */
  elapsedMs: number;
  trainMs: number;
  samplesTrained: number;
  parameters: Float32Array;
  /** The optimiser's vectors, each as long as the parameters. */
  optimizer: Float32Array[];
}

type Header = Omit<CheckpointState, 'parameters' | 'optimizer'> & { format: typeof FORMAT; spec: string; vectors: number; length: number };

const FORMAT = 'trainyard-checkpoint-1';

/**
 * One file: a line of JSON, then the vectors as little-endian 32-bit floats, then the sha256 of all before it.
 * Written beside its final name and renamed, so that a reader never meets half of one.
 */
export async function writeCheckpoint(path: string, spec: TemplateSpec, state: CheckpointState): Promise<void> {
  const { parameters, optimizer, ...rest } = state;
  const header: Header = { format: FORMAT, spec: fingerprint(spec), vectors: 1 + optimizer.length, length: parameters.length, ...rest };
  const parts = [Buffer.from(JSON.stringify(header) + '\n'), ...[parameters, ...optimizer].map(bytesOf)];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  await writeByRename(path, [...parts, hash.digest()]);
}

/** The state to go on from, or why this file does not serve: it is damaged, or of another run. */
export async function readCheckpoint(path: string, spec: TemplateSpec): Promise<{ state: CheckpointState } | { problem: string }> {
  let file: Buffer;
  try {
    file = await readFile(path);
  } catch (error) {
    return { problem: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})` };
  }
  const body = file.subarray(0, Math.max(0, file.length - 32));
  if (file.length < 32 || !createHash('sha256').update(body).digest().equals(file.subarray(-32))) return { problem: 'it is damaged (its checksum is wrong)' };
  const line = body.indexOf('\n');
  const { format, spec: madeFor, vectors, length, ...rest } = JSON.parse(body.subarray(0, line).toString('utf8')) as Header;
  if (format !== FORMAT) return { problem: `its format is ${String(format)}, not ${FORMAT}` };
  if (madeFor !== fingerprint(spec)) return { problem: 'it belongs to another run' };
  const values = Array.from({ length: vectors }, (_, i) => floatsOf(body, line + 1 + i * length * 4, length));
  return { state: { ...rest, parameters: values[0]!, optimizer: values.slice(1) } };
}

/** What must be equal for a continuation to make sense; how often it is saved and which engine computes do not matter. */
function fingerprint({ template, datasetDigest, parameters }: TemplateSpec): string {
  const { checkpointEveryEpochs: _, ...decisive } = parameters;
  const sorted = Object.entries(decisive).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([template, datasetDigest, sorted]))
    .digest('hex');
}

const bytesOf = (floats: Float32Array): Buffer => Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength);

function floatsOf(bytes: Buffer, offset: number, length: number): Float32Array {
  const copy = new Float32Array(length);
  bytesOf(copy).set(bytes.subarray(offset, offset + length * 4));
  return copy;
}

/** Writes a whole file or none, and has it on the disk before it gets its name. */
export async function writeByRename(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const draft = `${path}.part`;
  try {
    const file = await open(draft, 'w');
    try {
      for (const part of parts) await file.writeFile(part);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

export const checkpointFile = (workDir: string, step: number): string => join(workDir, `checkpoint-${step}.bin`);
