import { Injectable } from '@nestjs/common';
import { PROFESSIONS } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { Founding } from '../access/founding.ts';
import type { Tx } from '../platform/sql/database.ts';

/** A new organisation begins with the professions that teams like its own have. */
@Injectable()
export class Professions {
  constructor(founding: Founding) {
    founding.register(addProfessions);
  }
}

async function addProfessions(tx: Tx): Promise<void> {
  for (const { key, group, nameEn, nameZh } of PROFESSIONS) {
    await tx.query('INSERT INTO role (id, key, role_group, name_en, name_zh) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO NOTHING', [
      randomUUID(),
      key,
      group,
      nameEn,
      nameZh,
    ]);
  }
}
