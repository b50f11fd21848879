import { shorthandIn, type ShorthandWords } from './shorthand.ts';

const named = (name: string): { id: string; name: string } => ({ id: name, name });
const WORDS: ShorthandWords = {
  people: ['Grace Kim', 'Grace Hopper', 'Sofia Lindqvist', '陈晓明', 'Kim'].map(named),
  labels: ['gpu', 'gpu memory', 'paper', '数据'].map(named),
  kinds: { EPIC: '史诗', STORY: '故事', TASK: '任务', BUG: '缺陷', SPIKE: '预研', EXPERIMENT: '实验', SUBTASK: 'Sub-task' },
};

describe('the shorthand of a title', () => {
  it.each([
    ['Loss is NaN @sofia #gpu !bug', 'Loss is NaN', 'Sofia Lindqvist', ['gpu'], 'BUG'],
    ['!Experiment Try a smaller net #paper #gpu-memory', 'Try a smaller net', null, ['paper', 'gpu memory'], 'EXPERIMENT'],
    ['清洗数据 @陈 #数据 !任务', '清洗数据', '陈晓明', ['数据'], 'TASK'],
    ['全角 ＠陈晓明 ＃数据 ！缺陷', '全角', '陈晓明', ['数据'], 'BUG'],
    // the whole name goes before a part of one
    ['Ask @kim', 'Ask', 'Kim', [], null],
    ['Ask @hopper', 'Ask', 'Grace Hopper', [], null],
    // several fit, or none does
    ['Ask @grace', 'Ask @grace', null, [], null],
    ['See #nothing !soon', 'See #nothing !soon', null, [], null],
    // no shorthand at all
    ['mail a@sofia.example, C#gpu, wow!bug', 'mail a@sofia.example, C#gpu, wow!bug', null, [], null],
    ['two @sofia @hopper !bug !task', 'two @hopper !task', 'Sofia Lindqvist', [], 'BUG'],
    ['twice #gpu #GPU', 'twice', null, ['gpu'], null],
    ['@sofia', '', 'Sofia Lindqvist', [], null],
    ['  spaces   stay   one  ', 'spaces stay one', null, [], null],
  ] as const)('%s', (text, title, assigneeId, labelIds, type) => {
    expect(shorthandIn(text, WORDS)).toEqual({ title, assigneeId, labelIds, type });
  });
});
