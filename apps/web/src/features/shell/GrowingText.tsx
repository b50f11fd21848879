import { Textarea, type TextareaProps } from '@mantine/core';
import classes from './GrowingText.module.css';

/** Where the browser does it, no line has to be measured in the page: that costs a layout for every field that is drawn. */
const GROWS = 'fieldSizing' in document.documentElement.style;

export interface GrowingTextProps extends Omit<TextareaProps, 'autosize' | 'classNames' | 'styles' | 'rows'> {
  minRows: number;
  maxRows: number;
}

/** A field of several lines that grows with its text. */
export function GrowingText({ minRows, maxRows, ...props }: GrowingTextProps) {
  if (!GROWS) return <Textarea {...props} autosize minRows={minRows} maxRows={maxRows} />;
  return <Textarea {...props} classNames={{ input: classes.field }} styles={{ input: { '--rows-min': minRows, '--rows-max': maxRows } }} />;
}
