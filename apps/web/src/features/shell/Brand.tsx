import classes from './Brand.module.css';

/** The mark and the name; `name` is the organisation's once somebody is signed in. */
export function Brand({ name = 'Trainyard', large }: { name?: string; large?: boolean }) {
  return (
    <span className={classes.brand} data-large={large || undefined}>
      <svg viewBox="0 0 32 32" aria-hidden="true" className={classes.mark}>
        <rect width="32" height="32" rx="7" />
        <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
          <path d="M7 23h18" />
          <path d="M7 16h6.5c4.5 0 4.5-7 9-7H25" />
          <path d="M13.5 16H25" opacity=".55" />
        </g>
      </svg>
      <span className={classes.name}>{name}</span>
    </span>
  );
}
