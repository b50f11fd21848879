/** Whether the operating system refused with this code, e.g. ENOENT. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

export const isDiskFull = (error: unknown): boolean => hasCode(error, 'ENOSPC', 'EDQUOT');

/** What V8, WebAssembly, TensorFlow, C++, the loader of libraries and the system say when memory runs out. */
const PHRASES =
  /out of memory|\bOOM\b|std::bad_alloc|Memory\.grow|Cannot enlarge memory|memory access out of bounds.*grow|Array buffer allocation failed|Invalid (typed array|array buffer) length|(Failed|Cannot) (to )?allocate memory|failed to map segment|ENOMEM/i;

export const saysOutOfMemory = (text: string): boolean => PHRASES.test(text);
