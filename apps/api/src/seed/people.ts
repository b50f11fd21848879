import type { Actor } from '@trainyard/domain';
import type { INestApplicationContext } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { DEMO } from '../access/viewer.service.ts';
import { Database, row } from '../platform/sql/database.ts';

export const emailOf = (key: string): string => (key === 'demo' ? DEMO.email : `${key}@trainyard.local`);

/** The people of the demonstration, by their keys. */
export class SeedPeople {
  private readonly ids = new Map<string, string>();

  constructor(private readonly app: INestApplicationContext) {}

  async idOf(key: string): Promise<string> {
    const known = this.ids.get(key);
    if (known) return known;
    const found = await row<{ id: string }>(this.app.get(Database).direct, 'SELECT id FROM app_user WHERE email = $1', [emailOf(key)]);
    if (!found) throw new Error(`there is no ${emailOf(key)}`);
    this.ids.set(key, found.id);
    return found.id;
  }

  /** A person of the workspace with the rights they have by now. */
  async actor(key: string): Promise<Actor> {
    const actor = await this.app.get(AccessService).refresh({ userId: await this.idOf(key), orgRole: 'VIEWER', teams: {}, scopes: null }, null);
    if (!actor) throw new Error(`${emailOf(key)} is disabled`);
    // Whoever runs the seed has the machine; there is no session that could have been stolen.
    return { ...actor, proved: true };
  }
}
