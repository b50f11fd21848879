/** What an element looks like that a stylesheet says, and that a picture has to say itself. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'paint-order'],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'font-variant-numeric'],
] as const;
const NS = 'http://www.w3.org/2000/svg';
const PAD = 16;
const LINE = 18;
/** Pixels of the picture for one of the screen. */
const SHARP = 2;

export interface PictureWords {
  title: string;
  /** Below the title: of what project it is, and of which moment. */
  lines: readonly string[];
  /** The legend: what is drawn how. */
  legend: readonly { name: string; color: string; dash: readonly number[]; sign: 'LINE' | 'AREA' | 'DOT' }[];
}

/** The drawing with its title and legend, as an SVG that stands for itself. @param element as it is shown: what it looks like is read from there */
export function chartPicture(element: SVGSVGElement, { title, lines, legend }: PictureWords): SVGSVGElement {
  const { width, height } = { width: Number(element.getAttribute('width')), height: Number(element.getAttribute('height')) };
  const page = getComputedStyle(document.body);
  const colors = { text: page.color, page: page.backgroundColor };
  const font = page.fontFamily;
  const head = PAD + 22 + lines.length * LINE + 8;
  const rows = legendRows(legend, width);
  const picture = document.createElementNS(NS, 'svg');
  const total = { width: width + 2 * PAD, height: head + height + rows.length * LINE + 2 * PAD };
  for (const [name, value] of Object.entries({ width: total.width, height: total.height, viewBox: `0 0 ${total.width} ${total.height}` }))
    picture.setAttribute(name, String(value));
  const add = (tag: string, attributes: Record<string, string | number>, text?: string): SVGElement => {
    const made = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    if (text !== undefined) made.textContent = text;
    picture.append(made);
    return made;
  };
  const words = { 'font-family': font, fill: colors.text };
  add('rect', { width: total.width, height: total.height, fill: colors.page });
  add('text', { x: PAD, y: PAD + 14, 'font-size': 16, 'font-weight': 600, ...words }, title);
  lines.forEach((line, i) => add('text', { x: PAD, y: PAD + 14 + (i + 1) * LINE, 'font-size': 12, 'fill-opacity': 0.75, ...words }, line));
  const drawing = styledCopy(element);
  drawing.setAttribute('x', String(PAD));
  drawing.setAttribute('y', String(head));
  picture.append(drawing);
  rows.forEach((row, i) => {
    const y = head + height + PAD + i * LINE;
    for (const { name, color, dash, sign, x } of row) {
      const stroke = page.getPropertyValue(color).trim() || colors.text;
      if (sign === 'DOT') add('circle', { cx: PAD + x + 10, cy: y, r: 4.5, fill: stroke });
      else if (sign === 'AREA') add('rect', { x: PAD + x, y: y - 5, width: 20, height: 10, fill: stroke, 'fill-opacity': 0.35, stroke });
      else add('line', { x1: PAD + x, x2: PAD + x + 20, y1: y, y2: y, stroke, 'stroke-width': 2, 'stroke-dasharray': dash.join(' ') });
      add('text', { x: PAD + x + 26, y: y + 4, 'font-size': 12, ...words }, name);
    }
  });
  return picture;
}

function legendRows(legend: PictureWords['legend'], width: number): (PictureWords['legend'][number] & { x: number })[][] {
  const rows: (PictureWords['legend'][number] & { x: number })[][] = [];
  let x = 0;
  for (const entry of legend) {
    const wide = 26 + [...entry.name].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e80 ? 12.5 : 6.8), 0) + 18;
    if (rows.length === 0 || x + wide > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ ...entry, x });
    x += wide;
  }
  return rows;
}

function styledCopy(element: SVGSVGElement): SVGSVGElement {
  const copy = element.cloneNode(true) as SVGSVGElement;
  const [shown, copied] = [element.querySelectorAll('*'), copy.querySelectorAll('*')];
  shown.forEach((one, i) => {
    const style = getComputedStyle(one);
    const target = copied[i] as SVGElement;
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      // what is filled by a pattern keeps the address of it
      if (value !== '' && !one.getAttribute(name)?.startsWith('url(')) target.style.setProperty(name, value);
    }
    target.removeAttribute('class');
  });
  return copy;
}

/** The picture as a PNG, twice as sharp as the screen. */
export async function pngOf(picture: SVGSVGElement): Promise<Blob> {
  const { width, height } = { width: Number(picture.getAttribute('width')), height: Number(picture.getAttribute('height')) };
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * SHARP);
  canvas.height = Math.ceil(height * SHARP);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no picture');
  context.scale(SHARP, SHARP);
  context.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser makes no PNG'))), 'image/png'));
}
