import { sidebarProjects } from './sidebar-projects.ts';

const project = (key: string, isPinned = false) => ({ key, name: `Project ${key}`, isPinned });
const keys = (projects: readonly { key: string }[]): string => projects.map(({ key }) => key).join(' ');

describe('the projects of the sidebar', () => {
  it('are all there where they are few, by name, those pinned first', () => {
    expect(keys(sidebarProjects([project('C', true), project('B'), project('A')], ['B']))).toBe('C A B');
  });

  it('are those of the last visits where they are many, and do not change places by a visit', () => {
    const many = [...'ABCDEFGHIJKL'].map((key) => project(key, key === 'L'));
    expect(keys(sidebarProjects(many, ['K', 'J', 'I', 'gone']))).toBe('L A B C D I J K');
    expect(keys(sidebarProjects(many, ['I', 'J', 'K']))).toBe('L A B C D I J K');
  });

  it('keep every pinned one', () => {
    const pinned = [...'ABCDEFGHIJKL'].map((key) => project(key, true));
    expect(sidebarProjects(pinned, [])).toHaveLength(12);
  });
});
