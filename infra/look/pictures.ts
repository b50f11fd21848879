import { screenOf, type Screen } from './screens.ts';

/** A picture of the guide. */
export interface GuidePicture {
  /** Its file in docs/guide/images, without the ending. */
  name: string;
  screen: Screen;
  height: number;
}

const TALL = 800;
const LOW = 560;

export const PICTURES = [
  { name: 'board', screen: screenOf('peek'), height: TALL },
  { name: 'home-project-manager', screen: screenOf('home'), height: TALL },
  { name: 'stand-up', screen: screenOf('stand-up'), height: LOW },
  { name: 'home-director', screen: screenOf('home'), height: TALL },
  { name: 'queue-run', screen: screenOf('ticket'), height: TALL },
  { name: 'compare', screen: screenOf('compare'), height: TALL },
  { name: 'compute', screen: screenOf('compute'), height: TALL },
  { name: 'palette', screen: screenOf('board'), height: LOW },
] as const satisfies readonly GuidePicture[];
