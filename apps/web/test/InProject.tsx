import { useState, type ReactNode } from 'react';
import { HeaderSlotContext } from '../src/features/shell/HeaderActions.tsx';

/** A page of a project with the header row that it puts its actions into. */
export function InProject({ children }: { children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <HeaderSlotContext value={slot}>
      <div ref={setSlot} />
      {children}
    </HeaderSlotContext>
  );
}
