export function TeamPage() {
  return <h1 data-focus-target tabIndex={-1}>TeamPage</h1>;
}
