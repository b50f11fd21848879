import type { HeartbeatRequest } from '@trainyard/domain';
import pino from 'pino';
import { ApiAway, ApiRefusal, type ApiClient } from './api-client.ts';
import { Registration } from './registration.ts';

const log = pino({ level: 'silent' });
const HELLO = { runnerId: 'the-runner', leaseSeconds: 15 };

/** An api whose next answers are as given; the last one stays. */
function registrationWith(answers: { hello?: (() => Promise<unknown>)[]; heartbeat?: (() => Promise<unknown>)[] }) {
  const asked: string[] = [];
  const verdicts: unknown[] = [];
  const waiting: (() => void)[] = [];
  const answer = (kind: 'hello' | 'heartbeat', otherwise: () => Promise<unknown>) => () => {
    asked.push(kind);
    for (const wake of waiting.splice(0)) wake();
    const given = answers[kind] ?? [];
    return (given.length > 1 ? given.shift() : given[0])?.() ?? otherwise();
  };
  const api = { hello: answer('hello', async () => HELLO), heartbeat: answer('heartbeat', async () => ({ attempts: [] })) } as unknown as ApiClient;
  const held: HeartbeatRequest['attempts'] = [{ attemptId: 'an-attempt', claim: 2 }];
  const registration = new Registration({
    api,
    log,
    about: { name: 'gpu-01', version: '0', concurrency: 1, instance: 'i' },
    engines: () => [],
    held: () => held,
    onVerdict: (...verdict) => void verdicts.push(verdict),
  });
  const until = async (fits: () => boolean): Promise<void> => {
    while (!fits()) await new Promise<void>((resolve) => void waiting.push(resolve));
  };
  return { registration, asked, verdicts, until };
}

describe('a registration', () => {
  it('hears what becomes of each attempt with its beats, and says hello again at once when asked to', async () => {
    const { registration, asked, verdicts, until } = registrationWith({
      heartbeat: [async () => ({ attempts: [{ attemptId: 'an-attempt', claim: 2, verdict: 'CANCEL' }] })],
    });
    registration.start();
    await registration.registered;
    // It waits for its first beat, a second away, by now.
    await new Promise(setImmediate);
    const began = performance.now();
    await registration.helloAgain();
    expect(performance.now() - began).toBeLessThan(800);
    expect(asked.slice(0, 2)).toEqual(['hello', 'hello']);
    await until(() => asked.filter((kind) => kind === 'heartbeat').length === 2);
    registration.stop();
    expect(verdicts[0]).toEqual(['an-attempt', 2, 'CANCEL']);
  });

  it('says hello again when a beat is told that nobody knows it', async () => {
    const { registration, asked, until } = registrationWith({ heartbeat: [() => Promise.reject(new ApiRefusal(401, 'RUNNER_UNKNOWN', 'who?'))] });
    registration.start();
    await until(() => asked.length === 3);
    registration.stop();
    expect(asked).toEqual(['hello', 'heartbeat', 'hello']);
  });

  it('takes a hello that another was asked for while it travelled for none', async () => {
    const first = Promise.withResolvers<unknown>();
    const second = Promise.withResolvers<unknown>();
    const { registration, until, asked } = registrationWith({ hello: [() => first.promise, () => second.promise] });
    registration.start();
    await until(() => asked.length === 1);
    let heard = false;
    const again = registration.helloAgain().then(() => {
      heard = true;
    });
    first.resolve(HELLO);
    await until(() => asked.length === 2);
    expect(heard).toBe(false);
    second.resolve(HELLO);
    await again;
    registration.stop();
  });

  it('gives up what it holds when it is revoked, says why it is refused, and says it no more when it is taken again', async () => {
    const revoked = async (): Promise<never> => {
      throw new ApiRefusal(401, 'RUNNER_REVOKED', 'its token was revoked');
    };
    const taken = Promise.withResolvers<unknown>();
    const { registration, verdicts, until, asked } = registrationWith({ hello: [revoked, () => taken.promise] });
    registration.start();
    await until(() => asked.length === 2);
    expect(registration.refusal).toBe('RUNNER_REVOKED: its token was revoked');
    expect(registration.apiReachable).toBe(true);
    expect(verdicts).toEqual([['an-attempt', 2, 'FENCED']]);
    taken.resolve(HELLO);
    await until(() => asked.length === 3);
    registration.stop();
    expect(registration.refusal).toBeNull();
    expect(registration.runnerId).toBe('the-runner');
  });

  it('keeps what it holds while the api is away', async () => {
    const { registration, verdicts } = registrationWith({ hello: [() => Promise.reject(new ApiAway('gone')), async () => HELLO] });
    registration.start();
    await registration.registered;
    registration.stop();
    expect(verdicts).toEqual([]);
    expect(registration.refusal).toBeNull();
  });
});
