import { CloseButton } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { QueryError } from '@trainyard/domain';
import { useRef, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from './suggestions.ts';
import classes from './FilterField.module.css';

export interface FilterFieldProps {
  ref: RefObject<HTMLInputElement | null>;
  id: string;
  text: string;
  placeholder: string;
  errors: readonly QueryError[];
  choices: readonly Suggestion[];
  /** The place of the choice that Enter takes; -1: none. */
  active: number;
  labelOf: (choice: Suggestion) => string;
  onActive: (at: number) => void;
  onType: (text: string, caret: number) => void;
  /** Shows what may stand at that place. */
  onOpen: (caret: number) => void;
  onClose: () => void;
  onChoose: (choice: Suggestion) => void;
  onAsk: () => void;
  onClear: () => void;
}

/** Where a query is typed: what may follow stands below, and what is wrong is underlined where it is wrong. */
export function FilterField(props: FilterFieldProps) {
  const { ref, id, text, placeholder, errors, choices, active, labelOf, onActive, onType, onOpen, onClose, onChoose, onAsk, onClear } = props;
  const { t } = useTranslation('lists');
  const under = useRef<HTMLDivElement>(null);
  const isOpen = choices.length > 0;
  const current = choices[active];

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const caret = event.currentTarget.selectionStart ?? text.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (!isOpen) onOpen(caret);
      else onActive(active < 0 && step < 0 ? choices.length - 1 : (active + step + choices.length) % choices.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (current) onChoose(current);
      else onAsk();
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      onClose();
    }
  };

  return (
    <div className={classes.root}>
      <IconFilter size={14} aria-hidden="true" className={classes.icon} />
      <div ref={under} className={classes.under} aria-hidden="true">
        {marked(text, errors).map(({ part, isWrong }, i) => (isWrong ? <mark key={i}>{part}</mark> : <span key={i}>{part}</span>))}
      </div>
      <input
        ref={ref}
        className={classes.input}
        type="text"
        role="combobox"
        aria-label={t('filter')}
        aria-expanded={isOpen}
        aria-controls={`${id}-choices`}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${id}-${active}` : undefined}
        aria-invalid={errors.length > 0}
        aria-describedby={errors.length > 0 ? `${id}-problems` : undefined}
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        value={text}
        onChange={({ currentTarget }) => onType(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length)}
        onClick={({ currentTarget }) => onOpen(currentTarget.selectionStart ?? text.length)}
        onKeyDown={onKeyDown}
        onBlur={onClose}
        onScroll={({ currentTarget }) => under.current && (under.current.scrollLeft = currentTarget.scrollLeft)}
      />
      {text !== '' && <CloseButton className={classes.clear} size={24} aria-label={t('clear')} onClick={onClear} />}
      <ul id={`${id}-choices`} role="listbox" aria-label={t('choices')} className={classes.choices} hidden={!isOpen}>
        {choices.map((choice, i) => (
          <li
            key={choice.text}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            className={classes.choice}
            ref={i === active ? (shown) => shown?.scrollIntoView({ block: 'nearest' }) : undefined}
            // the field keeps the focus
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => i !== active && onActive(i)}
            onClick={() => onChoose(choice)}
          >
            <span className={classes.text}>{choice.text}</span>
            <span className={classes.label}>
              {choice.kind === 'SORT' ? t(choice.text.startsWith('-') ? 'descending' : 'ascending', { field: labelOf(choice) }) : labelOf(choice)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The text in parts, those that are wrong among them. */
function marked(text: string, errors: readonly QueryError[]): { part: string; isWrong: boolean }[] {
  const parts: { part: string; isWrong: boolean }[] = [];
  let at = 0;
  for (const { start, end } of errors) {
    if (start < at) continue;
    parts.push({ part: text.slice(at, start), isWrong: false });
    // what is missing is marked where it would stand
    parts.push({ part: text.slice(start, end) || ' ', isWrong: true });
    at = Math.max(end, start);
  }
  return [...parts, { part: text.slice(at), isWrong: false }];
}
