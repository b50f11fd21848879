export function ProjectsPage() {
  return <h1 data-focus-target tabIndex={-1}>ProjectsPage</h1>;
}
