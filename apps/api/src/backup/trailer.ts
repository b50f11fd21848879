import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { BackupError } from './backup-error.ts';

/** A skippable frame of zstd: other programs pass over it. Magic number, then the length of what follows: one SHA-256. */
const FRAME = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 32, 0, 0, 0]);
const BYTES = FRAME.length + 32;

/** Ends what passes with the SHA-256 of all of it: a decompressor does not miss the last few bytes of a frame that was cut off. */
export function addTrailer(): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(null, Buffer.concat([FRAME, hash.digest()]));
    },
  });
}

/** Takes the trailer off and compares; fails at the end when it is not there or tells of other bytes. */
export function checkTrailer(): Transform {
  const hash = createHash('sha256');
  let held = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const all = Buffer.concat([held, chunk]);
      const passed = all.subarray(0, Math.max(0, all.length - BYTES));
      held = all.subarray(passed.length);
      hash.update(passed);
      done(null, passed);
    },
    flush(done) {
      const right = held.equals(Buffer.concat([FRAME, hash.digest()]));
      done(right ? null : new BackupError('The archive is damaged or cut off (its end is not what it ends with): nothing was restored.'));
    },
  });
}
