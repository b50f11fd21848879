import { Slots } from './slots.ts';

/** Whether a promise has settled once everything that was waiting has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

describe('slots', () => {
  const never = new AbortController().signal;

  it('are as many as said, and one that is free is told to all who wait', async () => {
    const slots = new Slots(2);
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    expect(await isSettled(slots.untilRoom(never))).toBe(true);
    slots.hold(first.promise);
    expect(await isSettled(slots.untilRoom(never))).toBe(true);
    slots.hold(second.promise);
    const waiting = [slots.untilRoom(never), slots.untilRoom(never)];
    expect(await isSettled(Promise.race(waiting))).toBe(false);
    first.resolve();
    await Promise.all(waiting);
    slots.hold(Promise.withResolvers<void>().promise);
    expect(await isSettled(slots.untilRoom(never))).toBe(false);
  });

  it('are given back by work that fails', async () => {
    const slots = new Slots(1);
    const work = Promise.withResolvers<void>();
    slots.hold(work.promise);
    const room = slots.untilRoom(never);
    expect(await isSettled(room)).toBe(false);
    work.reject(new Error('it failed'));
    await room;
  });

  it('are not waited for by who ends', async () => {
    const slots = new Slots(0);
    const ending = new AbortController();
    const room = slots.untilRoom(ending.signal);
    ending.abort(new Error('over'));
    await expect(room).rejects.toThrow('over');
  });
});
