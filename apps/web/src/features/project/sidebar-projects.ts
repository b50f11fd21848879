/** As many stand in the sidebar without being pinned: more is a list, and has a page of its own. */
const UNPINNED = 7;

/**
 * The projects of the sidebar: those that are pinned, then those of the last visits, and where there were few, others. Both by
 * name: who opens one does not see it jump under the pointer.
 */
export function sidebarProjects<P extends { key: string; name: string; isPinned: boolean }>(projects: readonly P[], recent: readonly string[]): P[] {
  const byName = projects.toSorted((a, b) => a.name.localeCompare(b.name));
  const others = byName.filter(({ isPinned }) => !isPinned);
  const rank = ({ key }: P): number => (recent.includes(key) ? recent.indexOf(key) : recent.length);
  const shown = new Set(others.toSorted((a, b) => rank(a) - rank(b)).slice(0, UNPINNED));
  return [...byName.filter(({ isPinned }) => isPinned), ...others.filter((project) => shown.has(project))];
}
