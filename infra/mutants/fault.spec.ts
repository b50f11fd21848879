import { applyFault, FaultDoesNotApply, inText, instead, leaveOut, type Change } from './fault.ts';

const SOURCE = `
const LIMIT = 3;
class Service {
  async save(tx: Tx, version: number): Promise<void> {
    if (version > LIMIT) throw new Error('stale');
    if (version === 1) {
      await tx.query('UPDATE thing SET a = 1
        WHERE id = 2');
    }
    await this.log(tx, {
      id: 1,
    });
    return;
  }
  other(): void {
    this.log(1);
  }
}
`.replace("'UPDATE thing SET a = 1\n        WHERE id = 2'", '`UPDATE thing SET a = 1\n        WHERE id = 2`');

const applied = (change: Change, where = 'Service.save'): string =>
  applyFault(SOURCE, { kind: 'LOG', what: 'it is wrong', file: 'service.ts', in: where, change, specs: [] });

describe('a fault', () => {
  it.each<[string, Change, string]>([
    ['a statement', leaveOut('await this.log('), SOURCE.replace('await this.log(tx, {\n      id: 1,\n    });', '{}')],
    ['the innermost statement', leaveOut('throw new Error('), SOURCE.replace("throw new Error('stale');", '{}')],
    ['an expression', instead('version > LIMIT', 'false'), SOURCE.replace('version > LIMIT', 'false')],
    ['a whole statement', instead('return', 'return this.other()'), SOURCE.replace('return;', 'return this.other();')],
    ['however it is set', instead('{ id: 1 }', '{}'), SOURCE.replace('{\n      id: 1,\n    }', '{}')],
    ['a part of a text', inText('a = 1 WHERE id = 2', 'a = 1'), SOURCE.replace('a = 1\n        WHERE id = 2', 'a = 1')],
  ])('changes %s', (_, change, expected) => {
    expect(applied(change)).toBe(expected);
  });

  it('is of a constant too', () => {
    expect(applied(instead('3', '4'), 'LIMIT')).toBe(SOURCE.replace('LIMIT = 3', 'LIMIT = 4'));
  });

  it.each<[string, Change, string]>([
    ['a function that is not there', leaveOut('return'), 'Service.load'],
    ['a statement that is not there', leaveOut('await this.save('), 'Service.save'],
    ['a text that is not there', inText('DELETE', ''), 'Service.save'],
    ['two places', leaveOut('if (version'), 'Service.save'],
    ['a change that is none', instead('version > LIMIT', 'version > LIMIT'), 'Service.save'],
    ['a change that leaves no program', instead('version > LIMIT', 'version >'), 'Service.save'],
  ])('refuses %s', (_, change, where) => {
    expect(() => applied(change, where)).toThrow(FaultDoesNotApply);
  });
});
