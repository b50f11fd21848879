import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether a change was noticed, and by which spec. */
export interface Verdict {
  noticed: boolean;
  /** The file of the spec, and the name of its test; null where nobody noticed, or a spec never ended. */
  by: { spec: string; test: string } | null;
  /** Of a spec without a fault: how long its slowest test took. */
  longestMs?: number;
}

export const digest = (...texts: readonly string[]): string =>
  texts
    .reduce((hash, text) => hash.update(`${text.length}\0${text}`), createHash('sha256'))
    .digest('hex')
    .slice(0, 32);

/**
 * What became of each change, in a file to which each verdict is added as it falls: a run that was cut off goes on where it
 * stopped, and after a new spec only what nobody had noticed is tried again.
 *
 * That a change was noticed holds as long as the changed file would be the same, and the spec that noticed it. That nobody
 * noticed it holds as long as all its specs are the same, with what they share.
 */
export class Verdicts<V = Verdict> {
  private readonly kept = new Map<string, { proof: string; verdict: V }>();
  private readonly path: string;

  constructor(path: string, isFresh: boolean) {
    this.path = path;
    if (isFresh || !existsSync(path)) return;
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      // The last line of a run that was killed may be torn.
      if (!line.endsWith('}')) continue;
      const { change, proof, verdict } = JSON.parse(line) as { change: string; proof: string; verdict: V };
      this.kept.set(change, { proof, verdict });
    }
  }

  /** @param proofOf what the verdict rests on, as it is now */
  known(change: string, proofOf: (verdict: V) => string): V | null {
    const found = this.kept.get(change);
    return found && found.proof === proofOf(found.verdict) ? found.verdict : null;
  }

  note(change: string, proof: string, verdict: V): void {
    this.kept.set(change, { proof, verdict });
    mkdirSync(dirname(this.path), { recursive: true });
    appendFileSync(this.path, `${JSON.stringify({ change, proof, verdict })}\n`);
  }
}
