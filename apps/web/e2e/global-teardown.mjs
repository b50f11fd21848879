/** Ends what global-setup.mjs started. */
export default async function end() {
  await globalThis.trainyardOnStage?.trainyard?.stop();
  globalThis.trainyardOnStage?.home.remove();
}
