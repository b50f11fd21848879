export function RunPage() {
  return <h1 data-focus-target tabIndex={-1}>RunPage</h1>;
}
