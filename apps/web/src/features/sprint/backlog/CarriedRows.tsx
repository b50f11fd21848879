import type { Signal } from '../../shell/signal.ts';

/** Shows which rows are carried. By a rule of style: a row that comes into sight while it is carried needs to know nothing. */
export function CarriedRows({ signal }: { signal: Signal<ReadonlySet<string>> }) {
  const rows = [...signal.use()].map((id) => `tr[data-row="${id}"]`);
  return rows.length > 0 && <style>{`${rows.join()} { opacity: 0.5; }`}</style>;
}
