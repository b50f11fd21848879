/** The message of a structured log line, or the line itself. */
export function readable(line: string): string {
  if (!line.startsWith('{')) return line.trim();
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null) return line;
    const error = 'err' in entry && typeof entry.err === 'object' && entry.err !== null && 'message' in entry.err ? String(entry.err.message) : '';
    const message = 'msg' in entry ? String(entry.msg) : '';
    return [message, error].filter((part, i, all) => part !== '' && all.indexOf(part) === i).join(': ') || line;
  } catch {
    return line;
  }
}

/** What a structured log line of level error or above says; null for other lines. */
export function complaint(line: string): string | null {
  const level = /^\{"level":(\d+)/.exec(line)?.[1];
  return level !== undefined && Number(level) >= 50 ? readable(line) : null;
}
