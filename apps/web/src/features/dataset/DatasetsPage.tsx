export function DatasetsPage() {
  return <h1 data-focus-target tabIndex={-1}>DatasetsPage</h1>;
}
