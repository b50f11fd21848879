export function SetupPage() {
  return <h1 data-focus-target tabIndex={-1}>SetupPage</h1>;
}
