export function RunnersPage() {
  return <h1 data-focus-target tabIndex={-1}>RunnersPage</h1>;
}
