import type { GraphqlClient } from './client.ts';

export interface Attached {
  status: number;
  id: string;
  name: string;
  mediaType: string;
  size: number;
  url: string;
  code?: string;
  params?: Record<string, unknown>;
}

/** Attaches a file to a ticket, as a browser does. */
export async function attach(
  client: GraphqlClient,
  ticketId: string,
  body: string | Uint8Array<ArrayBuffer> | Buffer | ReadableStream,
  { name = 'plan.txt', id }: { name?: string; id?: string } = {},
): Promise<Attached> {
  const query = new URLSearchParams({ name, ...(id !== undefined && { id }) });
  const response = await fetch(`${client.url}/attachments/ticket/${ticketId}?${query.toString()}`, {
    method: 'POST',
    headers: { ...client.headers, 'content-type': 'application/octet-stream' },
    body,
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, ...((await response.json()) as Omit<Attached, 'status'>) };
}
