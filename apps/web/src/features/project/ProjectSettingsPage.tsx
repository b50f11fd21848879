export function ProjectSettingsPage() {
  return <h1 data-focus-target tabIndex={-1}>ProjectSettingsPage</h1>;
}
