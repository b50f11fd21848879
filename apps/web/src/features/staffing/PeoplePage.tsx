export function PeoplePage() {
  return <h1 data-focus-target tabIndex={-1}>PeoplePage</h1>;
}
