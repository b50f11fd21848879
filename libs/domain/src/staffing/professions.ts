/** The three groups of professions. */
export const PROFESSION_GROUPS = ['CORE_RND', 'TECHNICAL_SUPPORT', 'PROJECT_MANAGEMENT'] as const;
export type ProfessionGroup = (typeof PROFESSION_GROUPS)[number];

/** Of a profession, in each language. */
export const PROFESSION_NAME_MAX = 80;

/** The professions every organisation starts with; administrators add more. */
export const PROFESSIONS = [
  { key: 'DATA_SCIENTIST', group: 'CORE_RND', nameEn: 'Data scientist', nameZh: '数据科学家' },
  { key: 'ML_ENGINEER', group: 'CORE_RND', nameEn: 'Machine-learning engineer', nameZh: '机器学习工程师' },
  { key: 'ALGORITHM_ENGINEER', group: 'CORE_RND', nameEn: 'Algorithm engineer', nameZh: '算法工程师' },
  { key: 'OPERATIONS_ENGINEER', group: 'TECHNICAL_SUPPORT', nameEn: 'Operations engineer', nameZh: '运维工程师' },
  { key: 'FRONT_END_ENGINEER', group: 'TECHNICAL_SUPPORT', nameEn: 'Front-end engineer', nameZh: '前端工程师' },
  { key: 'BACK_END_ENGINEER', group: 'TECHNICAL_SUPPORT', nameEn: 'Back-end engineer', nameZh: '后端工程师' },
  { key: 'PROJECT_MANAGER', group: 'PROJECT_MANAGEMENT', nameEn: 'Project manager', nameZh: '项目经理' },
  { key: 'PRODUCT_MANAGER', group: 'PROJECT_MANAGEMENT', nameEn: 'Product manager', nameZh: '产品经理' },
  { key: 'TEST_ENGINEER', group: 'PROJECT_MANAGEMENT', nameEn: 'Test engineer', nameZh: '测试工程师' },
] as const satisfies readonly { key: string; group: ProfessionGroup; nameEn: string; nameZh: string }[];
