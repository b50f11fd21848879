import type { FieldSpecs, QueryError } from '@trainyard/domain';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterChips } from './FilterChips.tsx';
import { FilterField } from './FilterField.tsx';
import { FilterProblems } from './FilterProblems.tsx';
import type { ListWords } from './list-words.ts';
import { suggestionsAt, withChoice, type NamesByField, type Suggestion, type Suggestions } from './suggestions.ts';
import { useFilterText } from './useFilterText.ts';
import classes from './FilterBar.module.css';

export interface FilterBarProps {
  fields: FieldSpecs;
  words: ListWords;
  /** What can be chosen from. */
  names: NamesByField;
  example: string;
  /** The query that is asked for. */
  asked: string;
  /** @param typing a further step of the same writing */
  onAsk: (text: string, typing: boolean) => void;
  /** In one line, among other things: its conditions stand elsewhere, and what is wrong lies over what follows. */
  inline?: boolean;
}

/** A query as text with its choices, its faults and its conditions. Text and chips are one thing. */
export function FilterBar({ fields, words, names, example, asked, onAsk, inline }: FilterBarProps) {
  const { t } = useTranslation('lists');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const labelOf = (choice: Suggestion): string => {
    if (choice.kind === 'FIELD' || choice.kind === 'SORT') return choice.field === 'sort' ? t('sort') : words.field(choice.field);
    if (choice.word === null) return '';
    return choice.word === 'NONE' || choice.word === 'ME' ? t(`value.${choice.word}`) : words.word(choice.field, choice.word);
  };
  const found = (text: string) => (caret === null ? null : suggestionsAt(text, caret, fields, names, labelOf));
  const choicesIn = (here: Suggestions | null): Suggestion[] => here?.choices.filter(({ text }) => text !== here.typed) ?? [];
  // behind a space nothing has been begun: what stands there is asked for, whatever is offered
  const isChoosing = (here: Suggestions | null): boolean => here !== null && here.typed !== '' && choicesIn(here).length > 0;
  const filter = useFilterText(fields, asked, (text) => isChoosing(found(text)), onAsk);
  const { text, parsed, isSettled } = filter;
  const here = found(text);
  const choices = choicesIn(here);
  const errors = useMemo(() => (parsed.ok ? [] : parsed.errors), [parsed]);
  const told = isSettled && choices.length === 0 ? errors : [];

  const close = (): void => {
    setCaret(null);
    setActive(-1);
  };
  const type = (next: string, at: number): void => {
    filter.type(next);
    setCaret(at);
    setActive(-1);
  };
  /** Where the caret goes once the field shows the text that was chosen: with it, for the next key may come before a frame is drawn. */
  const caretAfter = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caretAfter.current !== null) input.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });
  const select = (start: number, end: number): void => {
    input.current?.focus();
    input.current?.setSelectionRange(start, end);
  };
  const choose = (choice: Suggestion): void => {
    if (!here) return;
    const next = withChoice(text, here, choice);
    if (choice.kind === 'FIELD') type(next.text, next.caret);
    else {
      filter.ask(next.text);
      close();
    }
    caretAfter.current = next.caret;
    input.current?.focus();
  };
  const ask = (next: string): void => {
    filter.ask(next);
    close();
  };
  const mend = ({ start, end }: QueryError, suggestion: string): void => ask(text.slice(0, start) + suggestion + text.slice(end));

  return (
    <div role="search" className={classes.root} data-inline={inline || undefined}>
      <FilterField
        ref={input}
        id={id}
        text={text}
        placeholder={t('placeholder', { example })}
        errors={told}
        choices={choices}
        active={active}
        labelOf={labelOf}
        onActive={setActive}
        onType={type}
        onOpen={(at) => setCaret(at)}
        onClose={close}
        onChoose={choose}
        onAsk={() => ask(text)}
        onClear={() => {
          ask('');
          input.current?.focus();
        }}
      />
      <FilterProblems id={`${id}-problems`} text={text} errors={told} onShow={({ start, end }) => select(start, end)} onMend={mend} />
      {parsed.ok && !inline && <FilterChips query={parsed.query} fields={fields} words={words} onAsk={ask} />}
    </div>
  );
}
