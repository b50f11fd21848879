import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const PALETTE = 'apps/api/src/palette/palette.integration.spec.ts';

const find = faultsOf('apps/api/src/palette/find-sql.ts', [PALETTE]);
const reader = faultsOf('apps/api/src/palette/palette.reader.ts', [PALETTE]);

export const PALETTE_FAULTS: readonly Fault[] = [
  find('RIGHTS', 'hits', 'palette: what is private is found', instead('kind.readable(statement)', "'true'")),
  find('RIGHTS', 'named', 'palette: an id or key tells of what is private', instead('kind.readable(statement)', "'true'")),
  find('FIGURE', 'hits', 'palette: what was put away is found by its name', instead('kind.inUse', "'true'")),
  find('PAGE', 'hits', 'palette: of what fits alike the oldest comes first', inText('recent DESC', 'recent')),
  find('INPUT', 'typedSql', 'palette: signs of patterns are patterns', instead('`%${likePart(word)}%`', '`%${word}%`')),
  reader('LIMIT', 'PaletteReader.known', 'palette: any number of things is asked about', leaveOut('if (things.length > KNOWN_MAX)')),
];
