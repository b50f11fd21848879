import { crc32, deflateSync } from 'node:zlib';

const [WIDTH, HEIGHT] = [480, 240];
const [PAPER, GRID, LINE] = [0, 1, 2];
/** Of the three above. */
const COLOURS = Buffer.from('ffffffe9ecef1c7ed6', 'hex');

/** A curve of validation loss as a PNG of three colours: the same bytes each time. */
export function lossCurve(): Buffer {
  const rows = Array.from({ length: HEIGHT }, (_, y) => Buffer.alloc(WIDTH + 1, y % 40 === 0 ? GRID : PAPER).fill(0, 0, 1));
  let last = heightAt(0);
  for (let x = 0; x < WIDTH; x++) {
    const now = heightAt(x);
    for (let y = Math.min(last, now) - 1; y <= Math.max(last, now) + 1; y++) rows[y]?.writeUInt8(LINE, x + 1);
    last = now;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits, colours by number.
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', COLOURS),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Falls fast, then slowly, with a wave that stands for noise. */
const heightAt = (x: number): number => Math.round(24 + 190 * (1 - Math.exp(-x / 90)) + 4 * Math.sin(x / 5) * Math.exp(-x / 200));

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Loss by step of the smoke test, as its author would export it. */
export function smokeTable(): Buffer {
  const steps = Array.from({ length: 41 }, (_, i) => i * 1_000);
  return Buffer.from(`step,loss,reference\n${steps.map((step) => [step, lossAt(step, 3.11).toFixed(3), lossAt(step, 3.1).toFixed(3)].join(',')).join('\n')}\n`);
}

const lossAt = (step: number, end: number): number => end + 7.7 * Math.exp(-step / 4_000);
