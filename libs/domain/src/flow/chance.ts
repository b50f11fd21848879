const { floor, imul } = Math;
const GOLDEN = 0x9e3779b9;

/** A number for a text: FNV-1a by Fowler, Noll and Vo, of its UTF-16 units. The same text has the same number everywhere. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Chance that a seed decides: xoshiro128** 1.1 by Blackman and Vigna (public domain), its state by splitmix32. */
export class Chance {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  constructor(seed: number) {
    this.restart(seed, 0);
  }

  /** Begins one of the streams of a seed, from its start. */
  restart(seed: number, stream: number): void {
    let state = (seed ^ imul(stream, 0x85ebca77)) | 0;
    state = this.word((state + GOLDEN) | 0);
    this.a = this.word((state += GOLDEN));
    this.b = this.word((state += GOLDEN));
    this.c = this.word((state += GOLDEN));
    this.d = this.word((state += GOLDEN));
  }

  /** splitmix32: spreads a state over all bits. */
  private word(state: number): number {
    let z = imul(state ^ (state >>> 16), 0x85ebca6b);
    z = imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  }

  /** Uniform in [0, 1). */
  next(): number {
    const scrambled = imul(this.b, 5);
    const result = imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result / 2 ** 32;
  }

  /** Fills with what `next` would give, several times as fast. */
  fill(into: Float64Array): void {
    let { a, b, c, d } = this;
    for (let index = 0; index < into.length; index += 1) {
      const scrambled = imul(b, 5);
      into[index] = (imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0) / 2 ** 32;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /** A whole number in [0, bound). */
  below(bound: number): number {
    return floor(this.next() * bound);
  }
}
