import { Kbd } from '@mantine/core';
import { Face } from '@trainyard/ui';
import type { Command, Entry } from '../../shell/palette-part.ts';
import classes from './Palette.module.css';

export interface PaletteRowProps {
  id: string;
  entry: Entry & Pick<Partial<Command>, 'shortcut'>;
  isActive: boolean;
  onPoint: () => void;
  onTake: () => void;
}

/** A thing or a command: what it is, how it is called, how it stands, whose it is, and the key that does the same. */
export function PaletteRow({ id, entry, isActive, onPoint, onTake }: PaletteRowProps) {
  const { icon, hint, label, of, state, person, shortcut } = entry;
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={classes.row}
      onMouseMove={onPoint}
      // the field keeps the focus
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      <span className={classes.symbol}>{icon}</span>
      {hint && <span className={classes.hint}>{hint}</span>}
      <span className={classes.label} title={label}>
        {label}
      </span>
      {of && <span className={classes.of}>{of}</span>}
      {state}
      {person && <Face id={person.id} name={person.name} size={20} label={person.name} />}
      {shortcut && <Kbd size="xs">{shortcut}</Kbd>}
    </div>
  );
}
