export interface GraphqlReply<Data> {
  data: Data | null;
  /** The catalogue's codes of the errors, in order. */
  codes: string[];
  errors: { message: string; path?: (string | number)[]; extensions: { code: string; params: Record<string, unknown> } }[];
}

/** GraphQL over real HTTP, as the browser speaks it (cookie and CSRF header) or a script (token). */
export class GraphqlClient {
  /** That of the session. */
  cookie: string | null = null;
  /** What tells the api by which browser somebody signs in. */
  browser: string | null = null;
  token: string | null = null;
  csrf = true;

  constructor(readonly url: string) {}

  get headers(): Record<string, string> {
    return {
      'content-type': 'application/json',
      ...(this.csrf ? { 'x-trainyard-csrf': '1' } : {}),
      ...(this.cookie || this.browser ? { cookie: [this.cookie, this.browser].filter((each) => each !== null).join('; ') } : {}),
      ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
    };
  }

  /** Whatever came back, errors and all. */
  async send<Data = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlReply<Data>> {
    const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers: this.headers, body: JSON.stringify({ query, variables }) });
    const set = (name: string) =>
      response.headers
        .getSetCookie()
        .find((line) => line.startsWith(`${name}_`))
        ?.split(';')[0];
    this.cookie = set('trainyard_session') ?? this.cookie;
    this.browser = set('trainyard_browser') ?? this.browser;
    const body = (await response.json()) as { data?: Data; errors?: GraphqlReply<Data>['errors']; code?: string };
    if (body.code) return { data: null, codes: [body.code], errors: [] };
    return { data: body.data ?? null, codes: (body.errors ?? []).map((error) => error.extensions.code), errors: body.errors ?? [] };
  }

  /** The data; an error fails the test with its message. */
  async ask<Data = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const reply = await this.send<Data>(query, variables);
    if (reply.errors.length > 0 || reply.codes.length > 0)
      throw new Error(`${reply.codes.join(', ')}: ${reply.errors.map((error) => error.message).join('; ')}`);
    return reply.data as Data;
  }
}
