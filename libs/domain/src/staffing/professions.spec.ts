import { PROFESSIONS, PROFESSION_GROUPS, PROFESSION_NAME_MAX } from './professions.ts';

/** As an organisation finds them at its start, in both languages. */
const EXPECTED = {
  CORE_RND: [
    'DATA_SCIENTIST Data scientist 数据科学家',
    'ML_ENGINEER Machine-learning engineer 机器学习工程师',
    'ALGORITHM_ENGINEER Algorithm engineer 算法工程师',
  ],
  TECHNICAL_SUPPORT: [
    'OPERATIONS_ENGINEER Operations engineer 运维工程师',
    'FRONT_END_ENGINEER Front-end engineer 前端工程师',
    'BACK_END_ENGINEER Back-end engineer 后端工程师',
  ],
  PROJECT_MANAGEMENT: ['PROJECT_MANAGER Project manager 项目经理', 'PRODUCT_MANAGER Product manager 产品经理', 'TEST_ENGINEER Test engineer 测试工程师'],
};

it('holds the professions of each group, under both their names', () => {
  expect(
    Object.fromEntries(
      PROFESSION_GROUPS.map((group) => [
        group,
        PROFESSIONS.filter((role) => role.group === group).map(({ key, nameEn, nameZh }) => `${key} ${nameEn} ${nameZh}`),
      ]),
    ),
  ).toEqual(EXPECTED);
  expect(PROFESSIONS).toHaveLength(9);
});

it('tells each from the others, by names that fit', () => {
  for (const field of ['key', 'nameEn', 'nameZh'] as const) expect(new Set(PROFESSIONS.map((role) => role[field])).size).toBe(PROFESSIONS.length);
  for (const { nameEn, nameZh } of PROFESSIONS) expect(Math.max(nameEn.length, nameZh.length)).toBeLessThanOrEqual(PROFESSION_NAME_MAX);
});
