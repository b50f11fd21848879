/** Stops the server global-setup.mjs started; one it found running is left. */
export default async function tearDown() {
  await globalThis.trainyardTestPostgres?.stop();
}
