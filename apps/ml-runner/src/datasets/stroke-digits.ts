import type { SeededRandom } from '../random/seeded-random.ts';

export const DIGIT_SIZE = 28;

type Point = readonly [x: number, y: number];
/** A pen line through these points, rounded between them; the box is 0..1 with y downwards. */
type Stroke = readonly Point[];

/** An arc of an ellipse as points, angles in turns from the right, clockwise on screen. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Point[] {
  const steps = Math.max(4, Math.ceil(Math.abs(to - from) * 12));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / steps);
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** The ways each digit is written; one is drawn per sample. */
const WRITINGS: Record<number, readonly (readonly Stroke[])[]> = {
  0: [[arc(0.5, 0.5, 0.3, 0.42, -0.25, 0.78)], [arc(0.5, 0.5, 0.22, 0.44, -0.2, 0.82)]],
  1: [
    [
      [
        [0.5, 0.06],
        [0.5, 0.94],
      ],
    ],
    [
      [
        [0.32, 0.25],
        [0.52, 0.07],
        [0.52, 0.94],
      ],
    ],
    [
      [
        [0.34, 0.22],
        [0.52, 0.07],
        [0.5, 0.93],
      ],
      [
        [0.3, 0.93],
        [0.72, 0.93],
      ],
    ],
  ],
  2: [
    [[...arc(0.48, 0.3, 0.26, 0.23, -0.5, 0.08), [0.2, 0.92], [0.82, 0.92]]],
    [[...arc(0.48, 0.28, 0.25, 0.21, -0.48, 0.1), [0.38, 0.78], ...arc(0.3, 0.84, 0.1, 0.08, -0.05, -0.8), [0.5, 0.86], [0.84, 0.9]]],
  ],
  3: [
    [[...arc(0.45, 0.28, 0.25, 0.2, -0.45, 0.22), ...arc(0.45, 0.7, 0.29, 0.23, -0.22, 0.42)]],
    [[[0.22, 0.1], [0.72, 0.1], [0.44, 0.42], ...arc(0.45, 0.68, 0.28, 0.25, -0.2, 0.42)]],
  ],
  4: [
    [
      [
        [0.3, 0.08],
        [0.2, 0.56],
        [0.82, 0.56],
      ],
      [
        [0.64, 0.1],
        [0.62, 0.94],
      ],
    ],
    [
      [
        [0.62, 0.06],
        [0.14, 0.64],
        [0.86, 0.64],
      ],
      [
        [0.62, 0.06],
        [0.62, 0.94],
      ],
    ],
  ],
  5: [
    [[[0.76, 0.1], [0.32, 0.1], [0.28, 0.46], ...arc(0.45, 0.66, 0.28, 0.25, -0.3, 0.42)]],
    [
      [[0.32, 0.1], [0.28, 0.46], ...arc(0.45, 0.66, 0.28, 0.25, -0.3, 0.42)],
      [
        [0.32, 0.1],
        [0.78, 0.08],
      ],
    ],
  ],
  6: [
    [[[0.66, 0.08], [0.4, 0.28], [0.27, 0.6], ...arc(0.49, 0.68, 0.23, 0.23, -0.5, 0.5)]],
    [[[0.55, 0.06], [0.32, 0.4], ...arc(0.5, 0.7, 0.24, 0.21, -0.55, 0.45)]],
  ],
  7: [
    [
      [
        [0.18, 0.1],
        [0.8, 0.1],
        [0.42, 0.94],
      ],
    ],
    [
      [
        [0.18, 0.1],
        [0.8, 0.1],
        [0.42, 0.94],
      ],
      [
        [0.34, 0.5],
        [0.72, 0.5],
      ],
    ],
  ],
  8: [
    [[...arc(0.5, 0.28, 0.22, 0.19, 0.25, 1.25), ...arc(0.5, 0.7, 0.27, 0.23, -0.25, 0.75)]],
    [[...arc(0.5, 0.27, 0.21, 0.19, 0, -0.75), ...arc(0.5, 0.7, 0.26, 0.24, -0.25, 0.75), ...arc(0.5, 0.27, 0.21, 0.19, 0.25, 0)]],
  ],
  9: [
    [[...arc(0.48, 0.32, 0.24, 0.23, 0, -1), [0.7, 0.6], [0.58, 0.94]]],
    [[...arc(0.48, 0.32, 0.25, 0.24, 0, -1), [0.71, 0.7], ...arc(0.48, 0.72, 0.22, 0.2, 0.05, 0.4)]],
  ],
};

/**
 * Draws one digit as a pen would: a writing of it, its points jittered, turned, slanted, stretched and moved, in a pen of random
 * width, smoothed to grey at the edges.
 * @param into DIGIT_SIZE x DIGIT_SIZE bytes, all 0: 0 is paper, 255 ink
 */
export function drawDigit(digit: number, into: Uint8Array, random: SeededRandom): void {
  const writings = WRITINGS[digit]!;
  const strokes = writings[random.below(writings.length)]!;
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const turn = between(-0.22, 0.22);
  const slant = between(-0.3, 0.22);
  const width = between(13, 19);
  const height = between(17, 21);
  const [left, top] = [DIGIT_SIZE / 2 + between(-2.2, 2.2), DIGIT_SIZE / 2 + between(-2.2, 2.2)];
  const pen = between(0.8, 1.7);
  const jitter = between(0.01, 0.035);
  const place = ([x, y]: Point): Point => {
    const across = (x - 0.5 + jitter * random.normal()) * width;
    const down = (y - 0.5 + jitter * random.normal()) * height;
    const slanted = across - slant * down;
    return [left + slanted * Math.cos(turn) - down * Math.sin(turn), top + slanted * Math.sin(turn) + down * Math.cos(turn)];
  };
  for (const stroke of strokes) {
    const points = stroke.map(place);
    for (let i = 1; i < points.length; i++) drawSegment(into, points[i - 1]!, points[i]!, pen);
  }
}

/** Inks each pixel by its distance to the segment: full within the pen's radius, fading over one pixel. */
function drawSegment(into: Uint8Array, [ax, ay]: Point, [bx, by]: Point, pen: number): void {
  const reach = pen + 1;
  const clamp = (value: number): number => Math.max(0, Math.min(DIGIT_SIZE - 1, value));
  const [xFrom, xTo] = [clamp(Math.floor(Math.min(ax, bx) - reach)), clamp(Math.ceil(Math.max(ax, bx) + reach))];
  const [yFrom, yTo] = [clamp(Math.floor(Math.min(ay, by) - reach)), clamp(Math.ceil(Math.max(ay, by) + reach))];
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  for (let y = yFrom; y <= yTo; y++) {
    for (let x = xFrom; x <= xTo; x++) {
      const along = squared > 0 ? Math.max(0, Math.min(1, ((x + 0.5 - ax) * dx + (y + 0.5 - ay) * dy) / squared)) : 0;
      const distance = Math.hypot(x + 0.5 - ax - along * dx, y + 0.5 - ay - along * dy);
      const ink = Math.round(255 * Math.max(0, Math.min(1, pen + 0.5 - distance)));
      const at = y * DIGIT_SIZE + x;
      if (ink > into[at]!) into[at] = ink;
    }
  }
}
