import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../local/build.ts';
import { EQUIVALENT } from './equivalent.ts';
import { applyFault, FAULT_KINDS } from './fault.ts';
import { FAULTS } from './faults/all.ts';
import { tableMutantsOf } from './trials.ts';

const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('the deliberate faults', () => {
  it('fit the source as it is, each another way: who changes a function changes the faults that are made of it', () => {
    const programs = new Map<string, string>();
    const bad = FAULTS.flatMap((fault) => {
      try {
        const program = fault.file + applyFault(source(fault.file), fault).replace(/\s+/g, '');
        const same = programs.get(program);
        programs.set(program, fault.what);
        return same === undefined ? [] : [`"${fault.what}" is the same as "${same}"`];
      } catch (error) {
        return [String(error)];
      }
    });
    expect(bad).toEqual([]);
  });

  it('name specs that are there, of one project', () => {
    expect(FAULTS.flatMap(({ what, specs }) => (specs.length > 0 && specs.every((spec) => existsSync(join(ROOT, spec))) ? [] : [what]))).toEqual([]);
    for (const { specs } of FAULTS) expect(new Set(specs.map((spec) => spec.split('/')[1])).size).toBe(1);
  });

  it('are of every kind, each once', () => {
    expect(new Set(FAULTS.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FAULT_KINDS)));
    const said = FAULTS.map(({ file, in: where, what }) => `${file} ${where} ${what}`);
    expect(said.length).toBe(new Set(said).size);
  });

  it('and what changes nothing in a table is still to be found there', () => {
    for (const { file, what } of EQUIVALENT)
      expect([String(what), tableMutantsOf(file).some((mutant) => what.test(mutant.what))]).toEqual([String(what), true]);
  });
});
