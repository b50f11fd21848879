import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { inOrderOf, loader } from '../platform/sql/loader.ts';
import type { PersonType } from './person.types.ts';

/** Names by user id, one query a request. Everybody signed in may know the names of colleagues. */
@Injectable()
export class PersonLoader {
  private readonly byId = loader<string, PersonType>(async (ids) => {
    const found = await rows<PersonType>(this.database.direct, 'SELECT id, name FROM app_user WHERE id = ANY ($1)', [ids]);
    return inOrderOf(ids, found, (person) => person.id);
  });

  constructor(private readonly database: Database) {}

  /** Null for null, and for a person who is no more. */
  async load(context: RequestContext, id: string | null): Promise<PersonType | null> {
    return id === null ? null : this.byId(context).load(id);
  }
}
