import { useEffect, useRef } from 'react';
import classes from './DigitImage.module.css';

export interface DigitImageProps {
  /** Base64 of rows x columns grey bytes, row by row; 0 is paper, 255 is ink. */
  pixels: string;
  rows: number;
  columns: number;
  /** CSS pixels per sample pixel. */
  scale?: number;
  label: string;
}

/** One grey picture of a dataset, drawn as it is: no smoothing, so that what is seen is what is trained on. */
export function DigitImage({ pixels, rows, columns, scale = 2, label }: DigitImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) context.putImageData(greyImage(pixels, rows, columns), 0, 0);
  }, [pixels, rows, columns]);
  return (
    <canvas
      ref={canvas}
      className={classes.root}
      width={columns}
      height={rows}
      style={{ width: columns * scale, height: rows * scale }}
      role="img"
      aria-label={label}
    />
  );
}

/** Black paper and white ink, as such datasets are kept; bytes missing at the end stay black. */
function greyImage(pixels: string, rows: number, columns: number): ImageData {
  const image = new ImageData(columns, rows);
  const bytes = atob(pixels);
  for (let i = 0; i < rows * columns; i++) {
    const grey = i < bytes.length ? bytes.charCodeAt(i) : 0;
    image.data.fill(grey, i * 4, i * 4 + 3);
    image.data[i * 4 + 3] = 255;
  }
  return image;
}
