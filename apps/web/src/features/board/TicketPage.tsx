export function TicketPage() {
  return <h1 data-focus-target tabIndex={-1}>TicketPage</h1>;
}
