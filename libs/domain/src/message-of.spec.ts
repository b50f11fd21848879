import { messageOf } from './message-of.ts';

it.each<[string, unknown, string]>([
  ['an error', new Error('The disk is full.'), 'The disk is full.'],
  ['an error of another kind', new RangeError('too far'), 'too far'],
  ['words', 'The disk is full.', 'The disk is full.'],
  ['a number', 137, '137'],
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
])('tells %s that was thrown', (_, thrown, message) => expect(messageOf(thrown)).toBe(message));
