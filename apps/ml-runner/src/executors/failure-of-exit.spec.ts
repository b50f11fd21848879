import { failureOfExit } from './failure-of-exit.ts';
import type { ChildEnd } from './local-process.ts';

const END: ChildEnd = { code: null, signal: null, stopped: null, stderrTail: [], peakMiB: 100, kernelKilledForMemory: false, spawnError: null };
const MIB = 1024 * 1024;
const LIMITS = { memoryMiB: 512, wallSeconds: 60 };

describe('failureOfExit', () => {
  it.each([
    ['our time limit', { signal: 'SIGKILL', stopped: 'TIME_LIMIT' }, 'TIME_LIMIT', /limit of 60 s/, { reason: 'TIME_LIMIT', limitMs: 60_000 }],
    [
      'our memory limit',
      { signal: 'SIGKILL', stopped: 'MEMORY_LIMIT', peakMiB: 600 },
      'OUT_OF_MEMORY',
      /used 600 MiB.*limit is 512 MiB/,
      { reason: 'MEMORY_LIMIT', used: 600 * MIB, limit: 512 * MIB },
    ],
    ['our shutdown', { signal: 'SIGKILL', stopped: 'SHUTDOWN' }, 'RUNNER_LOST', /shut down/, { reason: 'RUNNER_STOPPED' }],
    [
      'the kernel killing for memory',
      { signal: 'SIGKILL', kernelKilledForMemory: true },
      'OUT_OF_MEMORY',
      /machine ran out of memory/,
      { reason: 'MACHINE_MEMORY' },
    ],
    [
      'somebody else while the kernel kills for memory',
      { signal: 'SIGTERM', kernelKilledForMemory: true },
      'CHILD_KILLED',
      /SIGTERM/,
      { reason: 'KILLED', signal: 'SIGTERM' },
    ],
    [
      'an exit code while the kernel kills for memory',
      { code: 70, kernelKilledForMemory: true },
      'CHILD_CRASHED',
      /exit code 70/,
      { reason: 'EXIT_CODE', exitCode: 70 },
    ],
    [
      'V8 out of memory',
      { signal: 'SIGABRT', stderrTail: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'] },
      'OUT_OF_MEMORY',
      /limit 512 MiB/,
      { reason: 'MEMORY_REFUSED', limit: 512 * MIB },
    ],
    [
      'a buffer refused',
      { code: 1, stderrTail: ['RangeError: Failed to allocate memory', "  code: 'ERR_MEMORY_ALLOCATION_FAILED'"] },
      'OUT_OF_MEMORY',
      /limit 512 MiB/,
      { reason: 'MEMORY_REFUSED' },
    ],
    [
      'C++ out of memory',
      { code: 134, stderrTail: ["terminate called after throwing an instance of 'std::bad_alloc'"] },
      'OUT_OF_MEMORY',
      /bad_alloc/,
      { reason: 'MEMORY_REFUSED' },
    ],
    [
      'TensorFlow out of memory, which then runs into a null pointer',
      {
        signal: 'SIGSEGV',
        stderrTail: [
          'W tensorflow/core/common_runtime/bfc_allocator.cc:479] Allocator (mklcpu) ran out of memory trying to allocate 95.37MiB',
          'W tensorflow/core/common_runtime/bfc_allocator.cc:491] <allocator contains no memory>',
        ],
      },
      'OUT_OF_MEMORY',
      /mklcpu/,
      { reason: 'MEMORY_REFUSED' },
    ],
    ['somebody with signal 9', { signal: 'SIGKILL' }, 'CHILD_KILLED', /SIGKILL, which this runner did not send/, { reason: 'KILLED', signal: 'SIGKILL' }],
    ['somebody with SIGTERM', { signal: 'SIGTERM' }, 'CHILD_KILLED', /SIGTERM/, { reason: 'KILLED', signal: 'SIGTERM' }],
    ['somebody with SIGINT', { signal: 'SIGINT' }, 'CHILD_KILLED', /SIGINT/, { reason: 'KILLED', signal: 'SIGINT' }],
    ['somebody with SIGHUP', { signal: 'SIGHUP' }, 'CHILD_KILLED', /SIGHUP/, { reason: 'KILLED', signal: 'SIGHUP' }],
    [
      'a crash in native code',
      { signal: 'SIGSEGV', stderrTail: ['last words'] },
      'CHILD_CRASHED',
      /SIGSEGV.*last words/s,
      { reason: 'CRASHED', signal: 'SIGSEGV' },
    ],
    [
      'an exit code',
      { code: 70, stderrTail: ['TypeError: x is not a function'] },
      'CHILD_CRASHED',
      /exit code 70.*TypeError/s,
      { reason: 'EXIT_CODE', exitCode: 70 },
    ],
    ['no result', { code: 0 }, 'CHILD_CRASHED', /without a result/, { reason: 'NO_RESULT' }],
    ['a program that is not there', { spawnError: new Error('spawn ENOENT') }, 'CHILD_CRASHED', /could not be started: spawn ENOENT/, undefined],
  ] as const)('%s', (_, end, code, message, params) => {
    const failure = failureOfExit({ ...END, ...end, stderrTail: 'stderrTail' in end ? [...end.stderrTail] : [] }, LIMITS);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    if (params) expect(failure.params).toMatchObject(params);
    else expect(failure.params).toBeUndefined();
  });

  it('stays short enough to be told, however much the child wrote', () => {
    const stderrTail = Array.from({ length: 20 }, () => 'x'.repeat(16_384));
    expect(failureOfExit({ ...END, code: 1, stderrTail }, LIMITS).message.length).toBeLessThan(8_000);
  });

  it('does not call a talkative child that ended well out of memory', () => {
    expect(failureOfExit({ ...END, code: 0, stderrTail: ['warning: a cache is out of memory, continuing'] }, LIMITS).code).toBe('CHILD_CRASHED');
  });
});
