import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/external/adapter';
import { containsFiles, getFiles } from '@atlaskit/pragmatic-drag-and-drop/external/file';
import { useEffect, useEffectEvent, useState, type RefObject } from 'react';

/**
 * Takes files that are dropped onto `zone`, and images that are pasted there or where nothing has the focus. True while some are held over it.
 */
export function useDroppedFiles(zone: RefObject<HTMLElement | null>, isActive: boolean, take: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const onFiles = useEffectEvent(take);

  useEffect(() => {
    const element = zone.current;
    if (!element || !isActive) return;
    const onPaste = (event: ClipboardEvent): void => {
      const { target, clipboardData } = event;
      if (!clipboardData || !(target instanceof Node) || (target !== document.body && !element.contains(target))) return;
      // A table of a spreadsheet comes as text and as its picture: whoever pastes it means the text.
      const images = clipboardData.types.includes('text/plain') ? [] : [...clipboardData.files].filter(({ type }) => type.startsWith('image/'));
      if (images.length === 0) return;
      event.preventDefault();
      onFiles(images);
    };
    document.addEventListener('paste', onPaste);
    const endDrops = dropTargetForExternal({
      element,
      canDrop: containsFiles,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        onFiles(getFiles({ source }));
      },
    });
    return () => {
      document.removeEventListener('paste', onPaste);
      endDrops();
    };
  }, [zone, isActive]);

  return isOver && isActive;
}
