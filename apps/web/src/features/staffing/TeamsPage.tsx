export function TeamsPage() {
  return <h1 data-focus-target tabIndex={-1}>TeamsPage</h1>;
}
