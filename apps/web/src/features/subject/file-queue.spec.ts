import { ATTACHMENT_BYTES_MAX } from '@trainyard/domain';
import { UploadError } from '../shell/send-file.ts';
import { canRetry, FileQueue } from './file-queue.ts';

interface Sending {
  name: string;
  id: string;
  signal: AbortSignal;
  progress: (sent: number) => void;
  arrive: () => void;
  fail: (error: Error) => void;
}

const file = (name: string, size = 10): File => Object.defineProperty(new File(['x'], name), 'size', { value: size });
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A queue whose files arrive when the test says so. */
function queueOf() {
  const sending: Sending[] = [];
  const failed: string[] = [];
  const queue = new FileQueue(
    (each, id, signal, progress) =>
      new Promise<void>((resolve, reject) => {
        sending.push({ name: each.name, id, signal, progress, arrive: resolve, fail: reject });
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
    (error) => failed.push(error.code),
  );
  const shown = () => queue.current().map((one) => [one.file.name, one.sent, one.error?.code ?? null]);
  return { queue, sending, failed, shown };
}

describe('files on their way', () => {
  it('are sent three at once in their order, and leave when they have arrived', async () => {
    const { queue, sending, failed, shown } = queueOf();
    queue.add(['a', 'b', 'c', 'd'].map((name) => file(name)));
    expect(sending.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    sending[1]?.progress(7);
    expect(shown()).toEqual([
      ['a', 0, null],
      ['b', 7, null],
      ['c', 0, null],
      ['d', null, null],
    ]);
    sending[1]?.arrive();
    await settled();
    expect(sending.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(shown().map(([name]) => name)).toEqual(['a', 'c', 'd']);
    expect(failed).toEqual([]);
  });

  it('stay with their reason when they fail, and are sent again under the same id', async () => {
    const { queue, sending, failed, shown } = queueOf();
    queue.add([file('a')]);
    sending[0]?.fail(new UploadError('UNAVAILABLE'));
    await settled();
    expect(shown()).toEqual([['a', null, 'UNAVAILABLE']]);
    queue.retry(queue.current()[0]?.id ?? '');
    expect(sending[1]?.id).toBe(sending[0]?.id);
    sending[1]?.arrive();
    await settled();
    expect([shown(), failed]).toEqual([[], ['UNAVAILABLE']]);
  });

  it('are stopped one by one, which makes room for the next and is told to nobody', async () => {
    const { queue, sending, failed, shown } = queueOf();
    queue.add(['a', 'b', 'c', 'd'].map((name) => file(name)));
    queue.remove(sending[0]?.id ?? '');
    await settled();
    expect(sending[0]?.signal.aborted).toBe(true);
    expect(shown().map(([name]) => name)).toEqual(['b', 'c', 'd']);
    expect(sending.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    queue.remove(queue.current().find((one) => one.file.name === 'd')?.id ?? '');
    await settled();
    expect(failed).toEqual([]);
  });

  it('are refused without being sent where the server would refuse them, and sending again is not offered', () => {
    const { queue, sending, shown } = queueOf();
    queue.add([file('large', ATTACHMENT_BYTES_MAX + 1), file('empty', 0), file('fits', ATTACHMENT_BYTES_MAX)]);
    expect(sending.map(({ name }) => name)).toEqual(['fits']);
    expect(shown()).toEqual([
      ['large', null, 'TOO_LARGE'],
      ['empty', null, 'BAD_INPUT'],
      ['fits', 0, null],
    ]);
    expect(queue.current().map(canRetry)).toEqual([false, false, false]);
  });
});
