import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { GrowingText } from '../shell/GrowingText.tsx';

export interface TextEditorProps {
  label: string;
  value: string;
  /** Characters; what is more is not cut but said. */
  maxLength: number;
  minRows: number;
  placeholder?: string;
  autoFocus?: boolean;
  readOnly?: boolean;
  onChange: (text: string) => void;
  /** Ctrl or Cmd with Enter. */
  onSave: () => void;
  /** Esc. What was written is kept as a draft. */
  onLeave?: () => void;
}

/** A field for Markdown that grows with its text. */
export function TextEditor({ label, value, maxLength, minRows, placeholder, autoFocus, readOnly, onChange, onSave, onLeave }: TextEditorProps) {
  const { t } = useTranslation(['ticket', 'shell']);
  const format = useFormat();
  const excess = value.length - maxLength;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSave();
    } else if (event.key === 'Escape' && onLeave) {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    }
  };
  return (
    <GrowingText
      aria-label={label}
      value={value}
      error={excess > 0 && t('shell:excess', { count: excess, max: format.number(maxLength) })}
      placeholder={placeholder}
      minRows={minRows}
      maxRows={24}
      autoFocus={autoFocus}
      readOnly={readOnly}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
