// Bound once: under a test runner each look-up of a global costs more than the arithmetic.
const { floor, imul } = Math;

/** Four 32-bit words: all that a generator needs to go on from where it was. */
export type RandomState = [number, number, number, number];

/**
 * The one source of chance in a run: weights, order of samples, dropout and shifts all draw from it, so that a seed (and, after a
 * resume, a saved state) decides them. xoshiro128** 1.1 by Blackman and Vigna; seeded by splitmix32.
 */
export class SeededRandom {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  private constructor([a, b, c, d]: RandomState) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  static fromSeed(seed: number): SeededRandom {
    let state = seed >>> 0;
    const word = (): number => {
      state = (state + 0x9e3779b9) >>> 0;
      let z = state;
      z = imul(z ^ (z >>> 16), 0x85ebca6b);
      z = imul(z ^ (z >>> 13), 0xc2b2ae35);
      return (z ^ (z >>> 16)) >>> 0;
    };
    return new SeededRandom([word(), word(), word(), word()]);
  }

  static fromState(state: RandomState): SeededRandom {
    return new SeededRandom(state);
  }

  state(): RandomState {
    return [this.a, this.b, this.c, this.d];
  }

  /** 32 random bits, unsigned. */
  bits(): number {
    const scrambled = imul(this.b, 5);
    const result = imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b = (this.b ^ this.c) >>> 0;
    this.a = (this.a ^ this.d) >>> 0;
    this.c = (this.c ^ shifted) >>> 0;
    this.d = ((this.d << 11) | (this.d >>> 21)) >>> 0;
    return result;
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.bits() / 2 ** 32;
  }

  /** Uniform integer in [0, bound). */
  below(bound: number): number {
    return floor(this.next() * bound);
  }

  /** Standard normal (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle(values: Uint32Array): Uint32Array {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = values[i]!;
      values[i] = values[j]!;
      values[j] = kept;
    }
    return values;
  }
}
