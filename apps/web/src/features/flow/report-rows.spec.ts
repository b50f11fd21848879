import { fileName, reportCsv } from './report-rows.ts';

it('numbers behind a chart are a CSV file that a spreadsheet reads, and takes no text of for a formula', () => {
  const csv = reportCsv({
    columns: [
      { key: 'ticket', name: 'Ticket', type: 'TEXT' },
      { key: 'day', name: 'Day', type: 'DAY' },
      { key: 'by', name: '=By', type: 'NUMBER' },
    ],
    rows: [
      { key: '1', cells: { ticket: '=HYPERLINK("x")', day: '2026-10-26', by: -5 } },
      { key: '2', cells: { ticket: 'A-2, 部署', day: null, by: 0.5 } },
    ],
  });
  expect(csv).toBe('\uFEFFTicket,Day,\'=By\r\n"\'=HYPERLINK(""x"")",2026-10-26,-5\r\n"A-2, 部署",,0.5\r\n');
});

it('files have names that any system takes', () => {
  expect(fileName(['ATL', 'Burndown of “Sprint 1/2”', '2026-11-20T16:00Z'], 'csv')).toBe('ATL_Burndown-of-Sprint-1-2_2026-11-20T16-00Z.csv');
  expect(fileName(['ATL', '累积流图'], 'png')).toBe('ATL_累积流图.png');
});
