/** Stops the server global-setup.ts started; one it found running is left. */
export default async function tearDown(): Promise<void> {
  await globalThis.trainyardTestPostgres?.stop();
}
