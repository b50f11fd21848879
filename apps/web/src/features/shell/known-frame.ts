/** The same key as in boot.js, which draws the frame before anything of it has arrived. */
const STORAGE_KEY = 'trainyard.frame';

/** Somebody is signed in here: the next page begins with the frame. */
export const rememberFrame = (): void => localStorage.setItem(STORAGE_KEY, '1');
export const forgetFrame = (): void => localStorage.removeItem(STORAGE_KEY);
