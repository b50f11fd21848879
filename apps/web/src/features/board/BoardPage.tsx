export function BoardPage() {
  return <h1 data-focus-target tabIndex={-1}>BoardPage</h1>;
}
