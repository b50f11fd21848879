import { readJUnit } from '../src/delivery/reports/junit.ts';

/**
 * A program that the bench starts: reads a JUnit report of so many MiB and cases, made while it is read, and prints what it took. One case in ten
 * fails; what is left of the bytes is output of each case.
 */
const [mebibytes = 1, cases = 1_000] = process.argv.slice(2).map(Number);
const each = Math.floor((mebibytes * 2 ** 20 - 1_000) / cases);

async function* body(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><testsuites><testsuite name="large" tests="${cases}">`);
  for (let at = 0; at < cases; at += 1_000) {
    await Promise.resolve();
    yield Buffer.from(Array.from({ length: Math.min(1_000, cases - at) }, (_, i) => oneCase(at + i)).join(''));
  }
  yield Buffer.from('</testsuite></testsuites>');
}

function oneCase(number: number): string {
  const failure = number % 10 === 0 ? '<failure message="expected 1 &lt; 2">at C.java:1</failure>' : '';
  const start = `<testcase classname="org.example.shop.Cart${number % 2_000}" name="testAddsItem_${number}" file="src/Cart.java" time="0.0${number % 100}">${failure}<system-out>`;
  return `${start}${'x'.repeat(Math.max(0, each - start.length - 24))}</system-out></testcase>`;
}

const began = performance.now();
const { counts } = await readJUnit(body());
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    seconds: (performance.now() - began) / 1_000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    cases: counts.total,
    failed: counts.FAILED,
    residentMiB: maxRSS / 1_024,
  }),
);
