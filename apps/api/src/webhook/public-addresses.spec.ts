import { BlockList } from 'node:net';
import { literalOf, mayReach } from './public-addresses.ts';

const none = new BlockList();

it.each([
  ['this network', '0.0.0.0'],
  ['private, 10', '10.1.2.3'],
  ['CGNAT', '100.64.0.1'],
  ['loopback', '127.0.0.1'],
  ['all of loopback', '127.255.255.254'],
  ['link-local', '169.254.1.1'],
  ['metadata', '169.254.169.254'],
  ['private, 172.16', '172.31.255.255'],
  ['private, 192.168', '192.168.0.1'],
  ['documentation', '203.0.113.7'],
  ['benchmarking', '198.19.0.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified, IPv6', '::'],
  ['loopback, IPv6', '::1'],
  ['loopback mapped', '::ffff:127.0.0.1'],
  ['loopback mapped, in hexadecimal', '::ffff:7f00:1'],
  ['private mapped, written whole', '0:0:0:0:0:ffff:0a01:0203'],
  ['metadata mapped', '::ffff:169.254.169.254'],
  ['loopback, IPv4-compatible', '::127.0.0.1'],
  ['NAT64', '64:ff9b::7f00:1'],
  ['NAT64 of a network of its own', '64:ff9b:1::a00:1'],
  ['ULA', 'fd00::1'],
  ['metadata, IPv6', 'fd00:ec2::254'],
  ['link-local, IPv6', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'],
  ['multicast, IPv6', 'ff02::1'],
  ['6to4 of loopback', '2002:7f00:1::1'],
  ['Teredo', '2001::1'],
  ['documentation, IPv6', '2001:db8::1'],
  ['no address', 'example.org'],
])('%s is not reached: %s', (_, address) => {
  expect(mayReach(address, none)).toBe(false);
});

it.each(['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '172.15.255.255', '172.32.0.0', '2606:4700::1111', '::ffff:1.1.1.1'])(
  '%s is public',
  (address) => {
    expect(mayReach(address, none)).toBe(true);
  },
);

it('reaches private networks that were allowed, and no others', () => {
  const allowed = new BlockList();
  allowed.addSubnet('10.0.0.0', 8, 'ipv4');
  allowed.addSubnet('fd00::', 8, 'ipv6');
  expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1', '127.0.0.1', '192.168.0.1', '::1'].map((address) => mayReach(address, allowed))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('sees an address in a host, however it is written, and none in a name', () => {
  expect(['http://2130706433/', 'http://0x7f.1:80/', 'http://[::1]/', 'http://127.0.0.1.example.org/'].map((url) => literalOf(new URL(url)))).toEqual([
    '127.0.0.1',
    '127.0.0.1',
    '::1',
    null,
  ]);
});
