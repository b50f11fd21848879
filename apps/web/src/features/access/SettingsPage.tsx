export function SettingsPage() {
  return <h1 data-focus-target tabIndex={-1}>SettingsPage</h1>;
}
