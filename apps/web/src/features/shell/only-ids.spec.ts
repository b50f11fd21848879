import { isNotFound } from '@tanstack/react-router';
import { onlyIds } from './only-ids.ts';

function thrownFor(params: Record<string, string>): unknown {
  try {
    onlyIds(params);
  } catch (error) {
    return error;
  }
  return null;
}

describe('an address with ids', () => {
  it('is opened when they can be ids, whatever the names beside them are', () => {
    expect(thrownFor({ boardId: '0de6c939-c3b0-435b-998f-5177ca20e95d', projectKey: 'ATL' })).toBeNull();
  });

  it.each(['x', 'undefined', '0de6c939-c3b0-435b-998f-5177ca20e95', '0de6c939-c3b0-435b-998f-5177ca20e95d ', '\0'])(
    'names nothing when one is %j',
    (boardId) => {
      expect(isNotFound(thrownFor({ boardId, projectKey: 'ATL' }))).toBe(true);
    },
  );
});
