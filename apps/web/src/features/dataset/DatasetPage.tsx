export function DatasetPage() {
  return <h1 data-focus-target tabIndex={-1}>DatasetPage</h1>;
}
