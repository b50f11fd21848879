export function SignInPage() {
  return <h1 data-focus-target tabIndex={-1}>SignInPage</h1>;
}
