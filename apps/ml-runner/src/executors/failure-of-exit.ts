import type { Failure } from '@trainyard/domain';
import { saysOutOfMemory } from '../machine/system-error.ts';
import type { ChildEnd } from './local-process.ts';

/** Enough of a stack to know where; the whole output is in the run's log. */
const MAX_TAIL_LINE = 300;

/** The true reason why a child ended without saying how it went. */
export function failureOfExit(end: ChildEnd, limits: { memoryMiB: number; wallSeconds: number }): Failure {
  const tail = end.stderrTail.length > 0 ? ` Its last lines were:\n${end.stderrTail.map((line) => line.slice(0, MAX_TAIL_LINE)).join('\n')}` : '';
  const memory = end.peakMiB === null ? '' : ` The most memory seen was ${end.peakMiB} MiB.`;
  if (end.spawnError !== null) return { code: 'CHILD_CRASHED', message: `The training process could not be started: ${end.spawnError.message}` };
  switch (end.stopped) {
    case 'TIME_LIMIT':
      return {
        code: 'TIME_LIMIT',
        message: `The run was stopped because it took longer than its limit of ${limits.wallSeconds} s.`,
        params: { reason: 'TIME_LIMIT', limitMs: limits.wallSeconds * 1000 },
      };
    case 'MEMORY_LIMIT':
      return {
        code: 'OUT_OF_MEMORY',
        message: `The training process used ${end.peakMiB ?? 'more than'} MiB and was stopped: its limit is ${limits.memoryMiB} MiB.`,
        params: { reason: 'MEMORY_LIMIT', used: bytes(end.peakMiB ?? limits.memoryMiB), limit: bytes(limits.memoryMiB) },
      };
    case 'SHUTDOWN':
    case 'FENCED':
    case 'CANCEL':
      return { code: 'RUNNER_LOST', message: 'The runner was shut down while the attempt ran.', params: { reason: 'RUNNER_STOPPED' } };
    case null:
      break;
  }
  if (end.kernelKilledForMemory && end.signal === 'SIGKILL') {
    return {
      code: 'OUT_OF_MEMORY',
      message: `The operating system killed the training process because the machine ran out of memory.${memory}`,
      params: { reason: 'MACHINE_MEMORY' },
    };
  }
  if (end.code !== 0 && end.stderrTail.some(saysOutOfMemory)) {
    return {
      code: 'OUT_OF_MEMORY',
      message: `The training process ran out of memory (limit ${limits.memoryMiB} MiB).${memory}${tail}`,
      params: { reason: 'MEMORY_REFUSED', limit: bytes(limits.memoryMiB) },
    };
  }
  if (end.signal === 'SIGKILL' || end.signal === 'SIGTERM' || end.signal === 'SIGINT' || end.signal === 'SIGHUP') {
    return {
      code: 'CHILD_KILLED',
      message: `The training process was killed by ${end.signal}, which this runner did not send.${memory}`,
      params: { reason: 'KILLED', signal: end.signal },
    };
  }
  if (end.signal !== null)
    return {
      code: 'CHILD_CRASHED',
      message: `The training process crashed with ${end.signal}.${memory}${tail}`,
      params: { reason: 'CRASHED', signal: end.signal },
    };
  if (end.code === 0) return { code: 'CHILD_CRASHED', message: `The training process ended without a result.${tail}`, params: { reason: 'NO_RESULT' } };
  return {
    code: 'CHILD_CRASHED',
    message: `The training process ended with exit code ${end.code}.${tail}`,
    params: { reason: 'EXIT_CODE', exitCode: end.code },
  };
}

const bytes = (mebibytes: number): number => mebibytes * 1024 * 1024;
