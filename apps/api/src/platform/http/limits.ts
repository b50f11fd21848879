import type { FastifyRequest } from 'fastify';
import { isIP } from 'node:net';
import { DomainError } from '../domain-error.ts';

/** What one person, one address and one connection may take of this server. Each has its variable (config.ts). */
export interface Limits {
  /** Connections at once from one address; the machine itself, where a proxy speaks for many, is not counted. */
  connectionsPerAddress: number;
  socketsPerPerson: number;
  socketsPerAddress: number;
  subscriptionsPerSocket: number;
  subscriptionsPerPerson: number;
  /** A socket that follows nothing is closed after this long. */
  socketIdleSeconds: number;
  /** Heads of requests, the first word on a socket, and each further piece of a body must come within this. */
  waitSeconds: number;
  /** GraphQL requests under way at once of one person's browsers, or of one token, until their answers are read; more wait for their turn. */
  requestsPerPerson: number;
  /** Files that one person sends at once. The form of a dataset sends four. */
  uploadsPerPerson: number;
  /** Requests of people not signed in, from one address, in one minute. */
  strangersPerMinute: number;
}

/** A team of fifty behind one address has 300 sockets when everybody keeps six tabs open, and signs in with 250 requests. */
export const DEFAULT_LIMITS: Limits = {
  connectionsPerAddress: 2_000,
  socketsPerPerson: 60,
  socketsPerAddress: 1_000,
  subscriptionsPerSocket: 50,
  subscriptionsPerPerson: 300,
  socketIdleSeconds: 120,
  waitSeconds: 15,
  requestsPerPerson: 12,
  uploadsPerPerson: 20,
  strangersPerMinute: 600,
};

/** Counts what is open by whom; `take` answers the way to give back, or null where `limit` are open. */
export class OpenCounts {
  private readonly open = new Map<string, number>();

  take(key: string, limit: number): (() => void) | null {
    const now = this.open.get(key) ?? 0;
    if (now >= limit) return null;
    this.open.set(key, now + 1);
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      const left = (this.open.get(key) ?? 1) - 1;
      if (left > 0) this.open.set(key, left);
      else this.open.delete(key);
    };
  }

  /** Receives a file of theirs; throws TOO_MANY_CONNECTIONS {limit, reason: UPLOADS} where that many are under way. */
  async receive<T>(userId: string, limit: number, work: () => Promise<T>): Promise<T> {
    const giveBack = this.take(userId, limit);
    if (!giveBack) throw new DomainError('TOO_MANY_CONNECTIONS', { limit, reason: 'UPLOADS' });
    try {
      return await work();
    } finally {
      giveBack();
    }
  }
}

/** Addresses remembered; beyond, those not heard of for longest are forgotten. */
const ADDRESSES_KEPT = 10_000;

/** So many a minute for each key, and as many at once. */
export class Rate {
  private readonly buckets = new Map<string, { left: number; at: number }>();

  constructor(private readonly perMinute: number) {}

  /** Takes one more at `now` (milliseconds): 0 where it is allowed, else the seconds until one is. */
  secondsToWait(key: string, now: number): number {
    const bucket = this.buckets.get(key) ?? { left: this.perMinute, at: now };
    const left = Math.min(this.perMinute, bucket.left + ((now - bucket.at) / 60_000) * this.perMinute);
    this.buckets.delete(key);
    this.buckets.set(key, { left: Math.max(0, left - 1), at: now });
    if (this.buckets.size > ADDRESSES_KEPT) this.buckets.delete(this.buckets.keys().next().value as string);
    return left >= 1 ? 0 : Math.max(1, Math.ceil(((1 - left) / this.perMinute) * 60));
  }
}

/** From where a request came. What a proxy says of that is whatever it was sent: a port stands behind it at times, or no address at all. */
export function addressOf({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  if (isIP(ip) !== 0) return ip;
  const bare = /^\[(.+)\](?::\d+)?$/.exec(ip)?.[1] ?? /^([\d.]+):\d+$/.exec(ip)?.[1] ?? '';
  return isIP(bare) !== 0 ? bare : (socket.remoteAddress ?? '');
}

/** An address as limits count it, however it is spelled: of IPv6 the network a house is given, for it has as many addresses as it likes. */
export function countedAddress(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) !== 6) return address;
  // A URL has the one spelling of RFC 5952, but for an IPv4 address in it, which it writes as two groups.
  const [head = '', tail = ''] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [head, tail].map((part) => (part === '' ? [] : part.split(':'))) as [string[], string[]];
  const groups = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return groups.slice(6).flatMap(bytesOf).join('.');
  return `${groups.slice(0, 4).join(':')}::/64`;
}

const bytesOf = (group: string): number[] => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff];
