import { streamOf, type StreamFilter, type StreamItem } from './stream.ts';

interface Comment {
  id: string;
  createdAt: string;
}
interface Step {
  seq: number;
  entity: string;
  action: string;
  at: string;
}
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 30, 8, minute)).toISOString();
const comment = (minute: number): Comment => ({ id: `c${minute}`, createdAt: at(minute) });
const step = (minute: number, entity = 'TICKET', action = 'UPDATED'): Step => ({ seq: minute, entity, action, at: at(minute) });
const told = (items: StreamItem<Comment, Step>[]): string =>
  items
    .map((item) =>
      item.kind === 'COMMENT' ? item.comment.id : item.kind === 'STEP' ? `s${item.step.seq}` : item.kind === 'EARLIER_STEPS' ? '[earlier]' : '[later]',
    )
    .join(' ');
const stream = (shown: StreamFilter, comments: Comment[], steps: Step[], more: { comments?: boolean; steps?: boolean } = {}): string =>
  told(streamOf(shown, { nodes: comments, hasMore: more.comments ?? false }, { nodes: steps, hasMore: more.steps ?? false }));

describe('the stream of a ticket', () => {
  const comments = [comment(2), comment(5)];
  // as the server gives them: the newest first
  const steps = [step(6), step(5, 'COMMENT', 'CREATED'), step(4), step(3, 'COMMENT', 'DELETED'), step(1)];

  it('is what was said and what happened by time, each comment once', () => {
    expect(stream('ALL', comments, steps)).toBe('s1 c2 s3 s4 c5 s6');
    expect(stream('COMMENTS', comments, steps)).toBe('c2 c5');
    expect(stream('HISTORY', comments, steps)).toBe('s1 s3 s4 s5 s6');
    expect(stream('ALL', [], [])).toBe('');
  });

  it('says where something has not been read yet', () => {
    expect(stream('ALL', comments, [step(6), step(4)], { steps: true })).toBe('c2 [earlier] s4 c5 s6');
    expect(stream('ALL', [comment(2)], steps, { comments: true })).toBe('s1 c2 [later] s3 s4 s6');
    expect(stream('ALL', [comment(2)], [step(6)], { comments: true, steps: true })).toBe('c2 [later] [earlier] s6');
    expect(stream('COMMENTS', [comment(2)], steps, { comments: true, steps: true })).toBe('c2 [later]');
    expect(stream('HISTORY', comments, [step(6)], { comments: true, steps: true })).toBe('[earlier] s6');
  });

  it('marks where steps begin by the oldest that was read, also where a comment says it', () => {
    expect(stream('ALL', [comment(2), comment(5)], [step(6), step(5, 'COMMENT', 'CREATED')], { steps: true })).toBe('c2 c5 [earlier] s6');
  });

  it('loses nothing and doubles nothing, wherever the pages end', () => {
    const said = Array.from({ length: 12 }, (_, i) => comment(2 * i));
    const happened = Array.from({ length: 12 }, (_, i) => step(2 * i + 1));
    const all = stream('ALL', said, happened);
    for (let c = 0; c <= 12; c++)
      for (let s = 0; s <= 12; s++) {
        const part = stream('ALL', said.slice(0, c), happened.slice(12 - s).toReversed(), { comments: c < 12, steps: s < 12 }).split(' ');
        const known = part.filter((one) => one !== '' && !one.startsWith('['));
        expect(known).toEqual(all.split(' ').filter((one) => known.includes(one)));
        expect(known).toHaveLength(c + s);
        expect(part.includes('[earlier]')).toBe(s < 12);
        expect(part.includes('[later]')).toBe(c < 12);
      }
  });
});
