import type { FastifyRequest } from 'fastify';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Config } from '../../config.ts';
import { DomainError } from '../domain-error.ts';

/**
 * Routes that are reached by any name: health tells nothing, runners present their secret with every request, and so does who
 * reads metrics where there is a token for it. A page of another site that had itself resolved to this machine has none of these.
 */
const BY_ANY_NAME = /^\/(health|runner)(\/|$)/;
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const HOST = /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i;

/**
 * The names this server answers to. A browser sends the name it was given: one we do not know belongs to a site whose name was
 * made to point here, and that would read with our visitor's rights (DNS rebinding).
 */
export class Hosts {
  private readonly names: ReadonlySet<string>;
  private readonly onlyHere: boolean;
  private readonly origin: string | null;
  private readonly metricsByAnyName: boolean;

  constructor({ host, publicUrl, allowedHosts, metricsToken }: Pick<Config, 'host' | 'publicUrl' | 'allowedHosts' | 'metricsToken'>) {
    const bound = isIP(host) === 6 ? `[${host}]` : host.toLowerCase();
    this.onlyHere = LOOPBACK.test(bound);
    this.origin = publicUrl === null ? null : new URL(publicUrl).origin;
    this.metricsByAnyName = metricsToken !== null;
    const own = this.onlyHere ? [] : [hostname().toLowerCase()];
    const known = publicUrl === null ? [] : [new URL(publicUrl).hostname];
    this.names = new Set([bound, ...own, ...known, ...allowedHosts.map((name) => name.toLowerCase())]);
  }

  /** Whether a request came by a name of ours, on whatever port: a proxy may listen on another. Without Host no browser sent it. */
  knows(host: string | undefined): boolean {
    if (host === undefined) return true;
    const name = nameIn(host);
    if (name === null) return false;
    // Nobody makes a number point elsewhere: by an address of this machine one came here on purpose.
    const isAddress = isIP(name.replace(/^\[|\]$/g, '')) !== 0;
    return LOOPBACK.test(name) || this.names.has(name) || (isAddress && !this.onlyHere);
  }

  /** Whether a page of this origin is ours: the public address's, or of the host it now asks. */
  isOurs(origin: string, host: string | undefined): boolean {
    if (!URL.canParse(origin)) return false;
    const url = new URL(origin);
    return url.origin === this.origin || (/^https?:$/.test(url.protocol) && url.host === hostOf(url.protocol, host));
  }

  demandKnown(request: FastifyRequest): void {
    const { host } = request.headers;
    const route = request.routeOptions.url ?? '';
    if (BY_ANY_NAME.test(route) || (route === '/metrics' && this.metricsByAnyName) || this.knows(host)) return;
    throw new DomainError(
      'HOST_UNKNOWN',
      { host: host ?? '' },
      `This Trainyard is not called ${host}. Say by which address people open it in TRAINYARD_PUBLIC_URL, or add the name to TRAINYARD_ALLOWED_HOSTS.`,
    );
  }

  /** Where pages of ours may connect to, for connect-src: Safari takes 'self' for no socket. */
  sockets(host: string | undefined): string {
    const hosts = [...(this.origin === null ? [] : [new URL(this.origin).host]), ...(host !== undefined && HOST.test(host) ? [host] : [])];
    return [...new Set(hosts)].flatMap((one) => [`ws://${one}`, `wss://${one}`]).join(' ');
  }
}

/** As a browser names it: without the port that is the scheme's own, which proxies pass on at times. */
function hostOf(protocol: string, host: string | undefined): string | null {
  const address = `${protocol}//${host ?? ''}`;
  return host !== undefined && HOST.test(host) && URL.canParse(address) ? new URL(address).host : null;
}

function nameIn(host: string): string | null {
  if (!HOST.test(host)) return null;
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null;
}
