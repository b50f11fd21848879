/** Since when runners could renew their leases without a pause, and when last: an api notes it while it answers. By the clock that sets the leases. */
export interface LeaseWatch {
  since: Date;
  last: Date;
}

/** The watch after another note. A pause of more than half a lease (an api or a database that was away, a machine that slept) begins it anew. */
export function keepWatch(watch: LeaseWatch, now: Date, leaseSeconds: number): LeaseWatch {
  return { since: isUnbroken(watch, now, leaseSeconds) ? watch.since : now, last: now };
}

/** A lease that has run out says that its runner is lost only when all who live had a whole lease to renew, and still could. */
export function mayReap(watch: LeaseWatch, now: Date, leaseSeconds: number): boolean {
  return isUnbroken(watch, now, leaseSeconds) && watch.last.getTime() - watch.since.getTime() >= leaseSeconds * 1000;
}

function isUnbroken({ last }: LeaseWatch, now: Date, leaseSeconds: number): boolean {
  const pause = now.getTime() - last.getTime();
  return pause >= 0 && pause <= (leaseSeconds * 1000) / 2;
}
