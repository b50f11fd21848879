import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { describeError } from './describe-error.ts';

const refused = (extensions: Record<string, unknown>): CombinedGraphQLErrors => new CombinedGraphQLErrors({ errors: [{ message: 'refused', extensions }] });
const answered = (status: number, bodyText = ''): ServerError => new ServerError('bad answer', { response: { status } as Response, bodyText });

describe('describeError', () => {
  it('takes code and facts of the api', () => {
    const params = { column: 'Review', limit: 3, count: 3 };
    expect(describeError(refused({ code: 'WIP_LIMIT_REACHED', params }))).toEqual({ code: 'WIP_LIMIT_REACHED', params });
  });

  it('takes what a rule of the domain refused', () => {
    expect(describeError({ ok: false, code: 'NEIGHBOUR_GONE' })).toEqual({ code: 'NEIGHBOUR_GONE', params: {} });
  });

  it('calls an unknown code and a foreign error internal', () => {
    expect(describeError(refused({ code: 'SOMETHING_NEW' })).code).toBe('INTERNAL');
    expect(describeError(new Error('boom')).code).toBe('INTERNAL');
    expect(describeError('boom').code).toBe('INTERNAL');
  });

  it.each([
    ['Chromium', new TypeError('Failed to fetch')],
    ['Firefox', new TypeError('NetworkError when attempting to fetch resource.')],
    ['Safari', new TypeError('Load failed')],
    ['a proxy', answered(502)],
    ['code of a page', new Error('Unable to preload CSS for /assets/a.css')],
  ])('knows a connection that %s reports as lost', (_who, error) => {
    expect(describeError(error).code).toBe('UNAVAILABLE');
  });

  it('does not take a slip of our own for a lost connection', () => {
    expect(describeError(new TypeError("Cannot read properties of undefined (reading 'id')")).code).toBe('INTERNAL');
  });

  it('tells too many requests from a broken server', () => {
    expect(describeError(answered(429)).code).toBe('RATE_LIMITED');
    expect(describeError(answered(500)).code).toBe('INTERNAL');
    expect(describeError(answered(429, '<html>')).params).toEqual({});
    expect(describeError(answered(429, JSON.stringify({ code: 'RATE_LIMITED', message: 'Wait.', params: { seconds: 12 } })))).toEqual({
      code: 'RATE_LIMITED',
      params: { seconds: 12 },
    });
    expect(describeError(answered(421, JSON.stringify({ code: 'HOST_UNKNOWN', params: {} }))).code).toBe('HOST_UNKNOWN');
  });
});
