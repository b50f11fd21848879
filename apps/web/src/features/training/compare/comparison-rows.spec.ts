import { tableCsv, type Row } from './comparison-rows.ts';

it('writes the table as a file that a spreadsheet reads and runs nothing of', () => {
  const row = (name: string, ...raw: (string | number | null)[]): Row => ({
    key: name,
    group: 'DATA',
    name,
    cells: raw.map((one) => (one === null ? null : { text: `shown ${one}`, raw: one })),
    differs: true,
  });
  expect(tableCsv('Run', ['Run 1', 'Run, 2'], [row('Accuracy', 0.98, null), row('Dataset', '=1+1', 'say "hi"'), row('Rate', -1, '＋2')])).toBe(
    '\uFEFFRun,Run 1,"Run, 2"\r\nAccuracy,0.98,\r\nDataset,\'=1+1,"say ""hi"""\r\nRate,-1,\'＋2\r\n',
  );
});
