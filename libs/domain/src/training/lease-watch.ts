/** Since when whoever reaps has looked at leases without a pause, and when last. By the clock that sets the leases. */
export interface LeaseWatch {
  since: Date;
  last: Date;
}

/**
 * The watch after another look. A pause of more than half a lease (a sleeping machine, a database that was away, a process
 * just started) begins it anew: runners could not renew meanwhile either, or nobody would have seen it.
 */
export function keepWatch(watch: LeaseWatch | null, now: Date, leaseSeconds: number): LeaseWatch {
  const pause = watch === null ? Infinity : now.getTime() - watch.last.getTime();
  const unbroken = watch !== null && pause >= 0 && pause <= (leaseSeconds * 1000) / 2;
  return { since: unbroken ? watch.since : now, last: now };
}

/** A lease that has run out says that its runner is lost only to who has watched for a whole lease: time to renew for all who live. */
export function mayReap({ since, last }: LeaseWatch, leaseSeconds: number): boolean {
  return last.getTime() - since.getTime() >= leaseSeconds * 1000;
}
