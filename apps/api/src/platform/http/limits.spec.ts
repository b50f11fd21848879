import { countedAddress } from './limits.ts';

it.each([
  ['an address of IPv4 by itself', '198.51.100.7', '198.51.100.7'],
  ['one that IPv6 carries', '::ffff:198.51.100.7', '198.51.100.7'],
  ['the same in hexadecimal, and in capitals', '::FFFF:c633:6407', '198.51.100.7'],
  ['a house by its network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['the same house at another address', '2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['the same house, spelled with zeros and capitals', '2001:0DB8:0001:0002:0:0:0:0009', '2001:db8:1:2::/64'],
  ['what is left out within the network', '2001:db8::a:b:c:d:e', '2001:db8:0:a::/64'],
  ['what is left out at the beginning', '::5:6:7:8:9', '0:0:0:5::/64'],
  ['this machine', '::1', '0:0:0:0::/64'],
  ['a network card behind it', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['nothing that is no address', '', ''],
])('counts %s', (_, address, counted) => {
  expect(countedAddress(address)).toBe(counted);
});
