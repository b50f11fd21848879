import { BlockList, isIP, isIPv6 } from 'node:net';

/** What IANA's registries of special-purpose IPv4 addresses keep from the public internet, and multicast. */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Of IPv6 only 2000::/3 is public; these parts of it are not, or hold an IPv4 address that would be reached instead (6to4, Teredo). */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const listOf = (networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
};
const special4 = listOf(SPECIAL_V4, 'ipv4');
const special6 = listOf(SPECIAL_V6, 'ipv6');
const public6 = listOf(['2000::/3'], 'ipv6');
const mapped = listOf(['::ffff:0:0/96'], 'ipv6');

/** The IPv4 address within an IPv6-mapped one (::ffff:a.b.c.d), however it is written. */
function unmapped(address: string): string {
  if (!isIPv6(address) || !mapped.check(address, 'ipv6')) return address;
  const [high = '', low = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2);
  const number = parseInt(high, 16) * 0x1_0000 + parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}

/** Whether webhooks may be sent to this address: a public one, or one of a network that was allowed. */
export function mayReach(address: string, allowed: BlockList): boolean {
  const plain = unmapped(address.split('%')[0] ?? '');
  switch (isIP(plain)) {
    case 4:
      return allowed.check(plain, 'ipv4') || !special4.check(plain, 'ipv4');
    case 6:
      return allowed.check(plain, 'ipv6') || (public6.check(plain, 'ipv6') && !special6.check(plain, 'ipv6'));
    default:
      return false;
  }
}

/** The address that stands in a URL's host by itself; null for a name. */
export function literalOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}
