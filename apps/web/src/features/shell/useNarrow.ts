import { useMediaQuery } from '@mantine/hooks';

/** A phone: rows are cards, the navigation is a bar at the bottom, and there is room for one sign. As the style sheets have it. */
export const useNarrow = (): boolean => useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
