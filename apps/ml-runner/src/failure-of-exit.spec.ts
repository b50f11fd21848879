import type { ChildEnd } from './executors/local-process.ts';
import { failureOfExit } from './failure-of-exit.ts';

const END: ChildEnd = { code: null, signal: null, stopped: null, stderrTail: [], peakMiB: 100, kernelKilledForMemory: false, spawnError: null };
const LIMITS = { memoryMiB: 512, wallSeconds: 60 };

describe('failureOfExit', () => {
  it.each([
    ['our time limit', { signal: 'SIGKILL', stopped: 'TIME_LIMIT' }, 'TIME_LIMIT', /limit of 60 s/],
    ['our memory limit', { signal: 'SIGKILL', stopped: 'MEMORY_LIMIT', peakMiB: 600 }, 'OUT_OF_MEMORY', /used 600 MiB.*limit is 512 MiB/],
    ['our shutdown', { signal: 'SIGKILL', stopped: 'SHUTDOWN' }, 'RUNNER_LOST', /shut down/],
    ['the kernel killing for memory', { signal: 'SIGKILL', kernelKilledForMemory: true }, 'OUT_OF_MEMORY', /machine ran out of memory/],
    ['V8 out of memory', { signal: 'SIGABRT', stderrTail: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'] }, 'OUT_OF_MEMORY', /limit 512 MiB/],
    ['a buffer refused', { code: 1, stderrTail: ['RangeError: Failed to allocate memory', "  code: 'ERR_MEMORY_ALLOCATION_FAILED'"] }, 'OUT_OF_MEMORY', /limit 512 MiB/],
    ['C++ out of memory', { code: 134, stderrTail: ["terminate called after throwing an instance of 'std::bad_alloc'"] }, 'OUT_OF_MEMORY', /bad_alloc/],
    [
      'TensorFlow out of memory, which then runs into a null pointer',
      { signal: 'SIGSEGV', stderrTail: ['W tensorflow/core/common_runtime/bfc_allocator.cc:479] Allocator (mklcpu) ran out of memory trying to allocate 95.37MiB', 'W tensorflow/core/common_runtime/bfc_allocator.cc:491] <allocator contains no memory>'] },
      'OUT_OF_MEMORY',
      /mklcpu/,
    ],
    ['somebody with signal 9', { signal: 'SIGKILL' }, 'CHILD_KILLED', /SIGKILL, which this runner did not send/],
    ['somebody with SIGTERM', { signal: 'SIGTERM' }, 'CHILD_KILLED', /SIGTERM/],
    ['a crash in native code', { signal: 'SIGSEGV', stderrTail: ['last words'] }, 'CHILD_CRASHED', /SIGSEGV.*last words/s],
    ['an exit code', { code: 70, stderrTail: ['TypeError: x is not a function'] }, 'CHILD_CRASHED', /exit code 70.*TypeError/s],
    ['no result', { code: 0 }, 'CHILD_CRASHED', /without a result/],
    ['a program that is not there', { spawnError: new Error('spawn ENOENT') }, 'CHILD_CRASHED', /could not be started: spawn ENOENT/],
  ] as const)('%s', (_, end, code, message) => {
    const failure = failureOfExit({ ...END, ...end, stderrTail: 'stderrTail' in end ? [...end.stderrTail] : [] }, LIMITS);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });

  it('stays short enough to be told, however much the child wrote', () => {
    const stderrTail = Array.from({ length: 20 }, () => 'x'.repeat(16_384));
    expect(failureOfExit({ ...END, code: 1, stderrTail }, LIMITS).message.length).toBeLessThan(8_000);
  });

  it('does not call a talkative child that ended well out of memory', () => {
    expect(failureOfExit({ ...END, code: 0, stderrTail: ['warning: a cache is out of memory, continuing'] }, LIMITS).code).toBe('CHILD_CRASHED');
  });
});
