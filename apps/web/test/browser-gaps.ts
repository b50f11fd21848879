/** What jsdom lacks and the components need. Runs before anything is imported. */
import { DecompressionStream } from 'node:stream/web';
import { TextDecoder, TextEncoder } from 'node:util';

globalThis.TextEncoder ??= TextEncoder;
globalThis.TextDecoder ??= TextDecoder as typeof globalThis.TextDecoder;
globalThis.DecompressionStream ??= DecompressionStream as typeof globalThis.DecompressionStream;

window.matchMedia ??= (query: string): MediaQueryList => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
});

class NoResizes implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
window.ResizeObserver ??= NoResizes;

class NoIntersections implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds: readonly number[] = [];
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}
window.IntersectionObserver ??= NoIntersections;

// enough for ids, which need no escaping
globalThis.CSS ??= { escape: (text: string) => text } as typeof CSS;

// jsdom has this one, and all it does is complain
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;
HTMLElement.prototype.scrollTo ??= () => undefined;

// a growing text field measures again when a font has come
if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() });

// a canvas that takes whatever is drawn; what it looks like is seen in a real browser
const drawn = new Proxy({}, { get: () => () => ({ width: 0 }), set: () => true });
Object.assign(HTMLCanvasElement.prototype, { getContext: () => drawn });
class NoPath implements Path2D {
  addPath(): void {}
  arc(): void {}
  arcTo(): void {}
  bezierCurveTo(): void {}
  closePath(): void {}
  ellipse(): void {}
  lineTo(): void {}
  moveTo(): void {}
  quadraticCurveTo(): void {}
  rect(): void {}
  roundRect(): void {}
}
globalThis.Path2D ??= NoPath;
